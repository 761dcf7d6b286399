"""The results of a simulation as OpenMetrics text, as a Prometheus server scrapes it."""

from collections.abc import Iterator

from archspec.reports.report import Report, Subject
from archspec.reports.subjects import Simulation
from archspec.simulation.log import CAUSES
from archspec.simulation.results import ComponentResult, FlowResult, Results

OF_COMPONENTS = (
    ("calls", "counter", "Calls that came in."),
    ("answered", "counter", "Calls that were answered."),
    ("errors", "counter", "Answers of status 500 and above."),
    ("shed", "counter", "Calls refused because the queue was full."),
    ("rate_limited", "counter", "Calls refused by the rate limit."),
    ("refused", "counter", "Calls that met a dead process."),
    ("reset", "counter", "Calls that died with their process."),
    ("lost", "counter", "Calls that were never answered."),
    ("retries_in", "counter", "Calls that repeated one that had failed."),
    ("core_utilisation", "gauge", "Busy share of the cores, from 0 to 1."),
    ("slot_utilisation", "gauge", "Busy share of the slots, from 0 to 1."),
    ("waiting", "gauge", "Mean number of calls that waited."),
    ("in_system", "gauge", "Mean number of calls that waited or were in work."),
    ("probability_of_wait", "gauge", "Share of the answered calls that had to wait."),
)


def openmetrics(results: Results) -> str:
    """Counters and gauges by flow and component; response times are a summary in seconds. Ends with `# EOF`."""
    lines = [
        *_flows(results.flows),
        *_intervals(results.flows),
        *_components(results.components),
        *_jobs(results),
        *_sessions(results),
        *_pools(results),
        *_functions(results),
        *_queues(results),
        *_subscriptions(results),
        "# EOF",
    ]
    return "\n".join(lines) + "\n"


def family_head(name: str, kind: str, about: str, unit: str = "") -> list[str]:
    """The lines above the samples of a family."""
    head = [f"# TYPE {name} {kind}"]
    return [*head, *([f"# UNIT {name} {unit}"] if unit else []), f"# HELP {name} {about}"]


def labelled(**labels: str) -> str:
    """Labels as they stand behind a name."""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _flows(flows: tuple[FlowResult, ...]) -> Iterator[str]:
    yield from family_head("archspec_requests", "counter", "Requests by what came of them.")
    for flow in flows:
        failed = dict(flow.failed)
        counts = {"ok": flow.ok, **{cause: failed[cause] for cause in CAUSES if cause in failed}}
        for outcome, count in counts.items():
            yield f"archspec_requests_total{labelled(flow=flow.flow, outcome=outcome)} {count}"
    yield from family_head("archspec_requests_in_flight", "gauge", "Requests unanswered at the end.")
    yield from (f"archspec_requests_in_flight{labelled(flow=flow.flow)} {flow.in_flight}" for flow in flows)
    yield from family_head("archspec_request_seconds", "summary", "Response times of successful requests.", "seconds")
    for flow in flows:
        if flow.latency is None or flow.overloaded:
            continue
        for name, estimate in flow.latency.percentiles:
            quantile = f"{float(name[1:]) / 100:.4g}"
            labels = labelled(flow=flow.flow, quantile=quantile)
            yield f"archspec_request_seconds{labels} {estimate.value / 1e9:.9g}"
        labels = labelled(flow=flow.flow)
        yield f"archspec_request_seconds_count{labels} {flow.latency.count}"
        yield f"archspec_request_seconds_sum{labels} {flow.latency.mean.value * flow.latency.count / 1e9:.9g}"


def _intervals(flows: tuple[FlowResult, ...]) -> Iterator[str]:
    """Half-widths of response times, and limits of the share of successes; where there are any."""
    name = "archspec_request_half_width_seconds"
    yield from family_head(name, "gauge", "Half-width of the interval of a response time.", "seconds")
    for flow in flows:
        if flow.latency is None or flow.overloaded:
            continue
        for figure, estimate in (("mean", flow.latency.mean), *flow.latency.percentiles):
            if estimate.half_width is not None:
                yield f"{name}{labelled(flow=flow.flow, figure=figure)} {estimate.half_width / 1e9:.9g}"
    yield from family_head("archspec_request_success", "gauge", "Limits of the share of successes, from 0 to 1.")
    for flow in flows:
        limits = flow.success_interval
        if limits is not None and limits.low is not None and limits.high is not None:
            for limit, value in (("low", limits.low), ("high", limits.high)):
                yield f"archspec_request_success{labelled(flow=flow.flow, limit=limit)} {value:.9g}"


def _components(components: tuple[ComponentResult, ...]) -> Iterator[str]:
    for field, kind, about in OF_COMPONENTS:
        name = f"archspec_component_{field}"
        yield from family_head(name, kind, about)
        for component in components:
            value = getattr(component, field)
            if value is not None:
                suffix = "_total" if kind == "counter" else ""
                yield f"{name}{suffix}{labelled(component=component.component)} {value:.9g}"


def _jobs(results: Results) -> Iterator[str]:
    if not results.jobs:
        return
    yield from family_head(
        "archspec_job_runs", "gauge", "Runs of jobs that were due by the clock, by what became of them."
    )
    for job in results.jobs:
        for state in ("done", "failed", "overdue", "running"):
            yield f"archspec_job_runs{labelled(flow=job.flow, state=state)} {getattr(job, state)}"
    yield from family_head("archspec_job_restarts", "gauge", "Starts of jobs after a failure.")
    for job in results.jobs:
        yield f"archspec_job_restarts{labelled(flow=job.flow)} {job.restarts}"
    yield from family_head("archspec_job_overlaps", "gauge", "Times that a job was due while one before was not over.")
    for job in results.jobs:
        yield f"archspec_job_overlaps{labelled(flow=job.flow)} {job.overlaps}"


def _sessions(results: Results) -> Iterator[str]:
    if not results.sessions:
        return
    yield from family_head("archspec_session_users", "gauge", "Users of sessions at the end, by what they do.")
    for each in results.sessions:
        for state in ("connected", "handshaking", "waiting"):
            yield f"archspec_session_users{labelled(flow=each.flow, state=state)} {getattr(each, state)}"
    yield from family_head("archspec_sessions", "gauge", "Sessions that were opened, and how they ended.")
    for each in results.sessions:
        for state in ("opened", "ended", "dropped"):
            yield f"archspec_sessions{labelled(flow=each.flow, state=state)} {getattr(each, state)}"
    yield from family_head("archspec_session_connected_ratio", "gauge", "Share of the users that was connected.")
    for each in results.sessions:
        for of in ("mean", "least"):
            share = getattr(each, f"{of}_connected")
            yield f"archspec_session_connected_ratio{labelled(flow=each.flow, of=of)} {share:.9g}"
    yield from family_head("archspec_session_handshakes_per_second", "gauge", "Handshakes in the busiest second.")
    for each in results.sessions:
        yield f"archspec_session_handshakes_per_second{labelled(flow=each.flow)} {each.most_handshakes}"


def _pools(results: Results) -> Iterator[str]:
    if not results.pools:
        return
    yield from family_head(
        "archspec_pool_calls", "gauge", "Calls that wanted a place of a connection, by what they got."
    )
    for pool in results.pools:
        for state in ("got", "refused", "waiting", "gone"):
            labels = labelled(connection=pool.connection, state=state)
            yield f"archspec_pool_calls{labels} {getattr(pool, state)}"


def _functions(results: Results) -> Iterator[str]:
    if not results.functions:
        return
    yield from family_head("archspec_function_calls", "gauge", "Calls of a function, by what they got.")
    for each in results.functions:
        for state in ("warm", "cold", "throttled", "refused", "lost"):
            yield f"archspec_function_calls{labelled(function=each.function, state=state)} {getattr(each, state)}"


def _queues(results: Results) -> Iterator[str]:
    if not results.queues:
        return
    yield from family_head("archspec_queue_messages", "gauge", "Messages at the end, by where they are.")
    for queue in results.queues:
        for state in ("done", "dead", "waiting", "in_work"):
            labels = labelled(queue=queue.queue, state=state)
            yield f"archspec_queue_messages{labels} {getattr(queue, state)}"


def _subscriptions(results: Results) -> Iterator[str]:
    if not results.subscriptions:
        return
    about = "Messages of a topic at the end, by where they are."
    yield from family_head("archspec_subscription_messages", "gauge", about)
    for each in results.subscriptions:
        for state in ("done", "dead", "expired", "waiting", "in_work"):
            labels = labelled(topic=each.topic, subscriber=each.subscriber, state=state)
            yield f"archspec_subscription_messages{labels} {getattr(each, state)}"


REPORT = Report[Simulation](
    "openmetrics", Subject.SIMULATION, (".prom", ".om"), lambda simulation: openmetrics(simulation.results)
)

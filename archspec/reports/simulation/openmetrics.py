"""The results of a simulation as OpenMetrics text, as a Prometheus server scrapes it."""

from collections.abc import Iterator, Sequence

from archspec.reports import Report, Simulation, Subject
from archspec.simulation import ComponentResult, FlowResult, Results
from archspec.simulation.log import CAUSES

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
        *_parts(results),
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


def _parts(results: Results) -> Iterator[str]:
    about = "Runs of jobs that were due by the clock, by what became of them."
    yield from _told(results.jobs, ("flow",), "job_runs", about, "done", "failed", "overdue", "running")
    yield from _told(results.jobs, ("flow",), "job_restarts", "Starts of jobs after a failure.", "restarts", by="")
    about = "Times that a job was due while one before was not over."
    yield from _told(results.jobs, ("flow",), "job_overlaps", about, "overlaps", by="")
    about, doing = "Users of sessions at the end, by what they do.", ("connected", "handshaking", "waiting")
    yield from _told(results.sessions, ("flow",), "session_users", about, *doing)
    about, ended = "Sessions that were opened, and how they ended.", ("opened", "ended", "dropped")
    yield from _told(results.sessions, ("flow",), "sessions", about, *ended)
    about, shares = "Share of the users that was connected.", ("mean_connected", "least_connected")
    yield from _told(results.sessions, ("flow",), "session_connected_ratio", about, *shares, by="of")
    about, name = "Handshakes in the busiest second.", "session_handshakes_per_second"
    yield from _told(results.sessions, ("flow",), name, about, "most_handshakes", by="")
    about = "Calls that wanted a place of a connection, by what they got."
    yield from _told(results.pools, ("connection",), "pool_calls", about, "got", "refused", "waiting", "gone")
    about, got = "Calls of a function, by what they got.", ("warm", "cold", "throttled", "refused", "lost")
    yield from _told(results.functions, ("function",), "function_calls", about, *got)
    about = "Messages at the end, by where they are."
    yield from _told(results.queues, ("queue",), "queue_messages", about, "done", "dead", "waiting", "in_work")
    about, where = (
        "Messages of a topic at the end, by where they are.",
        ("done", "dead", "expired", "waiting", "in_work"),
    )
    yield from _told(results.subscriptions, ("topic", "subscriber"), "subscription_messages", about, *where)


def _told(
    parts: Sequence[object], labels: Sequence[str], name: str, about: str, *figures: str, by: str = "state"
) -> Iterator[str]:
    """A family with a sample for each figure of each part; the label `by` says which, where there are several."""
    if parts:
        yield from family_head(f"archspec_{name}", "gauge", about)
    for part in parts:
        of = {label: getattr(part, label) for label in labels}
        for figure in figures:
            which = {by: figure.removesuffix("_connected")} if by else {}
            value = getattr(part, figure)
            told = f"{value:.9g}" if isinstance(value, float) else value
            yield f"archspec_{name}{labelled(**of, **which)} {told}"


REPORT = Report[Simulation](
    "openmetrics", Subject.SIMULATION, (".prom", ".om"), lambda simulation: openmetrics(simulation.results)
)

"""The same run again with other draws, and what the runs say together."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from math import sqrt
from statistics import NormalDist
from typing import Any

from archspec.model import Architecture, Duration
from archspec.simulation import SHARES, Run, SimulationOptions, percentile_of, results
from archspec.simulation import together as tally_together
from archspec.simulation.distributions import clopper_pearson, student
from archspec.simulation.evaluation import collect
from archspec.simulation.simulate import run_simulation
from archspec.simulation.statistics import BEYOND
from archspec.simulation.studies.parallel_runs import Asked, Progress, simulate_all
from archspec.values import percent

SPANS_OF_EACH = 30
"""So often must the queues of each run forget within it what happened: its start is behind it then."""
COUNTS = ("calls", "answered", "errors", "shed", "rate_limited", "refused", "reset", "lost", "in_work", "retries_in")


def seed_of(seed: int, replication: int) -> int:
    """The seed of replication 0, 1, …: the seed itself first, then a hash, so that where it runs does not matter.

    >>> seed_of(7, 0)
    7
    >>> seed_of(7, 1) == seed_of(7, 1) != seed_of(7, 2)
    True
    """
    if replication == 0:
        return seed
    return int.from_bytes(blake2b(f"{seed}/{replication}".encode(), digest_size=7).digest(), "big")


def replications_of(architecture: Architecture, options: SimulationOptions, count: int) -> list[Asked]:
    """So many independent runs: the same but for their seeds."""
    return [(architecture, replace(options, seed=seed_of(options.seed, number))) for number in range(count)]


def replicate(
    architecture: Architecture,
    options: SimulationOptions,
    count: int,
    progress: Progress | None = None,
    jobs: int = 1,
    done: Sequence[results.Results] = (),
) -> tuple[results.Results, ...]:
    """So many independent runs, of which `done` are over; `progress` is called with the share of all that is over.

    `jobs` as for `simulate_all`; how many makes no difference to what comes out.
    """
    return simulate_all(replications_of(architecture, options, count), jobs, progress, done)


def run_often(
    architecture: Architecture,
    options: SimulationOptions,
    count: int = 1,
    progress: Progress | None = None,
    jobs: int = 1,
) -> tuple[results.Results, Run]:
    """So many independent runs as one result, and the first of them, of which charts can be drawn.

    The others are as long as it is.

    `progress` is called with the share of all that is over; `jobs` as for `simulate_all`.
    """
    charted = replace(options, charts=True)
    first = run_simulation(architecture, charted, progress and (lambda share: progress(share / count)))
    as_long = replace(options, duration=Duration(first.duration), precision=None)
    runs = replicate(architecture, as_long, count, progress, jobs, done=(collect(first),))
    return together(runs, options.confidence), first


def mean_of(values: Sequence[float | None], confidence: float) -> results.Estimate | None:
    """The mean over replications and its half-width by Student's t; None where a replication has no such figure.

    >>> estimate = mean_of([1.0, 2.0, 3.0], 0.95)
    >>> estimate.value, round(estimate.half_width, 3)
    (2.0, 2.484)
    """
    numbers = [value for value in values if value is not None]
    if not numbers or len(numbers) < len(values):
        return None
    mean = sum(numbers) / len(numbers)
    if len(numbers) == 1:
        return results.Estimate(mean, None, "one replication")
    deviation = sqrt(sum((number - mean) ** 2 for number in numbers) / (len(numbers) - 1))
    return results.Estimate(mean, student(confidence, len(numbers) - 1) * deviation / sqrt(len(numbers)))


def together(runs: Sequence[results.Results], confidence: float) -> results.Results:
    """Replications as one result: counts are summed, percentiles are those of all requests, other figures are means.

    What happened when (alerts, events, series) is that of the first run, which a note says.
    """
    first = runs[0]
    if len(runs) == 1:
        return first
    note = (
        f"{len(runs)} replications: counts are sums, percentiles are those of all requests, other figures means over "
        f"the replications; intervals at "
        f"{percent(confidence)}; alerts, events and charts are those of the first"
    )
    return replace(
        first,
        flows=tuple(_flow([run.flows[i] for run in runs], confidence) for i in range(len(first.flows))),
        components=tuple(
            _component([_named(run.components, c.component) for run in runs], confidence) for c in first.components
        ),
        queues=tuple(_queue([q for run in runs for q in run.queues if q.queue == one.queue]) for one in first.queues),
        subscriptions=tuple(
            _subscription([_the(run, one.topic, one.subscriber) for run in runs]) for one in first.subscriptions
        ),
        pools=tuple(_pool([_of_pool(run, one.connection) for run in runs]) for one in first.pools),
        jobs=tuple(_job([run.jobs[place] for run in runs]) for place in range(len(first.jobs))),
        sessions=tuple(_session([run.sessions[place] for run in runs]) for place in range(len(first.sessions))),
        functions=tuple(_function([_of_function(run, one.function) for run in runs]) for one in first.functions),
        notes=(*first.notes, note),
        overloads=next((run.overloads for run in runs if run.overloads), ()),
    )


def _flow(runs: list[results.FlowResult], confidence: float) -> results.FlowResult:
    causes = dict.fromkeys(cause for run in runs for cause, _ in run.failed)
    return replace(
        runs[0],
        offered=sum(run.offered for run in runs),
        ok=sum(run.ok for run in runs),
        degraded=sum(run.degraded for run in runs),
        failed=tuple((cause, sum(dict(run.failed).get(cause, 0) for run in runs)) for cause in causes),
        in_flight=sum(run.in_flight for run in runs),
        latency=_latency([run.latency for run in runs], confidence),
        failed_latency=_latency([run.failed_latency for run in runs], confidence),
        throughput=sum(run.throughput for run in runs) / len(runs),
        overloaded=next((run.overloaded for run in runs if run.overloaded), None),
        success_interval=_success(runs, confidence),
    )


def _success(runs: list[results.FlowResult], confidence: float) -> results.Interval | None:
    """The interval of the share of all requests; trials count as far as the runs do not stray further."""
    ended = [run.ok + sum(count for _, count in run.failed) for run in runs]
    if not sum(ended):
        return None
    share = sum(run.ok for run in runs) / sum(ended)
    estimate = mean_of([run.success for run in runs], confidence)
    trials = float(sum(ended))
    if estimate is not None and estimate.half_width and 0 < share < 1:
        error = estimate.half_width / NormalDist().inv_cdf((1 + confidence) / 2)
        trials = min(trials, share * (1 - share) / error**2)
    return results.Interval(*clopper_pearson(share * trials, trials, confidence))


def _latency(runs: list[results.Latency | None], confidence: float) -> results.Latency | None:
    found = [run for run in runs if run is not None]
    if not found:
        return None
    mean = mean_of([run.mean.value for run in found], confidence)
    assert mean is not None
    percentiles = tuple((name, percentile_over(found, name, confidence)) for name, _ in found[0].percentiles)
    times = tally_together([run.times for run in found])
    return results.Latency(sum(run.count for run in found), mean, percentiles, times, min(run.spans for run in found))


def percentile_over(runs: Sequence[results.Latency], name: str, confidence: float) -> results.Estimate:
    """A percentile of the requests of all runs together; how far it strays, those of the single runs say.

    Sectioning with the runs as sections (S. Asmussen and P. Glynn, Stochastic Simulation, 2007, III.5a).
    """
    each = [run.percentile(name) for run in runs]
    if len(runs) == 1:
        return results.Estimate(each[0] or 0.0, None, "one replication")
    value, share = percentile_of(tally_together([run.times for run in runs]), SHARES[name]), SHARES[name]
    if round(min(run.count for run in runs) * (1 - share), 9) < BEYOND:
        return results.Estimate(
            value, None, f"too few requests: {BEYOND} beyond a percentile are needed in each replication"
        )
    if min(run.spans for run in runs) < max(SPANS_OF_EACH, 1 / (1 - share)):
        return results.Estimate(value, None, "the replications are too short for queues that change so slowly")
    spread = mean_of(each, confidence)
    return results.Estimate(value, spread.half_width if spread else None)


def _named(components: tuple[results.ComponentResult, ...], id_: str) -> results.ComponentResult | None:
    return next((c for c in components if c.component == id_), None)


def _component(runs: list[results.ComponentResult | None], confidence: float) -> results.ComponentResult:
    found = [run for run in runs if run is not None]
    changes: dict[str, Any] = {name: sum(getattr(run, name) for run in found) for name in COUNTS}
    for field in fields(results.ComponentResult):
        if field.name not in (*COUNTS, "component", "intervals"):
            values = [v for run in found if (v := getattr(run, field.name)) is not None]
            changes[field.name] = sum(values) / len(values) if values else None
    return replace(found[0], **changes, intervals=tuple(_intervals(found, confidence)))


def _intervals(runs: list[results.ComponentResult], confidence: float) -> Iterator[tuple[str, results.Estimate]]:
    """The figures that every run has, their means with intervals over the runs."""
    for name, _ in runs[0].intervals:
        estimates = [run.estimate(name) for run in runs]
        estimate = mean_of([None if one is None else one.value for one in estimates], confidence)
        if estimate is not None:
            yield name, estimate


def _queue(runs: list[results.QueueResult]) -> results.QueueResult:
    counts: dict[str, Any] = {
        field.name: sum(getattr(run, field.name) for run in runs)
        for field in fields(results.QueueResult)
        if field.name != "queue"
    }
    return replace(runs[0], **counts)


def _the(run: results.Results, topic: str, subscriber: str) -> results.SubscriptionResult | None:
    found = (each for each in run.subscriptions if (each.topic, each.subscriber) == (topic, subscriber))
    return next(found, None)


def _subscription(runs: list[results.SubscriptionResult | None]) -> results.SubscriptionResult:
    found = [run for run in runs if run is not None]
    changes: dict[str, Any] = {name: sum(getattr(run, name) for run in found) for name in MESSAGES}
    for name in ("mean_lag", "mean_delay", "cap", "busy"):
        values = [value for run in found if (value := getattr(run, name)) is not None]
        changes[name] = sum(values) / len(values) if values else None
    for name in ("most_lag", "oldest", "longest_delay"):
        changes[name] = max((value for run in found if (value := getattr(run, name)) is not None), default=None)
    return replace(found[0], **changes)


def _job(runs: list[results.JobResult]) -> results.JobResult:
    counted = ("ticks", "done", "failed", "overdue", "running", "overlaps", "restarts")
    changes: dict[str, Any] = {name: sum(getattr(run, name) for run in runs) for name in counted}
    return replace(runs[0], **changes, most_running=max(run.most_running for run in runs))


def _session(runs: list[results.SessionResult]) -> results.SessionResult:
    counted = ("users", "connected", "handshaking", "waiting", "opened", "ended", "dropped")
    changes: dict[str, Any] = {name: sum(getattr(run, name) for run in runs) for name in counted}
    changes["mean_connected"] = sum(run.mean_connected for run in runs) / len(runs)
    changes["least_connected"] = min(run.least_connected for run in runs)
    for name in ("most_handshakes", "longest_below", "is_below"):
        changes[name] = max(getattr(run, name) for run in runs)
    return replace(runs[0], **changes)


def _of_pool(run: results.Results, connection: str) -> results.PoolResult | None:
    return next((each for each in run.pools if each.connection == connection), None)


def _pool(runs: list[results.PoolResult | None]) -> results.PoolResult:
    found = [run for run in runs if run is not None]
    counted = ("asked", "got", "refused", "waiting", "gone")
    changes: dict[str, Any] = {name: sum(getattr(run, name) for run in found) for name in counted}
    for name in ("busy", "mean_waiting", "mean_wait", "p99_wait"):
        values = [value for run in found if (value := getattr(run, name)) is not None]
        changes[name] = sum(values) / len(values) if values else None
    return replace(found[0], **changes, most_waiting=max(run.most_waiting for run in found))


def _of_function(run: results.Results, function: str) -> results.FunctionResult | None:
    return next((each for each in run.functions if each.function == function), None)


def _function(runs: list[results.FunctionResult | None]) -> results.FunctionResult:
    found = [run for run in runs if run is not None]
    counted = ("calls", "warm", "cold", "throttled", "refused", "lost", "busy", "starting", "idle")
    changes: dict[str, Any] = {name: sum(getattr(run, name) for run in found) for name in counted}
    return replace(found[0], **changes, most=max(run.most for run in found))


MESSAGES = ("published", "done", "dead", "expired", "waiting", "in_work", "deliveries")
"""What is counted of a subscription, and summed over replications."""

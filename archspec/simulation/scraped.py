"""What a metrics service scrapes of a run: counters and gauges, a value for each sample."""

from collections.abc import Iterator, Sequence

from archspec.frozen import frozen
from archspec.simulation.resources import whole_cores
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure

FAILURES = (Figure.ERRORS, Figure.SHED, Figure.RATE_LIMITED)
"""What a component logs as a failure: no status, 429, 500 and above."""
COUNTED = {
    "calls": ((Figure.CALLS,), "Calls that came in."),
    "errors": ((Figure.ERRORS,), "Answers without a status, or of status 500 and above."),
    "shed": ((Figure.SHED,), "Calls refused because the queue was full."),
    "rate_limited": ((Figure.RATE_LIMITED,), "Calls refused by the rate limit."),
    "failures": (FAILURES, "All that failed or was refused."),
}
"""Counters of components, by the name between `archspec_component_` and `_total`."""


@frozen
class Scraped:
    """One series: the labels that tell it from others of its family, and its value at each sample."""

    labels: tuple[tuple[str, str], ...]
    values: tuple[float, ...]


@frozen
class Family:
    """Series of one name; those of a histogram are its `_bucket` and its `_count`, told apart by `le`."""

    name: str
    kind: str
    """`counter`, `gauge` or `histogram`, as OpenMetrics has them."""
    about: str
    unit: str
    series: tuple[Scraped, ...]


@frozen
class FlowCounts:
    """The answers to one flow up to each sample; `within` has the good ones by how long they took at most."""

    flow: str
    good: tuple[int, ...]
    bad: tuple[int, ...]
    within: dict[int, tuple[int, ...]]


def flow_counts(run: Run) -> tuple[FlowCounts, ...]:
    """Of every flow that the run had requests of."""
    return tuple(
        FlowCounts(
            flow, tuple(seen.good), tuple(seen.bad), {limit: tuple(column) for limit, column in seen.within.items()}
        )
        for flow, seen in zip(run.flows, run.answers, strict=True)
    )


def families(run: Run) -> Iterator[Family]:
    """Every family of archspec's own series, in the order in which they are written."""
    flows = flow_counts(run)
    outcomes = tuple(
        Scraped((("flow", each.flow), ("outcome", outcome)), column)
        for each in flows
        for outcome, column in (("ok", each.good), ("failed", each.bad))
    )
    yield Family("archspec_requests", "counter", "Requests by what came of them.", "", outcomes)
    yield Family(
        "archspec_request_seconds",
        "histogram",
        "Response times of successful requests.",
        "seconds",
        tuple(
            Scraped((("flow", each.flow), ("le", limit)), column)
            for each in flows
            for limit, column in (
                *((repr(nanoseconds / 1e9), each.within[nanoseconds]) for nanoseconds in sorted(each.within)),
                ("+Inf", each.good),
            )
        ),
    )
    for name, (figures, about) in COUNTED.items():
        yield Family(f"archspec_component_{name}", "counter", about, "", _of_components(run, *figures))
    yield Family(
        "archspec_component_core_seconds",
        "counter",
        "Time for which cores were in use.",
        "seconds",
        _of_components(run, Figure.CORES, unit=1e9),
    )
    yield Family(
        "archspec_component_core_seconds_available",
        "counter",
        "Time for which cores were there; half a core is one at half speed.",
        "",
        tuple(
            Scraped(each.labels, tuple(value * cores_of(run, each.labels[0][1]) for value in each.values))
            for each in _of_components(run, Figure.REGISTERED, unit=1e9)
        ),
    )
    yield Family(
        "archspec_component_queued_seconds",
        "counter",
        "Time that calls spent waiting.",
        "seconds",
        _of_components(run, Figure.QUEUED, unit=1e9),
    )
    up = _of_components(run, Figure.UP)
    yield Family("archspec_component_replicas_up", "gauge", "Replicas that are up and registered.", "", up)
    queues = dict.fromkeys(part for kept in run.compiled.queues for part in kept if part is not None)
    lengths = tuple(
        Scraped(
            (("component", id_),), _longest([run.samples.length(each).tolist() for each in run.compiled.kept_for(id_)])
        )
        for id_ in queues
    )
    if lengths:
        yield Family("archspec_component_queue_length", "gauge", "Messages that wait for whom most wait.", "", lengths)


def cores_of(run: Run, component: str) -> int:
    """The cores of one replica."""
    return whole_cores(run.compiled.system.components[run.compiled.numbers[component]].cores)


def _of_components(run: Run, *figures: Figure, unit: float = 1) -> tuple[Scraped, ...]:
    return tuple(
        Scraped((("component", id_),), _column(run, replicas, figures, unit))
        for id_, replicas in run.compiled.replicas_of.items()
        if len(replicas)
    )


def _column(run: Run, replicas: Sequence[int], figures: tuple[Figure, ...], unit: float) -> tuple[float, ...]:
    counted: list[int] = run.samples.total(replicas, *figures).tolist()
    return tuple(counted) if unit == 1 else tuple(value / unit for value in counted)


def _longest(columns: list[list[int]]) -> tuple[float, ...]:
    return tuple(map(max, zip(*columns, strict=True)))

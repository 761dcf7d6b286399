"""A run over time, as charts show it: figures in equal intervals, and when something was wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from archspec.frozen import frozen
from archspec.model import Fault
from archspec.simulation.engine import View
from archspec.simulation.log import CAUSES, Told
from archspec.simulation.resources import resources_of
from archspec.simulation.results import Series
from archspec.simulation.run import Run
from archspec.simulation.samples import Backlog, Figure, Pooled

FIGURES = (("offered", "/s"), ("ok", "/s"), ("failed", "/s"), ("p50", "ns"), ("p99", "ns"))
"""What is told of each flow and interval: counts, then response times, -1 of none."""


def timeline(run: Run) -> tuple[Series, ...]:
    """Per flow: requests offered, answered well and failed per second, and p50 and p99 of the good answers.

    Behind them, of each flow whose requests failed, how many did per second by each cause that occurred. An answer
    counts in the interval in which it came, a request offered in that in which it arrived. Of a run that was to be
    drawn (`SimulationOptions.charts`).
    """
    rows = run.engine.rows(View.SHOWN, 1 + len(FIGURES) * len(run.flows))
    times = [row[0] for row in rows]
    seconds = [max((end - start) / 1e9, 1e-9) for start, end in zip([0, *times], times, strict=False)]
    found = []
    for number, id_ in enumerate(run.flows):
        for place, (name, unit) in enumerate(FIGURES, start=1 + len(FIGURES) * number):
            values = [row[place] for row in rows]
            if unit == "ns":
                shown = tuple(None if value < 0 else float(value) for value in values)
            else:
                shown = tuple(value / time for value, time in zip(values, seconds, strict=True))
            found.append(Series(f"{id_} {name}", unit, tuple(times), shown))
        found += _failures(run, number, times, seconds)
    return tuple(found)


def failures_of(flow: str, series: Sequence[Series]) -> dict[str, Series]:
    """By cause, those of a timeline that tell why the requests of a flow failed."""
    begin = f"{flow} failed "
    return {each.name.removeprefix(begin): each for each in series if each.name.startswith(begin)}


def _failures(run: Run, flow: int, times: Sequence[int], seconds: Sequence[float]) -> Iterator[Series]:
    rows = [row for row in run.engine.rows(View.FAILURES, 4) if row[1] == flow]
    counts = Counter({(end, cause): count for end, _, cause, count in rows})
    for cause in sorted({cause for _, cause in counts}):
        shown = tuple(counts[end, cause] / time for end, time in zip(times, seconds, strict=True))
        yield Series(f"{run.flows[flow]} failed {CAUSES[cause]}", "/s", tuple(times), shown)


@frozen
class FaultStretch:
    """What a fault is, in words, and from when to when it lasts, in nanoseconds."""

    name: str
    start: int
    end: int
    is_deploy: bool = False


def fault_stretches(run: Run) -> tuple[FaultStretch, ...]:
    """In the order written, without those that the run does not reach. Random faults are not told."""
    down = (*run.options.fail, *run.options.just_failed)
    faults = run.scenario.faults if run.scenario is not None else ()
    return (
        *(FaultStretch(f"{name} fails", 0, run.duration) for name in down),
        *(_stretch(run, fault) for fault in faults if fault.at.nanoseconds < run.duration),
    )


def _stretch(run: Run, fault: Fault) -> FaultStretch:
    start = fault.at.nanoseconds
    if fault.deploy is not None:
        return FaultStretch(f"deploy {fault.target}", start, _deployed(run, start), is_deploy=True)
    by = f" by {fault.by}" if fault.by is not None else ""
    end = run.duration if fault.for_ is None else min(run.duration, start + fault.for_.nanoseconds)
    return FaultStretch(f"{fault.what} {fault.target}{by}", start, end)


def _deployed(run: Run, start: int) -> int:
    """When the last replica had moved; the end of the run where none has."""
    return max((time for time, what, *_ in run.log if what == Told.DEPLOY and time >= start), default=run.duration)


@frozen
class LoadTimeline:
    """Between scrapes: shares of what is there that are in use, and mean numbers of calls or messages that wait."""

    busy: tuple[Series, ...]
    waiting: tuple[Series, ...]


def load_timeline(run: Run) -> LoadTimeline:
    """Of every component, queue of messages and pool that has such a figure; none where no replica is registered."""
    times: list[int] = run.samples.times.tolist()
    return LoadTimeline(tuple(_busy(run, times)), tuple(_waiting(run, times)))


def _busy(run: Run, times: Sequence[int]) -> Iterator[Series]:
    samples = run.samples
    for number, id_ in enumerate(run.compiled.components):
        replicas = run.compiled.replicas_of[id_]
        registered = samples.total(replicas, Figure.REGISTERED)
        for resource in resources_of(run.compiled.system.components[number]):
            used = samples.total(replicas, resource.figure)
            values = tuple(
                up and (b - a) / (resource.size * up) if (up := end - start) else None
                for (a, b), (start, end) in zip(pairwise(used.tolist()), pairwise(registered.tolist()), strict=True)
            )
            yield Series(f"{id_} {resource.name}", "", tuple(times[1:]), values)


def _waiting(run: Run, times: Sequence[int]) -> Iterator[Series]:
    samples = run.samples
    for id_ in run.compiled.components:
        yield _mean(f"{id_} calls", times, samples.total(run.compiled.replicas_of[id_], Figure.QUEUED))
    for place, row in enumerate(run.compiled.pools):
        name = " -> ".join(run.compiled.connections[row])
        yield _mean(f"{name} calls", times, samples.pool(place, Pooled.TIME_WAITING))
    for place, kept in enumerate(run.compiled.queues):
        name = f"{kept.component} -> {kept.subscriber}" if kept.subscriber else kept.component
        yield _mean(f"{name} messages", times, samples.backlog(place, Backlog.TIME_WAITING))


def _mean(name: str, times: Sequence[int], integral: Any) -> Series:
    """The mean between samples of what an integral over time counts."""
    steps = zip(pairwise(integral.tolist()), pairwise(times), strict=True)
    values = tuple((b - a) / (end - start) if end > start else None for (a, b), (start, end) in steps)
    return Series(name, "", tuple(times[1:]), values)

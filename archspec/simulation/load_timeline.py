"""How busy a run's components were and what waited at them over time: what charts show beside its flows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from archspec.frozen import frozen
from archspec.simulation.resources import resources_of
from archspec.simulation.results import Series
from archspec.simulation.run import Run
from archspec.simulation.samples import Backlog, Figure, Pooled


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

"""The load while jobs that come by the clock are in work: far from its mean, for as long as they last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from archspec.analysis.capacity import Capacity
from archspec.analysis.demand import time_of
from archspec.analysis.jobs import ticks_of
from archspec.model.architecture import Architecture

MOST_MIXES = 16


@dataclass(frozen=True)
class Busy:
    """How many runs of each job are in work at once at some moment, and the load as long as that lasts."""

    runs: Mapping[str, int]
    capacity: Capacity


def busiest(architecture: Architecture) -> Iterator[Busy]:
    """The moments at which most runs are in work: each in which no other has as many of all jobs.

    A run asks for its demand within the time that it takes; what queueing adds is left out.
    """
    means = Capacity(architecture).rates
    lasting = {
        id_: (time_of(architecture, id_), ticks_of(architecture, id_))
        for id_, flow in architecture.flows.items()
        if flow.comes_by_clock
    }
    jobs = {id_: each for id_, each in lasting.items() if each[0] > 0}
    for mix in _mixes(jobs):
        rates = {**means, **{id_: count / jobs[id_][0] for id_, count in mix.items()}}
        yield Busy({id_: count for id_, count in mix.items() if count}, Capacity(architecture, rates=rates))


def _mixes(jobs: Mapping[str, tuple[float, list[float]]]) -> list[dict[str, int]]:
    """How many runs of each are in work just after a tick of any, without those that another has all of."""
    until = min((ticks[-1] for _, ticks in jobs.values() if len(ticks) > 1), default=inf)
    moments = sorted({tick for _, ticks in jobs.values() for tick in ticks if tick <= until})
    first, after = dict.fromkeys(jobs, 0), dict.fromkeys(jobs, 0)
    found: dict[tuple[int, ...], None] = {}
    for moment in moments:
        for id_, (work, ticks) in jobs.items():
            while after[id_] < len(ticks) and ticks[after[id_]] <= moment:
                after[id_] += 1
            while first[id_] < after[id_] and ticks[first[id_]] + work <= moment:
                first[id_] += 1
        found[tuple(after[id_] - first[id_] for id_ in jobs)] = None
    most = [mix for mix in found if not any(_has_all(other, mix) for other in found if other != mix)]
    return [dict(zip(jobs, mix, strict=True)) for mix in sorted(most, key=sum, reverse=True)[:MOST_MIXES]]


def _has_all(mix: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(one >= two for one, two in zip(mix, other, strict=True))

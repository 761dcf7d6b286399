"""The load while jobs that come by the clock are in work: far from its mean, for as long as they last."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol

from archspec.analysis.capacity import Capacity
from archspec.analysis.demand import time_of
from archspec.analysis.jobs import YEAR
from archspec.frozen import frozen
from archspec.model import Architecture, Schedule, Start
from archspec.model.schedule import MINUTE

DAY = 24 * 60
"""In minutes."""
MOST_MIXES = 16
MOST_MOMENTS = 10_000
"""So many moments are compared, of all jobs together."""


@frozen(slots=False)
class Busy:
    """How many runs of each job are in work at once at some moment, and the load as long as that lasts."""

    runs: Mapping[str, int]
    capacity: Capacity


def busiest(architecture: Architecture) -> Iterator[Busy]:
    """The moments at which most runs are in work: each in which no other has as many of all jobs.

    A run asks for its demand within the time that it takes; what queueing adds is left out.
    """
    means = Capacity(architecture).rates
    jobs = list(_jobs(architecture))
    for mix in _mixes(jobs):
        rates = {**means, **{job.flow: count / (job.work / 1e9) for job, count in zip(jobs, mix, strict=True)}}
        runs = {job.flow: count for job, count in zip(jobs, mix, strict=True) if count}
        yield Busy(runs, Capacity(architecture, rates=rates))


class _Clock(Protocol):
    """When runs begin, in nanoseconds from the first Monday on."""

    def begun(self, moment: int) -> int:
        """How many have begun by then."""
        ...

    def next_after(self, moment: int) -> int | None:
        """When the next one begins, in the first year."""
        ...


@frozen(slots=False)
class _Interval:
    nanoseconds: int

    def begun(self, moment: int) -> int:
        return moment // self.nanoseconds + 1

    def next_after(self, moment: int) -> int:
        return self.begun(moment) * self.nanoseconds


class _Calendar:
    """A schedule: the days of the first year on which it is due, and the moments of each such day."""

    def __init__(self, schedule: Schedule) -> None:
        first = Start.first().minute // DAY
        self._days = [day for day in range(YEAR // (DAY * MINUTE)) if schedule.is_due_on(date.fromordinal(first + day))]
        self._moments = [hour * 60 + minute for hour in schedule.hours for minute in schedule.minutes]

    def begun(self, moment: int) -> int:
        day, minute = divmod(moment // MINUTE, DAY)
        past = bisect_left(self._days, day)
        today = bisect_right(self._moments, minute) if day in self._days[past : past + 1] else 0
        return past * len(self._moments) + today

    def next_after(self, moment: int) -> int | None:
        days, rest = divmod(self.begun(moment), len(self._moments))
        return (self._days[days] * DAY + self._moments[rest]) * MINUTE if days < len(self._days) else None


@frozen(slots=False)
class _Job:
    """A flow that comes by the clock, and the mean of one run in nanoseconds, nothing failing or queueing."""

    flow: str
    clock: _Clock
    work: int

    def in_work(self, moment: int) -> int:
        """How many runs are in work just after a moment."""
        before = moment - self.work
        return self.clock.begun(moment) - (self.clock.begun(before) if before >= 0 else 0)

    def ticks(self) -> Iterator[int]:
        """The moments at which a run begins, of the first year."""
        tick = self.clock.next_after(-1)
        while tick is not None and tick < YEAR:
            yield tick
            tick = self.clock.next_after(tick)


def _jobs(architecture: Architecture) -> Iterator[_Job]:
    for flow in architecture.flows.values():
        work = round(time_of(architecture, flow.id) * 1e9) if flow.comes_by_clock else 0
        if work and flow.every is not None:
            yield _Job(flow.id, _Interval(flow.every.nanoseconds), work)
        elif work and flow.schedule is not None:
            yield _Job(flow.id, _Calendar(flow.schedule), work)


def _mixes(jobs: list[_Job]) -> list[tuple[int, ...]]:
    """How many runs of each are in work just after a tick of any, without those that another has all of."""
    moments = dict.fromkeys(moment for job in jobs for moment in _moments(job, jobs))
    found = dict.fromkeys(tuple(job.in_work(moment) for job in jobs) for moment in sorted(moments))
    most: list[tuple[int, ...]] = []
    for mix in sorted(found, key=sum, reverse=True):
        if len(most) < MOST_MIXES and not any(map(_has_all, most, [mix] * len(most))):
            most.append(mix)
    return most


def _moments(job: _Job, jobs: list[_Job]) -> Iterator[int]:
    """When a job begins, and when each other one next begins while it is in work: no more than its share of moments."""
    left = MOST_MOMENTS // len(jobs)
    for tick in job.ticks():
        following = (other.clock.next_after(tick) for other in jobs if other is not job)
        found = [tick, *(each for each in following if each is not None and each < tick + job.work)]
        yield from found
        left -= len(found)
        if left <= 0:
            return


def _has_all(mix: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(one >= two for one, two in zip(mix, other, strict=True))

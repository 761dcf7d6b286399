"""Flows that come by the clock: what their deadline leaves room for, and how many of their runs meet each other."""

from collections.abc import Mapping
from dataclasses import field
from itertools import pairwise
from math import exp, prod
from typing import TYPE_CHECKING

from archspec.analysis.demand import time_of
from archspec.analysis.expression import Variable
from archspec.analysis.points import SinglePoint
from archspec.frozen import frozen
from archspec.model import Architecture, Dependable, Start

if TYPE_CHECKING:
    from archspec.analysis.cuts import CutSets

YEAR = 366 * 86400 * 10**9
FIRST_PAUSE, LONGEST_PAUSE = 10.0, 360.0
"""Seconds from a failed run of a job with a deadline to the next: twice as long each time."""
MOST_TRIES = 100
MOST_TICKS = 10_000
"""So many moments of a schedule are compared, of a year at most."""


@frozen
class InTime:
    """Which share of the runs succeed, to first order; None where it depends on parts of which no repair time is known.

    `late` are parts that a run cannot do without, and whose mean repair takes longer than there is room for.
    """

    share: float | None
    unrepaired: tuple[str, ...]
    late: tuple[str, ...]


@frozen
class Job:
    """A flow that comes by the clock; times in seconds.

    `work` is the mean of one whole run, nothing failing or queueing.
    """

    flow: str
    work: float
    deadline: float | None
    repairs: Mapping[str, float] = field(repr=False)
    """Mean time to repair by component or group, where it is stated."""

    @property
    def room(self) -> float:
        """What the deadline leaves beside one run; without a deadline a failed run is failed, and there is none."""
        return 0.0 if self.deadline is None else max(0.0, self.deadline - self.work)

    @property
    def is_impossible(self) -> bool:
        """Whether one run takes as long as it may, or longer."""
        return self.deadline is not None and self.work >= self.deadline

    def is_late(self, owner: str) -> bool:
        """Whether a part is surely not expected back in time; unknown is not late where there is any room."""
        return self.repairs.get(owner, 0.0) >= self.room

    @property
    def tries(self) -> int:
        """How many runs its deadline leaves time for, one after another that fails, with the pauses between them."""
        if self.deadline is None:
            return 1
        count, over, pause = 1, self.work, FIRST_PAUSE
        while count < MOST_TRIES and over + pause + self.work <= self.deadline:
            count, over, pause = count + 1, over + pause + self.work, min(2 * pause, LONGEST_PAUSE)
        return count

    def in_time(self, points: tuple[SinglePoint, ...], cuts: "CutSets", mishap: float = 0.0) -> InTime:
        """Whether its runs succeed in time.

        A part that is down when the run is due, a share U of the time, must be back within what is left beside the work
        W: the repair, exponential of mean r, takes longer once in exp(-(D - W) / r). One that fails during the run, W
        out of mtbf + mttr, makes it begin anew, and then D - 2 W are left. Several parts that must be down together
        are back when the first is. Of all tries a `mishap`, which is the share of runs that fail with nothing down,
        must befall each. To first order, and the pauses between two starts left aside where a part is waited for.
        """
        if self.is_impossible:
            return InTime(0.0, (), tuple(dict.fromkeys(point.part.owner for point in points)))
        failing, unrepaired = mishap**self.tries, dict[str, None]()
        for point in points:
            share = 1.0 if point.share is None else point.share
            risk = self._risk(point.part)
            if risk is None:
                unrepaired[point.part.owner] = None
            else:
                failing += share * risk
        for cut in (cut for cut in cuts.sets if len(cut) > 1):
            known = [
                (1 - part.probability, self.repairs.get(part.owner)) for part in cut if part.probability is not None
            ]
            if len(known) == len(cut) and all(down for down, _ in known):
                back = sum(1 / repair for _, repair in known if repair)
                failing += prod(down for down, _ in known) * exp(-self.room * back)
        late = dict.fromkeys(point.part.owner for point in points if self.is_late(point.part.owner))
        return InTime(None if unrepaired else max(0.0, 1 - failing), tuple(unrepaired), tuple(late))

    def _risk(self, part: Variable) -> float | None:
        """The share of runs that one part fails; None where nothing says how long it takes to repair."""
        if part.probability is None or part.probability == 1:
            return 0.0
        repair, down = self.repairs.get(part.owner), 1 - part.probability
        if repair is None:
            return None if self.deadline is not None else down
        begun = down / repair * self.work * exp(-max(0.0, self.room - self.work) / repair)
        return down * exp(-self.room / repair) + begun


def job_of(architecture: Architecture, flow: str) -> Job | None:
    """What there is to know of a flow that comes by the clock; None of one that does not."""
    asked = architecture.flows[flow]
    if not asked.comes_by_clock:
        return None
    components = (each for each in architecture.components.values() if isinstance(each, Dependable))
    repairs = {each.id: each.mttr.seconds for each in components if each.mttr is not None}
    repairs |= {id_: group.mttr.seconds for id_, group in architecture.groups.items() if group.mttr is not None}
    deadline = asked.deadline.seconds if asked.deadline is not None else None
    return Job(flow, time_of(architecture, flow), deadline, repairs)


def ticks_of(architecture: Architecture, flow: str) -> list[float]:
    """The first moments at which a flow is due, in seconds from Monday, 2024-01-01 on, of a year at most."""
    found = []
    for tick in architecture.flows[flow].ticks(Start.first(), YEAR):
        found.append(tick / 1e9)
        if len(found) == MOST_TICKS:
            break
    return found


def least_gap(ticks: list[float]) -> float | None:
    """The shortest time between two moments that follow each other; None of fewer than two."""
    return min((later - before for before, later in pairwise(ticks)), default=None)

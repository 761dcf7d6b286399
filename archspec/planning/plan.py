"""The search for the smallest change: in the order of their sizes, none left out but by proof."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache

from archspec.analysis import Station
from archspec.analysis.busiest import Busy, busiest
from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Architecture
from archspec.planning.levers import Kind, Lever, change_of, levers_of, with_change
from archspec.planning.proof import Blocked, Candidate, Ran
from archspec.planning.values import Change, Plan, Try, Verdict
from archspec.simulation import at_level
from archspec.values import count, listing, number
from archspec.verification.faults import single_faults
from archspec.verification.rates import rates_of

MOST_RUN, MOST_SEEN = 100, 20_000
"""Changes that are run, and looked at, before the search gives up."""
MENDS = 2
"""Replicas more, with which a loss that replicas can mend at all is mended."""
Progress = Callable[[float], None]
Steps = tuple[int, ...]


@frozen
class Options:
    """What to plan for."""

    level: Fraction = Fraction(1)
    kinds: tuple[Kind, ...] = tuple(Kind)
    seed: int = 1


def plan(architecture: Architecture, options: Options | None = None, progress: Progress | None = None) -> Plan:
    """The smallest change with which every promise is surely kept at the load, as it is and with any one part lost.

    Changes are looked at in the order of their size. One is left out where a resource gets more than it can do, by the
    utilisation law, or a flow cannot do without a part; so is every larger one that does nothing about that. The others
    are run. What breaks a promise even with everything as large as it may get, no number mends: it is left out and
    told. After a run that breaks a promise only what is busy is made larger: that what idles is not in the way is
    assumed. So is that more never does harm.

    Raises:
        UsageError: no flow with a rate promises anything, or nothing may be changed.

    """
    return _Search(architecture, options or Options(), progress).plan()


class _Search:
    def __init__(self, architecture: Architecture, options: Options, progress: Progress | None) -> None:
        self.options, self.progress, self.name = options, progress, architecture.name
        self.base = at_level(architecture, None, options.level)
        self.rates = rates_of(self.base)
        if not any(self.base.flows[flow].objective for flow in self.rates):
            raise UsageError("no flow with a `rate` promises anything; give one an `objective`.")
        self.levers = levers_of(self.base, self.rates, options.kinds)
        if not self.levers:
            raise UsageError("there is nothing to change; give components `replicas`, `cores` or `slots`.")
        self.beyond = self._beyond()
        self.tried: list[Try] = []
        self.notes: list[str] = []

    def _beyond(self) -> frozenset[tuple[str, ...]]:
        """The faults that more replicas of everything do not mend."""
        steps = tuple(MENDS if lever.kind is Kind.REPLICAS else 0 for lever in self.levers)
        most = tuple(
            next(count for count in range(wanted, -1, -1) if lever.after(count) is not None)
            for lever, wanted in zip(self.levers, steps, strict=True)
        )
        best, now = self._candidate(most, frozenset()), self._candidate((0,) * len(self.levers), frozenset())
        faults = {fault.parts: fault for each in (now, best) for fault in single_faults(each.architecture, self.rates)}
        return frozenset(
            parts for parts, fault in faults.items() if any(best.is_needed(flow, fault) for flow in self.rates)
        )

    def _candidate(self, steps: Steps, beyond: frozenset[tuple[str, ...]] | None = None) -> Candidate:
        architecture = with_change(self.base, self.levers, steps)
        left_out = self.beyond if beyond is None else beyond
        return Candidate(architecture, self.levers, self.rates, left_out, self.options.seed)

    def plan(self) -> Plan:
        waiting, seen = [self._entry((0,) * len(self.levers))], set[Steps]()
        while waiting and len(seen) < MOST_SEEN and len(self.tried) < MOST_RUN:
            *_, steps = heapq.heappop(waiting)
            if steps in seen:
                continue
            seen.add(steps)
            candidate = self._candidate(steps)
            blocked = candidate.blocked() or self._run(candidate, steps)
            if blocked is None:
                return self._plan(change_of(self.levers, steps), candidate)
            hopeless = self._at_most(blocked.run) if blocked.run is not None else None
            if blocked.run is not None and hopeless is not None:
                self.notes.append(_hopeless(hopeless, blocked.run.to_dead))
                if blocked.run.fault is None:
                    break
                self.beyond |= {blocked.run.fault.parts}
                seen.discard(steps)
                heapq.heappush(waiting, self._entry(steps))
                continue
            for larger in self._larger(steps, blocked.levers):
                heapq.heappush(waiting, self._entry(larger))
        return self._plan(None, None)

    @cache  # noqa: B019 - it lives as long as one search
    def _at_most(self, run: Ran) -> Blocked | None:
        """The promise that is broken in the same state though everything is as large as it may get, if one is."""
        most = tuple(int((lever.most - lever.value) / lever.step) for lever in self.levers)
        found = self._candidate(most).run_with((run.fault,))
        return found if found is not None and found.verdict is Verdict.BREAKS else None

    def _run(self, candidate: Candidate, steps: Steps) -> Blocked | None:
        found = candidate.run()
        verdict = found.verdict if found else Verdict.HOLDS
        self.tried.append(Try(change_of(self.levers, steps), verdict, found.why if found else None))
        if self.progress is not None:
            self.progress(1 - 0.9 ** len(self.tried))
        return found

    def _larger(self, steps: Steps, levers: Sequence[Lever]) -> list[Steps]:
        places = [self.levers.index(lever) for lever in levers]
        return [
            (*steps[:place], steps[place] + 1, *steps[place + 1 :])
            for place in places
            if self.levers[place].after(steps[place] + 1) is not None
        ]

    def _entry(self, steps: Steps) -> tuple[Fraction, int, Steps, Steps]:
        """By size, then by how many fields change, then by the order of the fields."""
        change = change_of(self.levers, steps)
        return change.size, len(change.settings), tuple(-count for count in steps), steps

    def _plan(self, change: Change | None, candidate: Candidate | None) -> Plan:
        if self.progress is not None:
            self.progress(1.0)
        owners = sorted({" + ".join(parts) for parts in self.beyond})
        scaled = [lever.owner for lever in self.levers if lever.kind is Kind.REPLICAS and _is_scaled(self.base, lever)]
        notes = self.notes + [f"`{id_}` scales: `replicas` is where it begins, up to its `max`" for id_ in scaled]
        notes += jobs_left_out(candidate.architecture if candidate else self.base)
        return Plan(
            self.name,
            self.options.level,
            self.options.seed,
            change,
            tuple(candidate.margins.values()) if candidate else (),
            tuple(self.tried),
            tuple(owners),
            tuple(notes),
        )


def _hopeless(at_most: Blocked, to_dead: Sequence[str]) -> str:
    told = f"with everything as large as it may get, {at_most.why}"
    if not to_dead:
        return told
    dead = listing(f"`{id_}`" for id_ in to_dead)
    return f"{told}: calls go on to the dead replicas of {dead}; a `health_check` ends that"


def _is_scaled(architecture: Architecture, lever: Lever) -> bool:
    scaling = getattr(architecture.components[lever.owner], "scaling", None)
    return scaling is not None and scaling.horizontal


def jobs_left_out(architecture: Architecture) -> Iterator[str]:
    """That they are left out, and what is asked for more than it has while they are in work."""
    jobs = [f"`{id_}`" for id_, flow in architecture.flows.items() if flow.comes_by_clock]
    if jobs:
        yield f"{listing(jobs)}: by the clock, and in no run of the plan"
    said = set[str]()
    for busy in busiest(architecture):
        for station in map(busy.capacity.at_most, busy.capacity.stations):
            if station.peak > 1 and not station.is_assumed and station.name not in said:
                said.add(station.name)
                yield _too_small(station, busy)


def _too_small(station: Station, busy: Busy) -> str:
    in_work = ((job, busy.runs[job]) for job in busy.capacity.jobs_at(station) if job in busy.runs)
    runs = listing(f"{count(number_, 'run')} of `{job}`" for job, number_ in in_work) or "jobs"
    asked = f"{number(station.peak * station.each)} {station.resource.word} of {number(station.each)}"
    return f"with {runs} in work a replica of `{station.name}` is asked for {asked}: what meets it takes longer"

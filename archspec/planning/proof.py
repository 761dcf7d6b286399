"""Whether a change works: first by what analyze computes, which may only say no, then by runs."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import cached_property
from math import inf

from archspec.analysis import Capacity, Resource, Station
from archspec.frozen import frozen
from archspec.model import Architecture, Rate, Running
from archspec.planning.levers import Kind, Lever
from archspec.planning.values import Margin, Verdict
from archspec.simulation.distributions import clopper_pearson
from archspec.verification.faults import single_faults
from archspec.verification.foreseen import Foreseen
from archspec.verification.judging import CONFIDENCE, judged
from archspec.verification.runs import Bench, independent
from archspec.verification.values import Fault, Kept, State

IN_THE_WAY = 0.5
"""What is less busy than this is not made larger, where a run breaks a promise."""


@frozen(slots=False)
class Blocked:
    """Why a change cannot work, and which levers may do something about it."""

    why: str
    levers: tuple[Lever, ...]
    verdict: Verdict = Verdict.BREAKS
    run: "Ran | None" = None
    """The run that showed it; None where analyze says so."""


@frozen(slots=False)
class Ran:
    """What was lost in a run, and of which components calls went on to replicas that were dead."""

    fault: Fault | None
    to_dead: tuple[str, ...]


@frozen(slots=False, eq=False)
class Candidate:
    """An architecture under the load of the plan, with the levers that made it."""

    architecture: Architecture
    levers: tuple[Lever, ...]
    rates: dict[str, Rate]
    beyond: frozenset[tuple[str, ...]]
    """Faults that no number of replicas mends."""
    seed: int
    margins: dict[tuple[str, str], Margin] = field(default_factory=dict)

    @cached_property
    def foreseen(self) -> Foreseen:
        """What analyze says of it."""
        return Foreseen(self.architecture)

    @cached_property
    def capacity(self) -> Capacity:
        """What it can do, and has to."""
        return self.foreseen.capacity

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Every part by itself that may be lost."""
        return tuple(fault for fault in single_faults(self.architecture, self.rates) if fault.parts not in self.beyond)

    # -- by what analyze computes

    def blocked(self) -> Blocked | None:
        """What surely cannot work; None where nothing is known to stand in the way."""
        for fault in (None, *self.faults):
            found = self._without_a_part(fault) or self._too_small(fault)
            if found is not None:
                return found
        return None

    def _without_a_part(self, fault: Fault | None) -> Blocked | None:
        for flow in self.rates if fault is not None else ():
            assert fault is not None
            if self.is_needed(flow, fault):
                return Blocked(f"{flow} cannot do without `{fault.name}`", self._replicas_of(fault))
        return None

    def is_needed(self, flow: str, fault: Fault) -> bool:
        """Whether more of a flow fails without the part than it promises."""
        objective = self.architecture.flows[flow].objective
        share = self.foreseen.share_failing(flow, fault)
        promised = 1.0 if objective is None or objective.success is None else 1 - float(objective.success)
        return objective is not None and share is not None and share > promised + 1e-12

    def _replicas_of(self, fault: Fault) -> tuple[Lever, ...]:
        struck = {id_ for id_, count in self.foreseen.struck(fault).items() if count}
        return tuple(lever for lever in self.levers if lever.kind is Kind.REPLICAS and lever.owner in struck)

    def _too_small(self, fault: Fault | None) -> Blocked | None:
        lost = self.foreseen.struck(fault)
        for station in self.capacity.stations:
            left = station.replicas - lost[station.component] * station.shards
            if left > 0 and station.peak_of(left) > self._most(station):
                return Blocked(_what(station, fault), self._of(station))
        return None

    def _most(self, station: Station) -> float:
        """Above 1 only what bounds its queue can be, and then it refuses the rest."""
        component = self.architecture.components[station.component]
        bounded = station.resource in (Resource.CONNECTIONS, Resource.INSTANCES, Resource.PLACES) or (
            isinstance(component, Running) and component.queue_limit is not None
        )
        if not bounded:
            return 1.0
        promised = [
            float(flow.objective.success)
            for id_ in self.rates
            if (flow := self.architecture.flows[id_]).objective is not None and flow.objective.success is not None
        ]
        return 1 / min(promised, default=1.0) if promised else inf

    def _of(self, station: Station) -> tuple[Lever, ...]:
        """What makes a station larger."""
        owners, field = (station.component, station.name), station.resource.value
        return tuple(
            lever
            for lever in self.levers
            if (lever.owner in owners and lever.kind == field)
            or (lever.owner == station.component and lever.kind is Kind.REPLICAS)
        )

    # -- by runs

    def run(self) -> Blocked | None:
        """What a run shows to be broken or not sure; None where every promise is surely kept in every state."""
        return self.run_with((None, *self.faults))

    def run_with(self, faults: Iterable[Fault | None]) -> Blocked | None:
        """The same of some states only."""
        states = tuple(faults)
        for group in independent(self.architecture, self.rates):
            bench = Bench(self.architecture, {flow: self.rates[flow] for flow in group}, self.seed)
            if not any(self.architecture.flows[flow].objective for flow in group):
                continue
            for fault in states:
                found = self._state(bench, fault) if fault is None or bench.touches(fault) else None
                if found is not None:
                    return found
        return None

    def _state(self, bench: Bench, fault: Fault | None) -> Blocked | None:
        length = bench.long_enough(self.capacity.stations, self.foreseen.struck(fault))
        kept, flow, why = self._judged(bench, fault, length)
        if kept is Kept.UNKNOWN and bench.longest > length:
            kept, flow, why = self._judged(bench, fault, bench.longest)
        if kept is Kept.YES:
            return None
        without = f"without `{fault.name}` " if fault else ""
        verdict = Verdict.BREAKS if kept is Kept.NO else Verdict.UNSURE
        to_dead = self.foreseen.goes_to_dead(fault, flow) if fault else ()
        return Blocked(f"{without}{flow}: {why}", self._in_the_way(bench, fault), verdict, Ran(fault, to_dead))

    def _judged(self, bench: Bench, fault: Fault | None, length: int) -> tuple[Kept, str, str]:
        states = bench.run(fault, length)
        found = [
            (flow, *judged(self.architecture.flows[flow].objective, [(1.0, state)])) for flow, state in states.items()
        ]
        promising = [each for each in found if self.architecture.flows[each[0]].objective is not None]
        for wanted in (Kept.NO, Kept.UNKNOWN):
            for flow, kept, why in promising:
                if kept is wanted:
                    return kept, flow, "; ".join(why)
        for flow, state in states.items():
            self._note(flow, state, fault)
        return Kept.YES, "", ""

    def _note(self, flow: str, state: State, fault: Fault | None) -> None:
        for margin in _margins(flow, state, self.architecture, fault.name if fault else None):
            known = self.margins.get((flow, margin.figure))
            if known is None or (margin.value > known.value) == (margin.figure != "success"):
                self.margins[flow, margin.figure] = margin

    def _in_the_way(self, bench: Bench, fault: Fault | None) -> tuple[Lever, ...]:
        """The levers of what is busy then, else all that these flows meet."""
        lost = self.foreseen.struck(fault)
        met = {id_ for flow in bench.flows for visit in self.architecture.walk(flow) for id_ in visit.step.call}
        met |= {caller for flow in bench.flows for visit in self.architecture.walk(flow) for caller in visit.callers}
        stations = [station for station in self.capacity.stations if station.component in met]
        busy = [
            lever
            for station in stations
            if (left := station.replicas - lost[station.component] * station.shards) > 0
            and station.peak_of(left) >= IN_THE_WAY
            for lever in self._of(station)
        ]
        return tuple(dict.fromkeys(busy)) or tuple(lever for s in stations for lever in self._of(s))


def _what(station: Station, fault: Fault | None) -> str:
    without = f" without `{fault.name}`" if fault else ""
    return f"the {station.resource.word} of `{station.name}` are too few{without}"


def _margins(flow: str, state: State, architecture: Architecture, without: str | None) -> Iterator[Margin]:
    objective = architecture.flows[flow].objective
    if objective is None:
        return
    if objective.success is not None and state.success is not None:
        low, high = clopper_pearson(state.ok, state.offered, CONFIDENCE)
        yield Margin(flow, "success", float(objective.success), state.success, low, high, without)
    for late in state.times:
        yield Margin(flow, late.percentile, late.promised, late.value, late.low, late.high, without)

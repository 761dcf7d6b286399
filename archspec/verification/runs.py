"""Runs in which something is down from beginning to end: one state each, of flows that have to do with each other."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from math import ceil, sqrt
from pathlib import Path

from archspec.analysis import Resource, Station
from archspec.frozen import frozen
from archspec.model import Architecture, Dependable, Duration, Rate, Running, Start
from archspec.model.walk import Visit
from archspec.simulation import SHARES, Message
from archspec.simulation.compile import compile_system
from archspec.simulation.engine import Engine, Question, View
from archspec.simulation.faults import supposed_down
from archspec.simulation.length import LONGEST
from archspec.simulation.loads import load_of
from archspec.simulation.log import CAUSES
from archspec.simulation.names import Compiled
from archspec.simulation.overload import GROWING, is_growing, strays
from archspec.simulation.program import FOR_EVER, Program, Supposed, System
from archspec.simulation.program import Run as Asked
from archspec.simulation.responses import WIDTH, Outcome
from archspec.simulation.windows import relaxation
from archspec.verification.rates import load_at
from archspec.verification.values import Fault, Late, State

MOST = 100_000
"""Requests of a run, where nobody says how long it is; a flow that has too few of them by then stays unknown."""
SPANS = 100
"""So often must the queues of a run forget, as for intervals (docs/adr/0019)."""
LEAST = 400
"""Requests of every flow that promises something at least, and of a state that passes."""
SECOND = 10**9
ANSWERED = (70 * SECOND, 700 * SECOND, 7_000 * SECOND)
"""After the last arrival: when patience is over, and what has no end will have none."""
SHARE_LEFT_OUT = 10
"""Of a run the first so many-th is warm-up, as in every stationary run."""
SURE = 3.0
"""Standard deviations between which a percentile surely lies, by the ranks of a binomial."""

_FELT = ("slots", "cores", "memory", "queue_limit", "rate_limit", "replicas", "zones", "entries", "algorithm")
"""Fields by which a component that somebody else runs lets one caller feel another."""


@frozen(slots=False, eq=False)
class Bench:
    """Flows of an architecture that share what can be full, under their rates: compiled once, run in many states."""

    architecture: Architecture
    rates: Mapping[str, Rate]
    seed: int = 1
    duration: Duration | None = None

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows, in the order of their numbers."""
        return tuple(self.rates)

    @cached_property
    def length(self) -> int:
        """Of a run, in nanoseconds: so long that each promise can be told to be kept."""
        if self.duration is not None:
            return self.duration.nanoseconds
        seconds = max(
            _sure_count(max(LEAST, needed(self.architecture, flow))) / float(self.rates[flow].per_second)
            for flow in self._judged
        )
        return _whole(min(seconds * SHARE_LEFT_OUT / (SHARE_LEFT_OUT - 1), MOST / self._rate, LONGEST / SECOND))

    def long_enough(self, stations: Iterable[Station], lost: Mapping[str, int]) -> int:
        """Of a run without so many replicas of each component: its queues must forget its beginning many times."""
        seconds = [
            SPANS * relaxation(share) / station.visits
            for station in stations
            if station.component in self.met and station.connection is None and station.visits > 0
            if station.resource is not Resource.PLACES
            for left in [station.replicas - lost[station.component] * station.shards]
            if left > 0 and (share := station.peak_of(left)) > 0
        ]
        return _whole(min(max([self.length / SECOND, *seconds]), self.longest / SECOND))

    @cached_property
    def longest(self) -> int:
        """Of a run that tells what shorter ones do not."""
        return self.length if self.duration is not None else _whole(min(MOST / self._rate, LONGEST / SECOND))

    @cached_property
    def shorter(self) -> int:
        """Of a run in a state that does not last."""
        slowest = min(float(self.rates[flow].per_second) for flow in self._judged)
        return _whole(min(self.length / SECOND, LEAST / slowest, MOST / self._rate))

    @property
    def _rate(self) -> float:
        return sum(float(rate.per_second) for rate in self.rates.values())

    @property
    def _judged(self) -> list[str]:
        """Those that promise something, if any does: for them a run must be long. Users who stay for ever shake hands
        only once they are dropped.
        """
        coming = [flow for flow, rate in self.rates.items() if rate.per_second]
        promising = [flow for flow in coming if self.architecture.flows[flow].objective is not None]
        return promising or coming

    @cached_property
    def compiled(self) -> Compiled:
        """The system of these flows."""
        return compile_system(self.architecture, self.flows)

    def unaware_of(self, lost: frozenset[str]) -> System:
        """The same system, in which nobody ever notices that a part of these components is lost."""
        system = self.compiled.system
        components = tuple(
            each._replace(failover_time=FOR_EVER) if each.id in lost else each for each in system.components
        )
        links = (link._replace(check=None) if components[link.to].id in lost else link for link in system.connections)
        return system._replace(components=components, connections=tuple(links))

    def touches(self, fault: Fault) -> bool:
        """Whether a part of the fault takes anything down, or cuts off, that these flows may ask."""
        return any(self._is_met(part, owner) for part, owner in zip(fault.parts, fault.owners, strict=True))

    def _is_met(self, part: str, owner: str) -> bool:
        if "->" in part:
            return {end.strip() for end in part.split("->")} <= self.met
        met = (self.architecture.components[id_] for id_ in self.met)
        return owner in self.met or any(part in places for each in met for places in self.architecture.placements(each))

    @cached_property
    def met(self) -> frozenset[str]:
        """The components that these flows may ask, and the copies that answer or are waited for."""
        met = {id_ for flow in self.flows for visit in self.architecture.walk(flow) for id_ in _ends(visit)}
        copies = {copy.id for id_ in met for copy in self.architecture.copies_of(id_)}
        originals = {getattr(self.architecture.components[id_], "replica_of", None) or id_ for id_ in met}
        return frozenset(met | copies | originals)

    def run(self, fault: Fault | None, length: int, unaware: frozenset[str] = frozenset()) -> dict[str, State]:
        """What becomes of each flow while a fault holds all the time.

        What some components have lost nobody knows; of the rest whoever can has noticed.
        """
        return _Running(self, fault, unaware, length).states()

    def supposed(self, fault: Fault, unaware: frozenset[str]) -> Iterable[Supposed]:
        """What is down, and of what in it somebody knows."""
        architecture = self.architecture
        for part, owner in zip(fault.parts, fault.owners, strict=True):
            is_group = owner in architecture.groups
            known = not unaware if is_group else owner.rpartition("->")[2].strip() not in unaware
            yield supposed_down(architecture, self.compiled, part, noticed=known)
            for id_ in sorted(self.met - unaware) if is_group and unaware else ():
                for replica in self._inside(id_, part):
                    yield supposed_down(architecture, self.compiled, replica, noticed=True)

    def _inside(self, id_: str, group: str) -> list[str]:
        """The replicas of a component that stand in a group."""
        architecture, component = self.architecture, self.architecture.components[id_]
        if not isinstance(component, Dependable):
            return []  # always up
        names = enumerate(architecture.replica_names(component), start=1)
        return [name for number, name in names if group in architecture.domains_of(component, number)]


def needed(architecture: Architecture, flow: str) -> float:
    """Requests that a flow needs to be found to keep its promises: 3 / (1 - share), of successes and of percentiles.

    Without a failure among n the share of failures lies below 3 / n with 95% confidence (J. A. Hanley and A.
    Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249, 1983).
    """
    objective = architecture.flows[flow].objective
    if objective is None:
        return 0.0
    success = [3 / float(1 - objective.success.value)] if objective.success and objective.success.value < 1 else []
    return max(0.0, *success, *(3 / (1 - SHARES[name]) for name in objective.percentiles))


def independent(architecture: Architecture, flows: Iterable[str]) -> list[tuple[str, ...]]:
    """The flows in groups none of which another can keep waiting: they share nothing that holds, counts or remembers.

    What is drawn for a flow does not depend on the others, so a group by itself runs as it does among all.
    """
    groups: list[tuple[set[str], set[str]]] = []
    for flow in flows:
        met = {id_ for visit in architecture.walk(flow) for id_ in _ends(visit)}
        own, shared = {flow}, {id_ for id_ in met if _is_shared(architecture, id_)}
        shared |= {f"the users of {architecture.flows[flow].via or flow}"}
        for group in [each for each in groups if each[1] & shared]:
            groups.remove(group)
            own, shared = group[0] | own, group[1] | shared
        groups.append((own, shared))
    order = {flow: number for number, flow in enumerate(architecture.flows)}
    apart = [tuple(sorted(own, key=order.__getitem__)) for own, _ in groups]
    return sorted(apart, key=lambda group: order[group[0]])


def _ends(visit: Visit) -> tuple[str, ...]:
    return (*visit.callers, *visit.step.call)


def _is_shared(architecture: Architecture, id_: str) -> bool:
    """Whether what one flow does at a component can be felt by another: all but what has any room for everybody."""
    component = architecture.components[id_]
    if any(link.max_concurrent or link.circuit_breaker or link.retries for link in architecture.outgoing[id_]):
        return True
    return isinstance(component, Running) and (not component.kind_of.provided or component.said(*_FELT))


class _Running:
    """One run, on its way."""

    def __init__(self, bench: Bench, fault: Fault | None, unaware: frozenset[str], length: int) -> None:
        self.bench, self.length = bench, length
        self.engine = Engine(Program(bench.unaware_of(unaware), self._asked(fault, unaware)))

    def _asked(self, fault: Fault | None, unaware: frozenset[str]) -> Asked:
        bench, flows = self.bench, self.bench.architecture.flows
        until = Duration(self.length)
        loads = (
            load_of(number, flows[flow], load_at(flows[flow], rate, until), Path(), Start.first(), self.length)
            for number, (flow, rate) in enumerate(bench.rates.items())
        )
        return Asked(
            seed=str(bench.seed % 2**64),
            until=self.length + ANSWERED[-1],
            warm_up=self.length // SHARE_LEFT_OUT,
            scrape=self.length + ANSWERED[-1],
            watch="nothing",
            loads=tuple(loads),
            limits=((),) * len(bench.rates),
            supposed=tuple(bench.supposed(fault, unaware)) if fault else (),
        )

    def states(self) -> dict[str, State]:
        self.engine.advance(self.length * (SHARE_LEFT_OUT + 1) // (2 * SHARE_LEFT_OUT))
        half, waiting = self._outcomes(), self._messages()
        self.engine.advance(self.length)
        end, still = self._outcomes(), self._messages()
        left = end
        for longer in ANSWERED:
            if not any(left[number][Outcome.IN_FLIGHT] for number in self._asking):
                break
            self.engine.advance(self.length + longer)
            left = self._outcomes()
        piles = _piles(self.bench, waiting, still)
        return {
            flow: self._state(number, left[number], _grows(half[number], end[number]) or piles.get(number))
            if number in self._asking
            else self._handshakes(number, end[number])
            for number, flow in enumerate(self.bench.flows)
        }

    @cached_property
    def _asking(self) -> list[int]:
        """The flows that come to an end. Users connect again and again as long as time goes on."""
        flows = self.bench.architecture.flows
        return [number for number, flow in enumerate(self.bench.flows) if flows[flow].session is None]

    def _handshakes(self, number: int, counted: tuple[int, ...]) -> State:
        """Of handshakes those that are over by the end of the run."""
        over = list(counted)
        over[Outcome.OFFERED] -= over[Outcome.IN_FLIGHT]
        over[Outcome.IN_FLIGHT] = 0
        return self._state(number, tuple(over), None)

    def _outcomes(self) -> list[tuple[int, ...]]:
        return self.engine.rows(View.FLOWS, WIDTH)

    def _messages(self) -> list[tuple[int, ...]]:
        return self.engine.rows(View.QUEUES, len(Message)) if self.bench.compiled.queues else []

    def _state(self, number: int, counted: tuple[int, ...], grows: str | None) -> State:
        failed = tuple((cause, n) for cause, n in zip(CAUSES, counted[len(Outcome) :], strict=True) if n)
        if counted[Outcome.IN_FLIGHT]:
            failed = (*failed, ("unanswered", counted[Outcome.IN_FLIGHT]))
        ok = counted[Outcome.OK]
        times = tuple(self._times(number, ok)) if ok else ()
        slow = self._slow(number) if times else None
        return State(counted[Outcome.OFFERED], ok, failed, times, grows, slow, self.length, counted[Outcome.DEGRADED])

    def _times(self, number: int, ok: int) -> Iterable[Late]:
        objective = self.bench.architecture.flows[self.bench.flows[number]].objective
        for name, promised in (objective.percentiles if objective else {}).items():
            share = SHARES[name]
            spread = SURE * sqrt(share * (1 - share) / ok)
            low, value, high = (
                self.engine.ask(Question.PERCENTILE, number, value=min(1.0, max(1 / ok, share + off)))[0]
                for off in (-spread, 0.0, spread)
            )
            yield Late(name, value, low, high, promised.nanoseconds)

    def _slow(self, number: int) -> float | None:
        """The mean over batches of the share that is slower than the highest percentile promises."""
        objective = self.bench.architecture.flows[self.bench.flows[number]].objective
        assert objective is not None
        promised = max(objective.percentiles.items(), key=lambda each: SHARES[each[0]])[1]
        found = self.engine.ask(Question.BEYOND, number, value=float(promised.nanoseconds))
        above = found[: len(found) // 2]
        return sum(above) / len(above) if above else None


def _grows(half: tuple[int, ...], end: tuple[int, ...]) -> str | None:
    """Whether requests pile up, as a run of `simulate` finds it."""
    offered, before, after = end[Outcome.OFFERED], half[Outcome.IN_FLIGHT], end[Outcome.IN_FLIGHT]
    if after <= GROWING * offered or not is_growing(before, after) or after - before <= strays(offered) * offered:
        return None
    return f"requests pile up: {after} of {offered} are without an answer at the end, {before} at half-time"


def _piles(bench: Bench, half: list[tuple[int, ...]], end: list[tuple[int, ...]]) -> dict[int, str]:
    """By flow: the message queue that it feeds and that gets more than its workers do."""
    architecture, found = bench.architecture, dict[int, str]()
    consumed = {queue for each in bench.compiled.system.components for queue in each.feeds}
    for earlier, later in zip(half, end, strict=True):
        before, after, published = earlier[Message.WAITING], later[Message.WAITING], later[Message.PUBLISHED]
        is_much = after > GROWING * published and after - before > strays(max(published, 1)) * published
        if later[Message.COMPONENT] in consumed and is_much and is_growing(before, after):
            id_ = bench.compiled.components[later[Message.COMPONENT]]
            sentence = f"`{id_}` gets more messages than its workers do: {after} of {published} wait at the end"
            for number, flow in enumerate(bench.flows):
                if any(id_ in visit.step.call for visit in architecture.walk(flow)):
                    found[number] = sentence
    return found


def _sure_count(needed: float) -> int:
    """So many requests on average that in all but one run of a thousand enough come."""
    return ceil(needed + 3 * sqrt(needed) + 1)


def _whole(seconds: float) -> int:
    """A length in nanoseconds, rounded up to what can be read."""
    unit = SECOND if seconds >= 10 else SECOND // 10
    return max(unit, ceil(seconds * SECOND / unit) * unit)

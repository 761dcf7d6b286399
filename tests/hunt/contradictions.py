"""What `analyze` and `lint` say of a part that fails, held against a run in which it does.

A contradiction is
- a flow that breaks with a part down which `analyze` neither lists as a single point nor names as capacity missed;
- a flow that goes on with a part down which `analyze` calls a single point;
- lint silent on what the run shows, where lint was right to be asked (its subject is open).

A part is down from the start, and what comes before everybody has noticed is left out.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from archspec.analysis.availability import Availability
from archspec.analysis.capacity import Capacity
from archspec.analysis.station import Resource, Station
from archspec.model.architecture import Architecture
from archspec.model.kind import Role
from archspec.model.scenario import Scenario
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import FlowResult, Results
from archspec.simulation.simulate import simulate
from archspec.validators.finding import Finding
from archspec.validators.run import judge

REQUESTS = 3000
"""At least so many of the rarest flow in a run."""
NOTICED = 40
"""Seconds until everybody has noticed: failover, checks, a dns answer."""
DRAINED = 300
"""Seconds more in which the queues of the meantime may drain, before a contradiction is called one."""
CALM = 70
"""Seconds without arrivals at the end, so that who waits for ever has lost patience."""
LONGEST = 600
NOMINAL_RATE = 20.0
"""Requests per second of each flow where none states a rate."""
REJECTED = 1e-3
"""A pool that rejects more than this is called too small."""
NEARLY_FULL = 0.93
"""From here on queues are so long that time-outs fail requests now and then."""


@dataclass(frozen=True)
class Contradiction:
    """What was said of a part and what a run showed; `said` and `ran` are shares of a flow that succeed."""

    flow: str
    part: str
    said: float
    ran: float
    why: str = ""

    def __str__(self) -> str:
        return f"{self.flow} with {self.part} down: said {self.said:.4f}, ran {self.ran:.4f} {self.why}"


def contradictions(architecture: Architecture, *, compiled: bool = True) -> list[Contradiction]:
    """All of a system; where some flows have a rate, those without one are left out."""
    return list(_Hunt(architecture, compiled).found())


class _Hunt:
    def __init__(self, architecture: Architecture, compiled: bool) -> None:
        self.architecture = architecture
        self.compiled = compiled
        self.replicas = {id_: architecture.replica_names(each) for id_, each in architecture.components.items()}
        self.availability = Availability(architecture)
        self.capacity = Capacity(self.architecture)
        self.findings = judge(self.architecture).findings
        stated = {id_: rate for id_, rate in self.capacity.rates.items() if rate > 0}
        self.rates = stated or dict.fromkeys(architecture.flows, NOMINAL_RATE)

    def found(self) -> Iterator[Contradiction]:
        if is_full(self.capacity, lambda station: station.replicas):
            return
        calm = self.run()
        for part in parts(self.architecture, list(self.rates)):
            if any(self.judged(calm, self.run(part), part)):
                yield from self.judged(calm, self.run(part, NOTICED + DRAINED), part)

    def run(self, part: str | None = None, noticed: int = NOTICED) -> Results:
        """A run with a part down from its start, nobody's load changed, that is watched from `noticed` seconds on."""
        lasts = min(LONGEST, max(5.0, REQUESTS / min(self.rates.values())))
        fault = {
            "at": "0s",
            "partition" if part and "->" in part else "fail": part,
            "for": "10d",
        }  # no supervisor helps
        until = f"{noticed + lasts:.0f}s"
        scenario = {
            "id": "hunt",
            "duration": f"{noticed + lasts + CALM:.0f}s",
            "warm_up": f"{noticed}s",
            "load": {flow: {"rate": f"{rate}/s", "until": until} for flow, rate in self.rates.items()},
            "faults": [fault] if part else [],
        }
        scenarios = {"hunt": Scenario.model_validate(scenario)}
        architecture = replace(self.architecture, scenarios=scenarios)
        return simulate(architecture, SimulationOptions(scenario="hunt"))

    def judged(self, calm: Results, ran: Results, part: str) -> Iterator[Contradiction]:
        for flow in self.rates:
            yield from self.flow_judged(flow, part, result(calm, flow), result(ran, flow))

    def flow_judged(self, flow: str, part: str, calm: FlowResult, ran: FlowResult) -> Iterator[Contradiction]:
        before, after = success(calm), success(ran)
        share = self.share_failing(flow, part)
        if share is None:
            return
        said = before * (1 - share)
        count = max(1, ran.offered)
        slack = 4.5 * math.sqrt(max(said * (1 - said), 1e-4) / count) + 2e-3
        if after > said + slack:
            yield Contradiction(flow, part, said, after, "goes on though it is a single point")
        elif after < said - slack and not self.is_capacity_named(part) and not self.is_named(part):
            yield Contradiction(flow, part, said, after, ", ".join(f"{cause} {n}" for cause, n in ran.failed))

    def share_failing(self, flow: str, part: str) -> float | None:
        """The share of a flow that `analyze` says cannot do without this part; None where it says it is not known."""
        points = {point.part.name: point for point in self.availability.of_flow(flow).single_points}
        if part in self.architecture.components and part not in points:
            return self.share_without_all(flow, part)
        point = points.get(part)
        return 0.0 if point is None else point.share

    def share_without_all(self, flow: str, component: str) -> float | None:
        """All replicas at once: a cut, though none of them alone is one."""
        from archspec.analysis.points import share_failing

        structure = self.availability.of_flow(flow)
        down = [part for part in structure.parts if part.owner == component and part.name.startswith(f"{component}-")]
        return share_failing(structure.structure, *down) if down else 0.0

    # -- what is named

    def is_capacity_named(self, part: str) -> bool:
        """Whether `analyze` says that what is left without this part is full, or nearly; also of who stands in."""
        lost = self.struck(part)
        gone = frozenset(id_ for id_, names in self.replicas.items() if lost[id_] == len(names))
        capacity = Capacity(self.architecture, lost=gone) if gone else self.capacity
        return is_full(capacity, lambda station: station.replicas - lost[station.component])

    def struck(self, part: str) -> Mapping[str, int]:
        """How many replicas of each component the part takes down."""
        architecture = self.architecture
        return {
            id_: sum(
                part in (id_, name) or part in architecture.domains_of(architecture.components[id_], number)
                for number, name in enumerate(names, start=1)
            )
            for id_, names in self.replicas.items()
        }

    def is_named(self, part: str) -> bool:
        """Whether lint has spoken of what happens when something that this part takes down is lost or hangs."""
        names = {id_ for id_, count in self.struck(part).items() if count}
        return any(names & set(_names(finding)) for finding in self.findings if finding.code in _OF_LOSS)


def is_full(capacity: Capacity, left: Callable[[Station], int]) -> bool:
    """Whether a station has no room with so many replicas left; one that is lost whole is no matter of capacity."""
    return any(left(station) > 0 and _is_full(capacity, station, left(station)) for station in capacity.stations)


def _is_full(capacity: Capacity, station: Station, left: int) -> bool:
    """By the most that may be busy; a pool, where nobody waits, rejects by chance long before (Erlang B)."""
    most = capacity.busy_most[station.name, station.resource]
    if station.resource is Resource.CONNECTIONS:
        return math.isinf(most) or blocked(most / left, int(station.each)) > REJECTED
    return station.peak_of(left) * most / station.busy >= NEARLY_FULL


def blocked(load: float, places: int) -> float:
    """The share that finds all places taken (A. K. Erlang, 1917), by recursion over the places."""
    share = 1.0
    for place in range(1, places + 1):
        share = load * share / (place + load * share)
    return share


_OF_LOSS = ("AVL04", "AVL12", "PRF03", "PRF05", "RES01", "RES12", "RES15")
"""Rules that say what happens when something is lost or hangs."""


def _names(finding: Finding) -> list[str]:
    return [*finding.text.replace("`", " ").replace(",", " ").replace(";", " ").split(), finding.element]


def result(results: Results, flow: str) -> FlowResult:
    return next(each for each in results.flows if each.flow == flow)


def success(flow: FlowResult) -> float:
    """Of the requests that came, those that were answered well: who still waits at the end is not among them."""
    return flow.ok / flow.offered if flow.offered else 1.0


def parts(architecture: Architecture, flows: list[str]) -> list[str]:
    """What can fail: components, first and last replicas, zones and hosts, and connections with an availability."""
    asked: dict[str, None] = {}
    links: dict[str, None] = {}
    for flow in flows:
        for visit in architecture.walk(flow):
            for callee in visit.step.call:
                if architecture.components[callee].kind_of.role is not Role.TELEMETRY:
                    asked[callee] = None
                    link = architecture.connection(visit.caller, callee)
                    if link is not None and link.availability is not None:
                        links[f"{visit.caller} -> {callee}"] = None
    found: dict[str, None] = {}
    for id_ in asked:
        found[id_] = None
        names = architecture.replica_names(architecture.components[id_])
        if len(names) > 1:
            found |= dict.fromkeys((names[0], names[-1]))
    held = {
        group
        for id_ in asked
        for number in range(1, len(architecture.replica_names(architecture.components[id_])) + 1)
        for group in architecture.domains_of(architecture.components[id_], number)
    }
    zones = [group.id for group in architecture.groups.values() if group.id in held and group.kind in ("zone", "host")]
    return [*found, *zones, *links]

"""What `analyze` and `lint` say of a part that fails, held against a run in which it does.

A contradiction is
- a flow that breaks with a part down which `analyze` neither lists as a single point nor names as capacity missed;
- a flow that goes on with a part down which `analyze` calls a single point;
- lint silent on what the run shows, where lint was right to be asked (its subject is open).

A part is down from the start, and what comes before everybody has noticed is left out.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archspec.analysis.availability import Availability
from archspec.analysis.capacity import Capacity
from archspec.execution.finished import SimulationOptions
from archspec.execution.results import FlowResult, Results
from archspec.execution.simulate import simulate
from archspec.loading import load_text
from archspec.model.architecture import Architecture
from archspec.model.component import Running
from archspec.model.kind import Role
from archspec.validators.finding import Finding
from archspec.validators.run import judge

REQUESTS = 3000
"""At least so many of the rarest flow in a run."""
NOTICED = 60
"""Seconds until everybody has noticed: failover, checks, a dns answer."""
CALM = 70
"""Seconds without arrivals at the end, so that who waits for ever has lost patience."""
LONGEST = 600
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


def contradictions(text: str, *, compiled: bool = True) -> list[Contradiction]:
    """All of a spec, given as text; its flows without a rate are left out."""
    hunt = _Hunt(text, compiled)
    return list(hunt.found())


class _Hunt:
    def __init__(self, text: str, compiled: bool) -> None:
        self.data: Mapping[str, Any] = load_plain(text)
        self.architecture = load_text(text)
        self.compiled = compiled
        self.availability = Availability(self.architecture)
        self.capacity = Capacity(self.architecture)
        self.findings = judge(self.architecture).findings
        self.rates = {id_: rate for id_, rate in self.capacity.rates.items() if rate > 0}

    def found(self) -> Iterator[Contradiction]:
        if not self.rates or self.is_full(lambda station: station.replicas):
            return
        calm = self.run()
        for part in parts(self.architecture, list(self.rates)):
            ran = self.run(part)
            for flow in self.rates:
                yield from self.judged(flow, part, result(calm, flow), result(ran, flow))

    def run(self, part: str | None = None) -> Results:
        """A run with a part down from its start, nobody's load changed."""
        lasts = min(LONGEST, max(30.0, REQUESTS / min(self.rates.values())))
        faults = [] if part is None else [{"at": "0s", "partition" if "->" in part else "fail": part}]
        until = f"{NOTICED + lasts:.0f}s"
        scenario = {
            "duration": f"{NOTICED + lasts + CALM:.0f}s",
            "warm_up": f"{NOTICED}s",
            "load": {flow: {"until": until} for flow in self.rates},
            "faults": faults,
        }
        spec = {**self.data, "scenarios": {"hunt": scenario}}
        options = SimulationOptions(scenario="hunt", compiled=self.compiled)
        return simulate(load_text(json.dumps(spec, default=str)), options)

    def judged(self, flow: str, part: str, calm: FlowResult, ran: FlowResult) -> Iterator[Contradiction]:
        before, after = success(calm), success(ran)
        said = before * (1 - self.share_failing(flow, part))
        count = max(1, ran.offered)
        slack = 4.5 * math.sqrt(max(said * (1 - said), 1e-4) / count) + 2e-3
        if after > said + slack:
            yield Contradiction(flow, part, said, after, "goes on though it is a single point")
        elif after < said - slack and not self.is_capacity_named(part) and not self.is_named(part):
            yield Contradiction(flow, part, said, after, ", ".join(f"{cause} {n}" for cause, n in ran.failed))

    def share_failing(self, flow: str, part: str) -> float:
        """The share of a flow that `analyze` says cannot do without this part: of a component any of its replicas."""
        points = {point.part.name: point for point in self.availability.of_flow(flow).single_points}
        if part in self.architecture.components and part not in points:
            return self.share_without_all(flow, part)
        point = points.get(part)
        if point is None:
            return 0.0
        return 1.0 if point.share is None else point.share

    def share_without_all(self, flow: str, component: str) -> float:
        """All replicas at once: a cut, though none of them alone is one."""
        from archspec.analysis.points import share_failing

        structure = self.availability.of_flow(flow)
        down = [part for part in structure.parts if part.owner == component and part.name.startswith(f"{component}-")]
        share = share_failing(structure.structure, *down) if down else 0.0
        return 1.0 if share is None else share

    # -- what is named

    def is_capacity_named(self, part: str) -> bool:
        """Whether `analyze` says that what is left without this part is full, or nearly."""
        architecture = self.architecture
        lost = {id_: 0 for id_ in architecture.components}
        for id_, component in architecture.components.items():
            if not isinstance(component, Running):
                continue
            for number, name in enumerate(architecture.replica_names(component), start=1):
                lost[id_] += part in (id_, name) or part in architecture.domains_of(component, number)
        return self.is_full(lambda station: station.replicas - lost[station.component])

    def is_full(self, left: Any) -> bool:
        """Whether a station has no room with so many replicas left; one that is lost whole is no matter of capacity."""
        return any(
            0 < left(station) and station.busy >= NEARLY_FULL * station.each * left(station)
            for station in self.capacity.stations
        )

    def is_named(self, part: str) -> bool:
        """Whether lint has spoken of what this part's failure brings upon those who stand in for it."""
        component = self.architecture.with_replica(part)
        names = {part} | ({component.id} if component else set())
        return any(names & set(_names(finding)) for finding in self.findings if finding.code in _OF_LOSS)


_OF_LOSS = ("AVL04", "AVL12", "PRF03", "PRF05", "RES01", "RES12", "RES15")
"""Rules that say what happens when something is lost or hangs."""


def _names(finding: Finding) -> list[str]:
    return finding.text.replace("`", " ").replace(",", " ").replace(";", " ").split() + [finding.element]


def result(results: Results, flow: str) -> FlowResult:
    return next(each for each in results.flows if each.flow == flow)


def success(flow: FlowResult) -> float:
    """Of the requests that came, those that were answered well: who still waits at the end is not among them."""
    return flow.ok / flow.offered if flow.offered else 1.0


def parts(architecture: Architecture, flows: list[str]) -> list[str]:
    """What can fail: components, first and last replicas, groups, and connections that these flows use."""
    asked: dict[str, None] = {}
    links: dict[str, None] = {}
    for flow in flows:
        for visit in architecture.walk(flow):
            for callee in visit.step.call:
                if architecture.components[callee].kind_of.role is not Role.TELEMETRY:
                    asked[callee] = None
                    if architecture.connection(visit.caller, callee):
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


def load_plain(text: str) -> Mapping[str, Any]:
    """The spec's own data, to write other scenarios into."""
    from archspec.loading.text import plain  # type: ignore[attr-defined]

    data: Mapping[str, Any] = plain(text)
    return data

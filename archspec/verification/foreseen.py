"""What `analyze` and `lint` say of a part that fails: the share that fails, what is full, who was warned of."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from math import inf

from archspec.analysis import Availability, Calls, Capacity, Resource, Station, Structures
from archspec.analysis.detection import Detection
from archspec.analysis.places import refused_at_most
from archspec.analysis.queueing import erlang_b
from archspec.model import Architecture
from archspec.validators import Finding, judge
from archspec.verification.values import Fault

REJECTED = 1e-3
"""A pool that rejects more than this is called too small."""
NEARLY_FULL = 0.93
"""From here on queues are so long that time-outs fail requests now and then."""
OF_LOSS = ("AVL04", "AVL12", "PRF03", "PRF05", "RES01", "RES12", "RES15", "RES18")
"""Rules that say what happens when something is lost or hangs."""


class Foreseen:
    """Static verdicts on one architecture under its load."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.availability = Availability(architecture)
        self._structures = Structures(architecture)
        self._replicas = {id_: architecture.replica_names(each) for id_, each in architecture.components.items()}
        self._detections: dict[str, Detection] = {}

    @cached_property
    def capacity(self) -> Capacity:
        """Of the load as it is."""
        return Capacity(self.architecture)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What lint says."""
        return judge(self.architecture).findings

    def share_failing(self, flow: str, fault: Fault) -> float | None:
        """The share of a flow that cannot do without these parts; None where that is not known.

        Of what runs over sessions it is not, where nobody can connect: it depends on how many are connected still.
        """
        own, via = self._share_failing(flow, fault), self.architecture.flows[flow].via
        return None if own != 1 and via is not None and self._share_failing(via, fault) != 0 else own

    def _share_failing(self, flow: str, fault: Fault) -> float | None:
        structure = self.availability.of_flow(flow)
        names = {name for part in fault.parts for name in (part, *self._replicas.get(part, ()))}
        down = [part for part in structure.parts if part.name in names]
        if not down:
            return 0.0
        points = {point.part.name: point.share for point in structure.single_points}
        if len(down) == 1:
            return points.get(down[0].name, 0.0)
        return structure.share_failing(*down)

    def until_noticed(self, flow: str, fault: Fault) -> float:
        """Mean seconds until whoever chooses knows; infinite where somebody never does, 0 where nobody chooses."""
        return max(self._until(flow, fault).values(), default=0.0)

    def stages(self, flow: str, fault: Fault) -> tuple[tuple[float, frozenset[str]], ...]:
        """How an outage becomes known: until when, in mean seconds, the loss of which components is not.

        None where nobody chooses, or where somebody never knows: that is what lasts.
        """
        until = self._until(flow, fault)
        ends = sorted({end for end in until.values() if end > 0})
        if inf in ends:
            return ()
        return tuple((end, frozenset(id_ for id_, known in until.items() if known >= end)) for end in ends)

    def _until(self, flow: str, fault: Fault) -> dict[str, float]:
        if flow not in self._detections:
            self._detections[flow] = Detection(self._structures, flow)
        found: dict[str, float] = {}
        for owner in fault.owners:
            whom = owner.rpartition("->")[2].strip()  # of a link, whom it leads to
            for id_, until in self._detections[flow].until_noticed(whom).items():
                found[id_] = max(found.get(id_, 0.0), until)
        return found

    @cache  # noqa: B019 - it lives as long as one verification
    def full(self, fault: Fault | None) -> tuple[str, ...]:
        """What `analyze` says there is not enough of, or hardly, without these parts; also of who stands in."""
        return tuple(_named(station) for station in self._full(fault))

    def fills(self, fault: Fault, flow: str) -> tuple[str, ...]:
        """Of what a flow waits for: what the fault leaves not enough of: some of it is lost, or more is asked of it."""
        flows = (each for each in (flow, self.architecture.flows[flow].via) if each is not None)
        calls = (call for each in flows for call in self._calls.of_flow[each] if call.waits)
        waited = {end for call in calls for end in (call.caller, call.callee)}
        lost, capacity = self.struck(fault), self._capacity_without(fault)
        return tuple(
            _named(station)
            for station in self._full(fault)
            if station.component in waited and (lost[station.component] or self._is_asked_for_more(station, capacity))
        )

    def _is_asked_for_more(self, station: Station, capacity: Capacity) -> bool:
        """Than while all is up: in all, or of its fullest replica."""
        key = station.name, station.resource
        as_it_is = self._as_it_is.get(key)
        if as_it_is is None or station.peak > as_it_is.peak:
            return True
        return capacity.busy_most[key] > self.capacity.busy_most[key]

    def goes_to_dead(self, fault: Fault, flow: str) -> tuple[str, ...]:
        """The components to whose dead replicas calls go on, since nobody ever learns that these are dead."""
        lost = self.struck(fault)
        until = self._until(flow, fault).items()
        return tuple(id_ for id_, known in until if known == inf and 0 < lost[id_] < len(self._replicas[id_]))

    def _full(self, fault: Fault | None) -> Iterable[Station]:
        lost, capacity = self.struck(fault), self._capacity_without(fault)
        for station in capacity.stations:
            as_it_is = self._as_it_is.get((station.name, station.resource), station)
            left = min(station.replicas, as_it_is.replicas - lost[station.component])
            if left > 0 and _is_full(self.architecture, capacity, station, left):
                yield station

    @cached_property
    def _as_it_is(self) -> Mapping[tuple[str, Resource], Station]:
        """The resources while all is up, by name."""
        return {(each.name, each.resource): each for each in self.capacity.stations}

    @cache  # noqa: B019 - it lives as long as one verification
    def _capacity_without(self, fault: Fault | None) -> Capacity:
        lost = self.struck(fault)
        lost_whole = frozenset(id_ for id_, names in self._replicas.items() if lost[id_] == len(names))
        gone = frozenset(fault.parts if fault else ())
        # A zone or group that fails is silent, a component or replica refuses.
        silent = lost_whole if fault and not self.architecture.groups.keys().isdisjoint(fault.parts) else frozenset()
        if not gone:
            return self.capacity
        return Capacity(self.architecture, lost=lost_whole, gone=gone, silent=silent)

    @cached_property
    def _calls(self) -> Calls:
        return Calls(self.architecture)

    def struck(self, fault: Fault | None) -> Mapping[str, int]:
        """How many replicas of each component the fault takes down."""
        architecture, parts = self.architecture, fault.parts if fault else ()
        return {
            id_: sum(
                any(
                    part in (id_, name) or part in architecture.domains_of(architecture.components[id_], number)
                    for part in parts
                )
                for number, name in enumerate(names, start=1)
            )
            for id_, names in self._replicas.items()
        }

    def is_named(self, fault: Fault) -> bool:
        """Whether lint has spoken of what happens when something that the fault takes down is lost or hangs."""
        names = {id_ for id_, count in self.struck(fault).items() if count}
        names |= {end.strip() for part in fault.parts if "->" in part for end in part.split("->")}
        return any(names & set(_words(finding)) for finding in self.findings if finding.code in OF_LOSS)


def _named(station: Station) -> str:
    return f"the {station.resource.word} of `{station.name}`"


def _is_full(architecture: Architecture, capacity: Capacity, station: Station, left: int) -> bool:
    """By the most that may be busy; where nobody waits, calls are turned away long before (Erlang B)."""
    if station.resource is Resource.PLACES:
        refused = refused_at_most(architecture, station, left)
        return station.peak_of(left) >= NEARLY_FULL if refused is None else refused > REJECTED
    most = capacity.busy_most[station.name, station.resource]
    peak = station.peak_of(left) * most / station.busy if station.busy else 0.0
    if station.never_waits:
        return most == inf or erlang_b(int(station.each), peak * station.each) > REJECTED
    return peak >= NEARLY_FULL


def _words(finding: Finding) -> Iterable[str]:
    return [*finding.text.replace("`", " ").replace(",", " ").replace(";", " ").split(), finding.element]

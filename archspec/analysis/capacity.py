"""How busy each component is, and how far the load can grow: the utilisation law.

Utilisation is Σ over flows of rate × visits × demand, divided by what the replicas offer (E. D. Lazowska et al.,
Quantitative System Performance, 1984, chapter 3). Cores and slots are two resources of a component.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from math import ceil, floor

from archspec.analysis.demand import Demand, demands_of
from archspec.model.architecture import Architecture
from archspec.model.component import Running


class Resource(Enum):
    """What a request holds of a replica; the value is the field that gives its size."""

    CORES = "cores"
    SLOTS = "slots"


@dataclass(frozen=True, slots=True)
class ZoneLoss:
    """What is left of a station without one zone, the fullest."""

    zone: str
    replicas: int


@dataclass(frozen=True)
class Station:
    """One resource of one component under the load of all flows.

    `busy` is the mean number of cores or slots in use; `each` how many a replica has; `is_assumed` says that the
    spec gives no size and one core was taken. `replicas` are those at the start, of all shards together; `held` says
    how many of them stand in which zone (region, host), and is empty where nothing is said.
    """

    component: str
    resource: Resource
    busy: float
    each: float
    replicas: int
    shards: int
    is_assumed: bool
    held: Mapping[str, int]
    rate: float
    """Visits per second."""

    @property
    def size(self) -> float:
        """Cores or slots of all replicas."""
        return self.each * self.replicas

    @property
    def utilisation(self) -> float:
        """Share of the size in use; 1 and above cannot be served."""
        return self.busy / self.size

    @property
    def without_replica(self) -> float | None:
        """Utilisation (of its shard, where there are several) with one replica lost; None where that leaves none."""
        left = self.replicas // self.shards - 1
        return self.busy / self.shards / (self.each * left) if left else None

    @property
    def loss(self) -> ZoneLoss | None:
        """The zone that holds most, and what is left without it; None in one place or unknown."""
        if len(self.held) < 2:
            return None
        fullest = max(self.held, key=lambda place: self.held[place])
        return ZoneLoss(fullest, self.replicas - self.held[fullest])

    @property
    def without_zone(self) -> float | None:
        """Utilisation with its fullest zone lost; None where zones are unknown or none is left."""
        return self.busy / (self.each * self.loss.replicas) if self.loss and self.loss.replicas else None

    @property
    def service(self) -> float:
        """Mean time that one visit holds the resource, in seconds."""
        return self.busy / self.rate if self.rate else 0.0

    def replicas_for(self, zones: int = 1) -> int:
        """The fewest replicas that carry the load, also without the fullest of `zones` where there are several."""
        needed = floor(self.busy / self.each + 1e-9) + 1
        return needed if zones < 2 else -(-needed * zones // (zones - 1))


class Capacity:
    """The load of an architecture: what its flows with a rate ask of whom. `cold` caches hit nothing."""

    def __init__(self, architecture: Architecture, cold: frozenset[str] = frozenset()) -> None:
        self._architecture = architecture
        self._cold = cold

    @cached_property
    def rates(self) -> Mapping[str, float]:
        """Requests per second of the flows that state a rate."""
        flows = self._architecture.flows.values()
        return {flow.id: float(flow.rate.per_second) for flow in flows if flow.rate is not None}

    @cached_property
    def demands(self) -> Mapping[str, Mapping[str, Demand]]:
        """Demands per request, by flow and component."""
        return {flow: demands_of(self._architecture, flow, self._cold) for flow in self.rates}

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """Every component's resources that the load uses, in the order of the spec."""
        return tuple(
            station
            for component in self._architecture.components.values()
            if isinstance(component, Running)
            for resource in Resource
            if (station := self._station(component, resource)) is not None
        )

    @cached_property
    def bottleneck(self) -> Station | None:
        """The station with the highest utilisation; the first of equals."""
        return max(self.stations, key=lambda station: station.utilisation, default=None)

    @cached_property
    def needed_replicas(self) -> Mapping[str, int]:
        """Replicas that the load keeps busy, of components that have so many and say that they need fewer."""
        found = {}
        for station in self.stations:
            component = self._architecture.components[station.component]
            if station.resource is not Resource.CORES or station.is_assumed or not isinstance(component, Running):
                continue
            needed = ceil(station.busy / station.each - 1e-9)
            if getattr(component, "shards", 1) == 1 and component.needs < needed <= component.instances:
                found[component.id] = needed
        return found

    def of(self, component: str) -> tuple[Station, ...]:
        """The stations of one component."""
        return tuple(station for station in self.stations if station.component == component)

    def saturation(self, flow: str, size: Callable[[Station], float] = lambda station: station.size) -> float | None:
        """The rate of a flow at which the first station is full, the other flows unchanged; None: nothing limits it.

        `size` says what is left of a station, where something is lost.
        """
        limits = []
        for station in self.stations:
            own = _of(self.demands[flow].get(station.component), station.resource)
            if own > 0:
                limits.append(max(0.0, self.rates[flow] + (size(station) - station.busy) / own))
        return min(limits, default=None)

    def saturation_without_replica(self, flow: str) -> float | None:
        """The same with one replica lost, whichever hurts most."""
        return self.saturation(flow, lambda station: station.each * (station.replicas - station.shards))

    def saturation_without_zone(self, flow: str) -> float | None:
        """The same with one zone lost, whichever hurts most; None where no zone is known."""
        places = {place for station in self.stations for place in station.held}
        limits = [
            self.saturation(flow, lambda s, lost=place: s.each * (s.replicas - s.held.get(lost, 0)))  # type: ignore[misc]
            for place in sorted(places)
        ]
        return min((limit for limit in limits if limit is not None), default=None)

    def demand_on(self, component: str, resource: Resource) -> float:
        """Mean number of cores or slots of a component in use."""
        return _of(self._load.get(component), resource)

    def at_most(self, station: Station) -> Station:
        """The same station with the most replicas that its scaler may start."""
        component = self._architecture.components[station.component]
        if not isinstance(component, Running):
            return station
        count, shards = most_replicas(component), getattr(component, "shards", 1)
        held = placement(self._architecture, component, count, shards)
        return replace(station, replicas=count * shards, held=held)

    def visits(self, component: str) -> float:
        """Calls per second of a component."""
        return self._load[component].visits if component in self._load else 0.0

    @cached_property
    def _load(self) -> Mapping[str, Demand]:
        """Per component and second what all flows ask of it."""
        found: dict[str, Demand] = {}
        for flow, rate in self.rates.items():
            for component, demand in self.demands[flow].items():
                load = found.setdefault(component, Demand())
                load.visits += rate * demand.visits
                load.cpu += rate * demand.cpu
                load.held += rate * demand.held
        return found

    def _station(self, component: Running, resource: Resource) -> Station | None:
        stated = component.cores if resource is Resource.CORES else component.slots
        if stated is None and resource is Resource.SLOTS:
            return None
        busy = self.demand_on(component.id, resource)
        if busy <= 0:
            return None
        each = float(stated) if stated is not None else 1.0
        count = component.instances
        shards = getattr(component, "shards", 1)
        return Station(
            component.id,
            resource,
            busy,
            each,
            count * shards,
            shards,
            not component.said(resource.value),
            placement(self._architecture, component, count, shards),
            self.visits(component.id),
        )


def most_replicas(component: Running) -> int:
    """Replicas that load may bring about: the scaler's most where it scales out, else those stated."""
    scaling = component.scaling
    if scaling and scaling.horizontal and scaling.maximum:
        return max(component.instances, scaling.maximum)
    return component.instances


def placement(architecture: Architecture, component: Running, count: int, shards: int = 1) -> dict[str, int]:
    """How many replicas stand in each of a component's zones, `count` of every shard dealt in turn; those with any."""
    places = architecture.zones_of(component)
    held = {place: len(range(index, count, len(places))) for index, place in enumerate(places)}
    return {place: replicas * shards for place, replicas in held.items() if replicas}


def _of(demand: Demand | None, resource: Resource) -> float:
    if demand is None:
        return 0.0
    return demand.cpu if resource is Resource.CORES else demand.held

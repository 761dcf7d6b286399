"""How busy each component is, and how far the load can grow: the utilisation law.

Utilisation is Σ over flows of rate × visits × demand, divided by what the replicas offer (E. D. Lazowska et al.,
Quantitative System Performance, 1984, chapter 3). Cores and slots are two resources of a component.
"""

from collections.abc import Mapping
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
    spec gives no size and one core was taken. `replicas` are those at the start, of all shards together.
    """

    component: str
    resource: Resource
    busy: float
    each: float
    replicas: int
    is_assumed: bool
    loss: ZoneLoss | None
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
        """Utilisation with one replica lost; None where that leaves none."""
        return self.busy / (self.each * (self.replicas - 1)) if self.replicas > 1 else None

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

    def saturation(self, flow: str) -> float | None:
        """The rate of a flow at which the first station is full, the other flows unchanged; None: nothing limits it."""
        limits = []
        for station in self.stations:
            own = _of(self.demands[flow].get(station.component), station.resource)
            if own > 0:
                limits.append(max(0.0, self.rates[flow] + (station.size - station.busy) / own))
        return min(limits, default=None)

    def demand_on(self, component: str, resource: Resource) -> float:
        """Mean number of cores or slots of a component in use."""
        return _of(self._load.get(component), resource)

    def at_most(self, station: Station) -> Station:
        """The same station with the most replicas that its scaler may start."""
        component = self._architecture.components[station.component]
        if not isinstance(component, Running):
            return station
        count, shards = most_replicas(component), getattr(component, "shards", 1)
        loss = zone_loss(self._architecture, component, count, shards)
        return replace(station, replicas=count * shards, loss=loss)

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
            not component.said(resource.value),
            zone_loss(self._architecture, component, count, shards),
            self.visits(component.id),
        )


def most_replicas(component: Running) -> int:
    """Replicas that load may bring about: the scaler's most where it scales out, else those stated."""
    scaling = component.scaling
    if scaling and scaling.horizontal and scaling.maximum:
        return max(component.instances, scaling.maximum)
    return component.instances


def zone_loss(architecture: Architecture, component: Running, count: int, shards: int = 1) -> ZoneLoss | None:
    """The place that holds most of `count` replicas, and what is left without it; None in one place or unknown."""
    places = architecture.zones_of(component)
    if len(places) < 2 or count < 2:
        return None
    held = {place: len(range(index, count, len(places))) for index, place in enumerate(places)}
    fullest = max(held, key=lambda place: held[place])
    return ZoneLoss(fullest, (count - held[fullest]) * shards)


def _of(demand: Demand | None, resource: Resource) -> float:
    if demand is None:
        return 0.0
    return demand.cpu if resource is Resource.CORES else demand.held

"""How busy each component is, and how far the load can grow: the utilisation law.

Utilisation is Σ over flows of rate × visits × demand, divided by what the replicas offer (E. D. Lazowska et al.,
Quantitative System Performance, 1984, chapter 3). Cores, slots and the places of a connection are resources.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from math import ceil, inf

from archspec.analysis.cache_hits import HitRatio, simulated_hits
from archspec.analysis.circumstances import Bound, Circumstances, Waiting
from archspec.analysis.demand import demands_of
from archspec.analysis.nearness import sites_of
from archspec.analysis.passed import Demand, Demands, together
from archspec.analysis.places import Held, held_by_user, places_of
from archspec.analysis.station import Resource, Station
from archspec.analysis.stations import all_of, met_by, most_replicas, partitions_of, placement, pools_of, stations_of
from archspec.analysis.waits import Crowd, waits_for_places, waits_of
from archspec.model import Architecture, Running

KEPT = (Resource.PARTITIONS, Resource.INSTANCES)
"""What the loss of a replica leaves as it is."""
ROUNDS = 12
"""Waiting lengthens what is held, and that the waiting: after so many rounds that still grow there is no bound."""


class Capacity:
    """The load of an architecture: what its flows with a rate ask of whom.

    `cold` caches hit nothing; `lost` components refuse (are waited for in vain if they are `silent`), so that others
    stand in for them where that is foreseen. Where connections prefer who is near, groups and replicas can be `gone`,
    with all who ask and are asked there.
    """

    def __init__(
        self,
        architecture: Architecture,
        cold: frozenset[str] = frozenset(),
        lost: frozenset[str] = frozenset(),
        gone: frozenset[str] = frozenset(),
        rates: Mapping[str, float] | None = None,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        self.architecture = architecture
        self._given = Circumstances(cold=cold, lost=lost, silent=silent, gone=gone)
        if rates is not None:
            self.rates = rates

    def without(self, lost: str, *, silent: bool = False) -> "Capacity":
        """The load while a component is lost, or `silent`; flows that do not meet it ask what they ask now."""
        quiet = self._given.silent | ({lost} if silent else set())
        left = Capacity(self.architecture, self._given.cold, self._given.lost | {lost}, rates=self.rates, silent=quiet)
        given = replace(left._given, hits=self._hits_at(Bound.LEAST))
        left.demands = {
            flow: demands_of(self.architecture, flow, given) if self._meets(flow, lost) else demands
            for flow, demands in self.demands.items()
        }
        return left

    def _meets(self, flow: str, component: str) -> bool:
        """Whether requests of a flow may be answered by a component, itself or as the copy of another."""
        answers = {component, getattr(self.architecture.components[component], "replica_of", None)}
        calls = (visit for visit in self.architecture.walk(flow) if visit.step.call)
        return any(not answers.isdisjoint(self.architecture.asked_by(each.caller, each.step)) for each in calls)

    @cached_property
    def rates(self) -> Mapping[str, float]:
        """Requests per second of the flows that state a rate, or come by the clock, on average."""
        means = {id_: flow.mean_rate for id_, flow in self.architecture.flows.items()}
        return {id_: float(rate.per_second) for id_, rate in means.items() if rate is not None}

    @cached_property
    def demands(self) -> Mapping[str, Demands]:
        """Demands per request by flow, nothing queueing."""
        return self._demands(replace(self._given, hits=self._hits_at(Bound.LEAST)))

    @cached_property
    def hits(self) -> Mapping[str, HitRatio]:
        """The hit ratios of caches whose hits are simulated."""
        found: dict[str, HitRatio] = {}
        if not any(simulated_hits(component, 1.0) for component in self.architecture.components.values()):
            return found
        for _ in range(2):  # once more, since one cache may stand behind another
            ratios = {cache: hit.least for cache, hit in found.items()}
            load = self._sum(self._demands(replace(self._given, hits=ratios)))
            found = {
                id_: hit
                for id_, component in self.architecture.components.items()
                if (visits := load.of(id_).visits) and (hit := simulated_hits(component, visits)) is not None
            }
            if not found:
                break
        return found

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """Every resource of known size that the load uses: components in the order of the spec, then places of
        sessions, connections and partitions of topics.
        """
        found = (
            *stations_of(self.architecture, self._load, self._given.gone),
            *places_of(self.architecture, self._held_by_users, self.rates, self._given.gone),
            *pools_of(self.architecture, self._load, self._given.gone),
            *partitions_of(self.architecture, self._load),
        )
        return found if not self.architecture.prefers_near else tuple(map(self._with_zone_peaks, found))

    @cached_property
    def _held_by_users(self) -> Mapping[str, Held]:
        """What one user holds of each flow with a session."""
        flows = self.architecture.flows
        return {
            id_: held_by_user(self.architecture, id_, self.demands[id_]) for id_ in self.rates if flows[id_].session
        }

    def _with_zone_peaks(self, station: Station) -> Station:
        peaks = {}
        for place in station.held if station.aimed and not self._given.gone else ():
            left = next((each for each in self._without_place[place].stations if each.is_same(station)), None)
            if left is not None:
                peaks[place] = left.peak
        return replace(station, zone_peaks=peaks or None)

    @cached_property
    def _without_place(self) -> Mapping[str, "Capacity"]:
        """The load without each zone, where connections prefer who is near."""
        components = self.architecture.components.values()
        places = dict.fromkeys(place for each in components for place in self.architecture.zones_of(each))
        cold, lost = self._given.cold, self._given.lost
        return {place: Capacity(self.architecture, cold, lost, frozenset({place}), self.rates) for place in places}

    @cached_property
    def busy_most(self) -> Mapping[tuple[str, Resource], float]:
        """How much of each station, by name and resource, is busy at the most: with what queueing adds.

        Infinite where that has no bound.
        """
        return {
            (station.name, station.resource): max(
                station.busy,
                0.0
                if station.resource is Resource.PLACES
                else all_of(self._most.pools[station.name]).held
                if station.connection
                else _held(self._most.of(station.component), station.resource),
            )
            for station in self.stations
        }

    @cached_property
    def bottleneck(self) -> Station | None:
        """The station with the highest utilisation of its fullest replica; the first of equals."""
        return max(self.stations, key=lambda station: station.peak, default=None)

    @cached_property
    def needed_replicas(self) -> Mapping[str, int]:
        """Replicas that the load keeps busy, of components that have so many and say that they need fewer."""
        found: dict[str, int] = {}
        for station in self.stations:
            component = self.architecture.components[station.component]
            if station.connection or station.is_assumed or not isinstance(component, Running):
                continue
            needed = ceil(station.busy / station.each - 1e-9)
            if station.shards == 1 and component.needs < needed <= component.instances:
                found[component.id] = max(needed, found.get(component.id, 0))
        return found

    def of(self, component: str) -> tuple[Station, ...]:
        """The stations of one component."""
        return tuple(station for station in self.stations if station.component == component)

    def saturation(self, flow: str, left: Callable[[Station], int] = lambda station: station.replicas) -> float | None:
        """The rate of a flow at which the first station is full, the other flows unchanged; None: nothing limits it.

        `left` says how many replicas of a station are left, where something is lost.
        """
        limits, demands = [], self.demands[flow]
        asked = {**demands.places, **demands.pools, **self._held_by_users.get(flow, {})}
        for station in (each for name in asked for each in self._stations_named.get(name, ())):
            own = self._growth(flow, station, left(station))
            if own is None:
                limits.append(0.0)
            elif own < inf:
                limits.append(max(0.0, self.rates[flow] + own))
        return min(limits, default=None)

    @cached_property
    def _stations_named(self) -> Mapping[str, list[Station]]:
        found: dict[str, list[Station]] = {}
        for station in self.stations:
            found.setdefault(station.name, []).append(station)
        return found

    def _growth(self, flow: str, station: Station, left: int) -> float | None:
        """How many requests a second more of a flow fit in; None where it needs a replica and none is left."""
        demands, is_place = self.demands[flow], station.resource is Resource.PLACES
        aims: Held = demands.pools if station.connection else demands.places
        own = met_by(station, (self._held_by_users.get(flow, {}) if is_place else aims).get(station.name, {}))
        if own.busy <= 0:
            return inf
        if left <= 0:
            return None
        session = self.architecture.flows[flow].session
        if not is_place or session is None:
            return station.growth(own, left)
        return station.growth(own, left) * self.rates[flow] / session.users if self.rates[flow] else inf

    def room_for_users(self, flow: str) -> float | None:
        """How many times its users a flow with a session may have; None where it holds no places."""
        session, rooms = self.architecture.flows[flow].session, []
        for station in self.stations if session is not None else ():
            own = met_by(station, self._held_by_users.get(flow, {}).get(station.name, {}))
            if station.resource is Resource.PLACES and own.busy > 0 and session is not None:
                rooms.append(1 + station.growth(own, station.replicas) / session.users)
        return max(0.0, min(rooms)) if rooms else None

    def jobs_at(self, station: Station) -> tuple[str, ...]:
        """The flows that come by the clock and ask something of it: not at random, as formulas of queues have it."""
        jobs = (flow for flow in self.rates if self.architecture.flows[flow].comes_by_clock)
        return tuple(flow for flow in jobs if self._growth(flow, station, 1) != inf)

    def saturation_without_replica(self, flow: str) -> float | None:
        """The same with one replica lost, whichever hurts most; partitions and instances are not lost with it."""

        def left(station: Station) -> int:
            return station.replicas - (0 if station.resource in KEPT else station.shards)

        return self.saturation(flow, left)

    def saturation_without_zone(self, flow: str) -> float | None:
        """The same with one zone lost, whichever hurts most; None where no zone is known."""
        places = {place for station in self.stations for place in station.held}
        limits = [self._saturation_without(place, flow) for place in sorted(places)]
        return min((limit for limit in limits if limit is not None), default=None)

    def _saturation_without(self, place: str, flow: str) -> float | None:
        def left(station: Station) -> int:
            return station.replicas - station.held.get(place, 0)

        if not self.architecture.prefers_near:
            return self.saturation(flow, left)
        lacks = any(self._growth(flow, station, left(station)) is None for station in self.stations)
        return 0.0 if lacks else self._without_place[place].saturation(flow)

    def demand_on(self, component: str, resource: Resource) -> float:
        """Mean number of cores or slots of a component in use."""
        return _held(self._load.of(component), resource)

    def at_most(self, station: Station) -> Station:
        """The same station with the most replicas that its scaler may start."""
        component = self.architecture.components[station.component]
        if not isinstance(component, Running) or station.resource is Resource.PARTITIONS:
            return station
        count = most_replicas(component)
        held = placement(self.architecture, component, count, station.shards)
        stand = sites_of(self.architecture, component, count=count) if station.sites is not None else {}
        sites = {site: replicas * station.shards for site, replicas in stand.items()} or None
        return replace(station, replicas=count * station.shards, held=held, sites=sites)

    def visits(self, component: str) -> float:
        """Calls per second of a component."""
        return self._load.of(component).visits

    def calls(self, connection: str) -> tuple[float, float]:
        """Calls per second over a connection, by its name, at least and at most."""
        return self._load.calls.get(connection, 0.0), self._most.calls.get(connection, 0.0)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Components of a stated size that the load meets, of whose work nothing is known: no 0%."""
        known = {station.component for station in self.stations if not station.connection}
        met = self._load.places
        return tuple(
            id_ for id_ in self.architecture.components if id_ in met and id_ not in known and self._is_sized(id_)
        )

    def _is_sized(self, id_: str) -> bool:
        component = self.architecture.components[id_]
        return isinstance(component, Running) and component.said("cores", "slots")

    def _hits_at(self, bound: Bound) -> dict[str, float]:
        """The hit ratios that make the least, or the most, load."""
        return {id_: hit.most if bound is Bound.LEAST else hit.least for id_, hit in self.hits.items()}

    def _demands(self, given: Circumstances) -> dict[str, Demands]:
        alike = {flow: self.architecture.alike[flow] for flow in self.rates}
        found = {first: demands_of(self.architecture, first, given) for first in dict.fromkeys(alike.values())}
        return {flow: found[first] for flow, first in alike.items()}

    def _sum(self, demands: Mapping[str, Demands]) -> Demands:
        return together(*((rate, demands[flow]) for flow, rate in self.rates.items()))

    def _crowds(self, demands: Mapping[str, Demands], load: Demands) -> dict[str, Crowd]:
        """How many calls of its request a call of a component meets there."""
        found: dict[str, Crowd] = {}
        asking: dict[str, list[str]] = {}
        for flow, asked in demands.items():
            for id_ in asked.places:
                asking.setdefault(id_, []).append(flow)
        for id_ in load.places:
            flows = ((flow, demands[flow]) for flow in asking[id_])
            each = [(self.rates[flow] * _arrivals(asked.of(id_)), asked.width(id_)) for flow, asked in flows]
            total = sum(arrivals for arrivals, _ in each) or 1.0
            mean = sum(arrivals * max(1.0, width) for arrivals, width in each) / total
            found[id_] = Crowd(mean, id_ in self._works_aside)
        return found

    @cached_property
    def _works_aside(self) -> frozenset[str]:
        """Components with work of their own besides what their slots do: side by side, or not waited for."""
        found = set()
        for visit in (visit for flow in self.rates for visit in self.architecture.walk(flow)):
            if visit.step.cpu is None or visit.step.call:
                continue
            around = [visit.step, *(outer.step for outer in reversed(visit.within))]
            own = takewhile(lambda step: not step.call, around)
            if any(step.parallel or not step.wait for step in own):
                found.add(visit.caller)
        return frozenset(found)

    @cached_property
    def _load(self) -> Demands:
        """Per second what all flows ask, nothing queueing."""
        return self._sum(self.demands)

    @cached_property
    def _most(self) -> Demands:
        """Per second the most that all flows ask, with what queueing adds."""
        given = replace(self._given, bound=Bound.MOST, hits=self._hits_at(Bound.MOST))
        for _ in range(ROUNDS):
            demands = self._demands(given)
            load = self._sum(demands)
            waits = waits_of(stations_of(self.architecture, load, self._given.gone), self._crowds(demands, load))
            waits |= waits_for_places(pools_of(self.architecture, load, self._given.gone))
            if all(wait.is_near(given.waits.get(id_, Waiting())) for id_, wait in waits.items()):
                return load
            before, given = given, replace(given, waits=waits)
        endless = {id_: wait.where_it_grows(before.waits[id_]) for id_, wait in given.waits.items()}
        return self._sum(self._demands(replace(given, waits=endless)))


def _arrivals(demand: Demand) -> float:
    return max(demand.visits, demand.jobs)


def _held(demand: Demand, resource: Resource) -> float:
    return demand.cpu if resource is Resource.CORES else demand.held

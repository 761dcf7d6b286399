"""What `archspec analyze` says of capacity: utilisation, bottleneck, saturation, and both ways to grow."""

from dataclasses import replace
from math import isfinite

from archspec.analysis.capacity import Capacity
from archspec.analysis.passed import Spread
from archspec.analysis.places import refused_at_most, without_a_place
from archspec.analysis.queueing import erlang_b
from archspec.analysis.response import response_of
from archspec.analysis.stand_ins import too_small
from archspec.analysis.station import Resource, Station
from archspec.analysis.stations import placement
from archspec.frozen import frozen
from archspec.model import Architecture, Running
from archspec.model.quantities import decimal

DIFFERENT = 0.05
"""Zones that are this much less busy than the fullest are told apart."""


@frozen
class ResponseReport:
    """Mean time of one visit in seconds, waiting included: between the ends that its `balancers` can make of it.

    `most_seconds` is None where there is no upper bound: a hot key has one replica to itself.
    """

    least_seconds: float
    most_seconds: float | None
    balancers: tuple[str, ...]


@frozen
class StationReport:
    """One resource of one component, or of one connection: `busy` of `size` on average.

    `busy` and `utilisation` are the least, nothing queueing; the `_most` what they are with what queueing adds at the
    most, None where that has no bound. `peak` is the utilisation of the fullest replica, such as a primary.
    Utilisation without a replica or zone is None where none would be left, or zones are unknown; `response` is None
    where it is overloaded.
    """

    component: str
    resource: str
    busy: float
    busy_most: float | None
    size: float
    assumed: bool
    utilisation: float
    utilisation_most: float | None
    peak: float
    without_replica: float | None
    zone: str | None
    without_zone: float | None
    response: ResponseReport | None
    zones: tuple["ZoneReport", ...]
    throttled: float | None
    """Of a function that is called: about which share finds all instances at work (Erlang B, calls at random)."""
    unplaced: float | None
    """Of places of sessions: the share of the users that cannot be connected, at least."""
    refused_most: float | None
    """Of these: the share of handshakes that meet a full replica while others have room, at the most; None: not known,
    or not all users fit."""


@frozen
class ZoneReport:
    """How busy the fullest replica of one zone is, where connections prefer who is near and that makes a difference."""

    zone: str
    utilisation: float


@frozen
class SaturationReport:
    """How far one flow can grow while the others stay: `head_room` is a multiple of its rate.

    Without a replica or a zone: of whichever component, and whichever zone, hurts most.
    """

    flow: str
    rate: float
    saturates_at: float | None
    head_room: float | None
    without_replica: float | None
    without_zone: float | None


@frozen
class GrowthReport:
    """The bottleneck at twice its size: `setting` is what `--set` takes."""

    way: str
    setting: str
    station: StationReport


@frozen
class LoadReport:
    """The load of all flows that state a rate; `bottleneck` is the first station to be full."""

    stations: tuple[StationReport, ...]
    bottleneck: StationReport | None
    flows: tuple[SaturationReport, ...]
    growth: tuple[GrowthReport, ...]
    needs_below_load: tuple[tuple[str, int, int], ...]
    """Components that take more replicas than they say they need: id, `needs`, what the load takes."""
    unknown: tuple[str, ...]
    """Components of a stated size that the load meets, of whose work nothing is known."""
    hits: tuple["HitReport", ...]
    stand_ins: tuple["StandInReport", ...]


@frozen
class StandInReport:
    """Who would take over from a lost component and cannot: `peak` is the utilisation of its fullest replica then."""

    lost: str
    component: str
    resource: str
    peak: float


@frozen
class HitReport:
    """The ratio of a cache whose hits follow from its `keys` and `entries`; least and most differ where unknown."""

    cache: str
    least: float
    most: float


def load_report(architecture: Architecture, capacity: Capacity) -> LoadReport:
    """The report on the load of an architecture."""
    bottleneck = capacity.bottleneck
    return LoadReport(
        tuple(_station_report(station, capacity) for station in capacity.stations),
        _station_report(bottleneck, capacity) if bottleneck else None,
        tuple(
            _saturation(capacity, flow, rate)
            for flow, rate in capacity.rates.items()
            if not architecture.flows[flow].comes_by_clock
        ),
        _growth(architecture, bottleneck, capacity) if bottleneck else (),
        tuple(
            (component, _needs(architecture, component), needed)
            for component, needed in capacity.needed_replicas.items()
        ),
        capacity.unknown,
        tuple(HitReport(cache, hit.least, hit.most) for cache, hit in capacity.hits.items()),
        tuple(
            StandInReport(small.lost, small.station.name, small.station.resource.value, small.station.peak)
            for small in too_small(architecture, capacity)
        ),
    )


def _needs(architecture: Architecture, component: str) -> int:
    found = architecture.components[component]
    return found.needs if isinstance(found, Running) else 1


def _station_report(station: Station, capacity: Capacity) -> StationReport:
    most = capacity.busy_most[station.name, station.resource]
    return StationReport(
        component=station.name,
        resource=station.resource.value,
        busy=station.busy,
        busy_most=_bounded(most),
        size=station.size,
        assumed=station.is_assumed,
        utilisation=station.utilisation,
        utilisation_most=_bounded(most / station.size),
        peak=station.peak,
        without_replica=station.without_replica,
        zone=station.loss.zone if station.loss else None,
        without_zone=station.without_zone,
        response=_response(station, capacity, most),
        zones=_zones(station),
        throttled=_throttled(station),
        unplaced=without_a_place(station) if station.resource is Resource.PLACES else None,
        refused_most=_refused(capacity, station),
    )


def _throttled(station: Station) -> float | None:
    if station.resource is not Resource.INSTANCES or set(station.spreads) == {Spread.PULLED}:
        return None
    return erlang_b(int(station.each), station.busy)


def _refused(capacity: Capacity, station: Station) -> float | None:
    return refused_at_most(capacity.architecture, station) if station.resource is Resource.PLACES else None


def _of_instances(station: Station, most: float) -> ResponseReport | None:
    """From an instance that is there to one that is started for the call."""
    if not station.use.rate or station.peak >= 1:
        return None
    return ResponseReport(station.use.service, _bounded(most / station.use.rate), ("warm to cold",))


def _zones(station: Station) -> tuple[ZoneReport, ...]:
    """Each zone by itself, where they differ by more than a twentieth of the fullest."""
    if not station.aimed:
        return ()
    (places,) = station.loads(station.replicas)
    busy = {site.zone or "elsewhere": load / station.each for site, load in places.items()}
    if max(busy.values()) - min(busy.values()) <= DIFFERENT * max(busy.values()):
        return ()
    return tuple(ZoneReport(zone, each) for zone, each in busy.items())


def _bounded(value: float) -> float | None:
    return value if isfinite(value) else None


def _response(station: Station, capacity: Capacity, most: float) -> ResponseReport | None:
    """None where it is overloaded, or comes by the clock: not at random, as formulas of queues have it."""
    if station.resource is Resource.PLACES:
        return None
    if station.resource is Resource.INSTANCES:
        return _of_instances(station, most)
    if capacity.jobs_at(station):
        return None
    found = response_of(station)
    return ResponseReport(found.least, found.most, tuple(map(str, found.spreads))) if found else None


def _saturation(capacity: Capacity, flow: str, rate: float) -> SaturationReport:
    limit = capacity.saturation(flow)
    if not rate and capacity.architecture.flows[flow].session is not None:
        return SaturationReport(flow, rate, None, capacity.room_for_users(flow), None, None)
    head_room = None if limit is None or not rate else limit / rate
    lost = capacity.saturation_without_replica(flow), capacity.saturation_without_zone(flow)
    return SaturationReport(flow, rate, limit, head_room, *lost)


def _growth(architecture: Architecture, station: Station, capacity: Capacity) -> tuple[GrowthReport, ...]:
    """Twice as large (up), and twice as many (out): of a connection twice the callers."""
    component = architecture.components[station.component]
    if not isinstance(component, Running):
        return ()
    count = component.instances * 2
    held = placement(architecture, component, count, station.shards)
    halved = {zone: peak / 2 for zone, peak in (station.zone_peaks or {}).items()} or None
    sites = station.sites and {site: 2 * replicas for site, replicas in station.sites.items()}
    up = replace(station, each=station.each * 2, zone_peaks=halved)
    out = replace(
        station,
        replicas=station.replicas * 2,
        held=held,
        sites=sites,
        zone_peaks=None if station.use.first else halved,
    )
    size = decimal(2 * component.cores) if station.resource is Resource.CORES and component.cores else f"{up.each:g}"
    return (
        GrowthReport("up", f"{station.name}.{station.resource.value}={size}", _station_report(up, capacity)),
        GrowthReport("out", f"{component.id}.replicas={count}", _station_report(out, capacity)),
    )

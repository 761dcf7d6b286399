"""What `archspec analyze` says of capacity: utilisation, bottleneck, saturation, and both ways to grow."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite

from archspec.analysis.capacity import Capacity, Resource, Station, placement
from archspec.analysis.queueing import mean_response
from archspec.model.architecture import Architecture
from archspec.model.component import Running
from archspec.model.quantities import decimal

SERVER_LIMIT = 100_000
"""Stations with more servers than this are given no response time."""


@dataclass(frozen=True, slots=True)
class StationReport:
    """One resource of one component: `busy` of `size` on average.

    `response_seconds` is the mean time of one visit at it by M/M/c, waiting included; None where it is overloaded.
    Utilisation without a replica or zone is None where none would be left, or zones are unknown.
    """

    component: str
    resource: str
    busy: float
    size: float
    assumed: bool
    utilisation: float
    without_replica: float | None
    zone: str | None
    without_zone: float | None
    response_seconds: float | None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class GrowthReport:
    """The bottleneck at twice its size: `setting` is what `--set` takes."""

    way: str
    setting: str
    station: StationReport


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The load of all flows that state a rate; `bottleneck` is the first station to be full."""

    stations: tuple[StationReport, ...]
    bottleneck: StationReport | None
    flows: tuple[SaturationReport, ...]
    growth: tuple[GrowthReport, ...]
    needs_below_load: tuple[tuple[str, int, int], ...]
    """Components that take more replicas than they say they need: id, `needs`, what the load takes."""


def load_report(architecture: Architecture, capacity: Capacity) -> LoadReport:
    """The report on the load of an architecture."""
    bottleneck = capacity.bottleneck
    return LoadReport(
        tuple(map(_station_report, capacity.stations)),
        _station_report(bottleneck) if bottleneck else None,
        tuple(_saturation(capacity, flow, rate) for flow, rate in capacity.rates.items()),
        _growth(architecture, bottleneck) if bottleneck else (),
        tuple(
            (component, _needs(architecture, component), needed)
            for component, needed in capacity.needed_replicas.items()
        ),
    )


def _needs(architecture: Architecture, component: str) -> int:
    found = architecture.components[component]
    return found.needs if isinstance(found, Running) else 1


def _station_report(station: Station) -> StationReport:
    return StationReport(
        component=station.component,
        resource=station.resource.value,
        busy=station.busy,
        size=station.size,
        assumed=station.is_assumed,
        utilisation=station.utilisation,
        without_replica=station.without_replica,
        zone=station.loss.zone if station.loss else None,
        without_zone=station.without_zone,
        response_seconds=_response(station),
    )


def _response(station: Station) -> float | None:
    """By M/M/c: a replica with 2.5 cores counts as two servers of 1.25 times the speed."""
    whole = max(1, int(station.each))
    servers = whole * station.replicas
    if servers > SERVER_LIMIT or not station.rate:
        return None
    response = mean_response(servers, station.rate, station.service * whole / station.each)
    return response if isfinite(response) else None


def _saturation(capacity: Capacity, flow: str, rate: float) -> SaturationReport:
    limit = capacity.saturation(flow)
    head_room = None if limit is None or not rate else limit / rate
    lost = capacity.saturation_without_replica(flow), capacity.saturation_without_zone(flow)
    return SaturationReport(flow, rate, limit, head_room, *lost)


def _growth(architecture: Architecture, station: Station) -> tuple[GrowthReport, ...]:
    """Twice as large (up), and twice as many (out)."""
    component = architecture.components[station.component]
    if not isinstance(component, Running):
        return ()
    count = component.instances * 2
    up = replace(station, each=station.each * 2)
    held = placement(architecture, component, count, station.shards)
    out = replace(station, replicas=station.replicas * 2, held=held)
    size = decimal(2 * (component.cores or Fraction(1))) if station.resource is Resource.CORES else str(int(up.each))
    return (
        GrowthReport("up", f"{component.id}.{station.resource.value}={size}", _station_report(up)),
        GrowthReport("out", f"{component.id}.replicas={count}", _station_report(out)),
    )

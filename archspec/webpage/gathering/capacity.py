"""Capacity as tables: how busy each component is, and how far each flow can grow."""

from math import isfinite

from archspec.analysis import Capacity, Station
from archspec.model import Architecture
from archspec.values import UNKNOWN, between, busy, factor, number, rate
from archspec.webpage import Cell, Table, Tone

BUSY = 0.8
"""From here on queues grow long."""


def capacity_tables(architecture: Architecture, capacity: Capacity) -> tuple[Table, ...]:
    """One table of components, one of flows; none where no flow with a rate meets anything of a known size."""
    if not capacity.stations:
        return ()
    busiest = sorted(capacity.stations, key=lambda station: -station.utilisation)
    components = Table(
        "How busy each component is",
        ("Component", "Of", "In use", "Utilisation", "One replica lost", "One zone lost"),
        tuple(_station(architecture, station, capacity) for station in busiest),
        _note(capacity),
    )
    flows = Table(
        "How far each flow can grow",
        ("Flow", "Rate", "Full at", "Head room"),
        tuple(_flow(architecture, capacity, flow) for flow in capacity.rates),
        "The rate at which the first component is full while the other flows stay as they are.",
    )
    return (components, flows)


def _station(architecture: Architecture, station: Station, capacity: Capacity) -> tuple[Cell, ...]:
    return (
        Cell(_title(architecture, station), href=f"#component-{station.component}"),
        Cell(f"{number(station.size)} {station.resource.word}{' (assumed)' if station.is_assumed else ''}"),
        Cell(between(number, station.busy, _known(capacity.busy_most[station.name, station.resource])), is_number=True),
        _share(station.peak),
        _share(station.without_replica),
        _share(station.without_zone),
    )


def _title(architecture: Architecture, station: Station) -> str:
    return station.connection or architecture.components[station.component].title


def _known(most: float) -> float | None:
    return most if isfinite(most) else None


def _share(value: float | None) -> Cell:
    if value is None:
        return Cell(UNKNOWN, is_number=True)
    tone = Tone.BAD if value >= 1 else Tone.WARNING if value >= BUSY else Tone.PLAIN
    return Cell(busy(value), tone, is_number=True)


def _flow(architecture: Architecture, capacity: Capacity, flow: str) -> tuple[Cell, ...]:
    arriving, full = capacity.rates[flow], capacity.saturation(flow)
    return (
        Cell(architecture.flows[flow].title, href=f"#flow-{flow}"),
        Cell(rate(arriving), is_number=True),
        Cell(rate(full) if full is not None else "no limit known", is_number=True),
        Cell(factor(full / arriving if full is not None and arriving else None), is_number=True),
    )


def _note(capacity: Capacity) -> str:
    notes = ["Mean use at the flows' rates, of the fullest replica; random bursts come on top."]
    if capacity.unknown:
        notes.append(f"Not known, since no call says how long it takes: {', '.join(capacity.unknown)}.")
    return " ".join(notes)

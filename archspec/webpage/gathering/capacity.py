"""Capacity as tables: how busy each component is, and how far each flow can grow."""

from math import isfinite

from archspec.analysis.capacity import Capacity
from archspec.analysis.station import Station
from archspec.model.architecture import Architecture
from archspec.webpage.content import Cell, Table
from archspec.webpage.gathering.wording import counted
from archspec.webpage.tone import Tone

BUSY = 0.8
"""From here on queues grow long."""


def capacity_tables(architecture: Architecture) -> tuple[Table, ...]:
    """One table of components, one of flows; none where no flow with a rate meets anything of a known size."""
    capacity = Capacity(architecture)
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
        Cell(f"{station.size:g} {station.resource.word}"),
        Cell(_between(station.busy, capacity.busy_most[station.name, station.resource]), is_number=True),
        _share(station.peak),
        _share(station.without_replica),
        _share(station.without_zone),
    )


def _title(architecture: Architecture, station: Station) -> str:
    return station.connection or architecture.components[station.component].title


def _between(least: float, most: float) -> str:
    """Both ends where they are spelled apart."""
    if not isfinite(most):
        return f"{least:.2f} or more"
    ends = f"{least:.2f}", f"{most:.2f}"
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _share(value: float | None) -> Cell:
    if value is None:
        return Cell("–", is_number=True)
    tone = Tone.BAD if value >= 1 else Tone.WARNING if value >= BUSY else Tone.PLAIN
    text = f"{value:.0%}" if value >= 0.1 else f"{value:.1%}" if value >= 0.001 else "below 0.1%"
    return Cell(text, tone, is_number=True)


def _flow(architecture: Architecture, capacity: Capacity, flow: str) -> tuple[Cell, ...]:
    rate, full = capacity.rates[flow], capacity.saturation(flow)
    return (
        Cell(architecture.flows[flow].title, href=f"#flow-{flow}"),
        Cell(f"{rate:g}/s", is_number=True),
        Cell(f"{full:.0f}/s" if full is not None else "no limit known", is_number=True),
        Cell(f"{full / rate:.1f}×" if full is not None and rate else "–", is_number=True),
    )


def _note(capacity: Capacity) -> str:
    notes = ["Mean use at the flows' rates, of the fullest replica; random bursts come on top."]
    assumed = [station.component for station in capacity.stations if station.is_assumed]
    if assumed:
        notes.append(f"{counted(len(assumed), 'component')} without `cores` counted with one: {', '.join(assumed)}.")
    if capacity.unknown:
        notes.append(f"Not known, since no call says how long it takes: {', '.join(capacity.unknown)}.")
    return " ".join(notes)

"""Availability of the flows as tables."""

from math import floor, log10

from archspec.analysis.availability import Availability, FlowAvailability
from archspec.model.architecture import Architecture
from archspec.renderers.page.content import Cell, Table
from archspec.renderers.page.gathering.wording import counted
from archspec.renderers.page.tone import Tone

COSTLIEST = 3


def availability_tables(architecture: Architecture) -> tuple[Table, ...]:
    """One table of flows, one of what costs each flow most; none where no part has a figure."""
    found = [flow for flow in Availability(architecture).flows if flow.has_figures]
    if not found:
        return ()
    flows = Table(
        "",
        ("Flow", "Availability", "Down per year", "Promised", "Verdict", "Single points of failure"),
        tuple(_flow(architecture, flow) for flow in found),
        _note(found),
    )
    promised = [flow for flow in found if flow.objective is not None]
    return (flows, _costs(architecture, promised or found))


def _flow(architecture: Architecture, found: FlowAvailability) -> tuple[Cell, ...]:
    points = ", ".join(dict.fromkeys(str(point.part.owner) for point in found.single_points))
    return (
        Cell(architecture.flows[found.flow].title, href=f"#flow-{found.flow}"),
        Cell(percent(found.value), is_number=True),
        Cell(hours(found.downtime), is_number=True),
        Cell(percent(found.objective), is_number=True),
        _verdict(found),
        Cell(points or "none"),
    )


def _verdict(found: FlowAvailability) -> Cell:
    if found.value is None:
        return Cell("no exact figure", Tone.NOTE)
    if found.objective is None:
        return Cell("nothing promised")
    return Cell("cannot be met", Tone.BAD) if found.misses_objective else Cell("can be met", Tone.GOOD)


def _costs(architecture: Architecture, found: list[FlowAvailability]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for flow in found:
        costly = [each for each in flow.importance if each.downtime > 0][:COSTLIEST]
        rows += [
            (
                Cell(architecture.flows[flow.flow].title),
                Cell(each.part.name),
                Cell(hours(each.downtime), is_number=True),
                Cell(f"{each.birnbaum:.4f}", is_number=True),
            )
            for each in costly
        ]
    note = "Down per year: what would be won if the part never failed. Birnbaum: how far the flow falls with it."
    return Table("Where the downtime comes from", ("Flow", "Part", "Down per year", "Birnbaum"), tuple(rows), note)


def _note(found: list[FlowAvailability]) -> str:
    without = dict.fromkeys(part for flow in found for part in flow.without_figure)
    if not without:
        return "Every part has a figure."
    return f"{counted(len(without), 'part')} without a figure count as always up: {', '.join(without)}."


def percent(value: float | None) -> str:
    """An availability, its distance from 1 with two digits.

    >>> percent(0.9987), percent(0.99999871), percent(0.999), percent(1.0), percent(None)
    ('99.87%', '99.99987%', '99.9%', '100%', '')
    """
    if value is None:
        return ""
    if value >= 1:
        return "100%"
    digits = max(2, 1 - floor(log10((1 - value) * 100)))
    return f"{value * 100:.{digits}f}".rstrip("0").rstrip(".") + "%"


def hours(value: float | None) -> str:
    """Hours a year in the unit that reads best.

    >>> hours(8.766), hours(0.5), hours(0.001), hours(0.0)
    ('8.8 h', '30.0 min', '3.6 s', '0 s')
    """
    if value is None:
        return ""
    if value >= 1:
        return f"{value:.1f} h"
    if value * 60 >= 1:
        return f"{value * 60:.1f} min"
    return f"{value * 3600:.1f} s" if value > 0 else "0 s"

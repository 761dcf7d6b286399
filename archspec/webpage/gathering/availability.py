"""Availability of the flows as tables."""

from archspec.analysis import HOURS_PER_YEAR, Availability, FlowAvailability, Met
from archspec.model import Architecture
from archspec.values import availability, count, downtime, hours, number, percent
from archspec.webpage import Cell, Table, Tone

COSTLIEST = 3


def availability_tables(architecture: Architecture, availability: Availability) -> tuple[Table, ...]:
    """One table of flows, one of what costs each flow most; none where nothing is known or promised."""
    found = [flow for flow in availability.flows if flow.range or flow.objective]
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
    lower, upper = (found.range.lower, found.range.upper) if found.range else (None, None)
    points = ", ".join(dict.fromkeys(str(point.part.owner) for point in found.single_points))
    return (
        Cell(architecture.flows[found.flow].title, href=f"#flow-{found.flow}"),
        Cell(availability(lower, upper), is_number=True),
        Cell(downtime(lower, upper, HOURS_PER_YEAR), is_number=True),
        Cell("" if found.objective is None else percent(found.objective), is_number=True),
        _verdict(found),
        Cell(points or "none"),
    )


def _verdict(found: FlowAvailability) -> Cell:
    match found.met:
        case None:
            return Cell("nothing promised")
        case Met.YES:
            return Cell("is met", Tone.GOOD)
        case Met.NO:
            return Cell("cannot be met", Tone.BAD)
        case Met.UNKNOWN:
            return Cell("unknown", Tone.NOTE)


def _costs(architecture: Architecture, found: list[FlowAvailability]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for flow in found:
        costly = [each for each in flow.importance if each.downtime][:COSTLIEST]
        rows += [
            (
                Cell(architecture.flows[flow.flow].title),
                Cell(each.part.name),
                Cell(hours(each.downtime), is_number=True),
                Cell(number(each.birnbaum), is_number=True),
            )
            for each in costly
        ]
    note = "Down per year: what would be won if the part never failed. Birnbaum: how far the flow falls with it."
    return Table("Where the downtime comes from", ("Flow", "Part", "Down per year", "Birnbaum"), tuple(rows), note)


def _note(found: list[FlowAvailability]) -> str:
    without = dict.fromkeys(part for flow in found for part in flow.without_figure)
    if not without:
        return "Every part has a figure."
    named = f"{count(len(without), 'part')} without a figure"
    return f"{named}, so a flow may be down more often than shown: {', '.join(without)}."

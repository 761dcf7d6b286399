"""The charts of an analysis: availability against what is promised, what costs it, utilisation, head room.

With a second report beside the first, that of the spec with settings, both are drawn.
"""

from collections.abc import Iterator, Sequence

from archspec.analysis import StationReport, SystemReport
from archspec.renderers import Axis, Bar, Chart, Dot, Limit, Row, Rows, Tone, Unit
from archspec.renderers.charts.scale import fitting, linear, nines
from archspec.reports import Analysis
from archspec.values import busy, hours, rate

MOST_ROWS, MOST_PARTS = 16, 10
NOW, THEN = "now", "with the settings"
HOUR = 3600e9


def analysis_charts(analysis: Analysis) -> dict[str, Chart]:
    """By the heading of the table that has the same figures."""
    found = {
        "Availability": _availability(analysis),
        "What costs most": _costs(analysis.changed or analysis.base),
        "Load": _loads(analysis),
        "Head room": _head_room(analysis.changed or analysis.base),
    }
    return {heading: chart for heading, chart in found.items() if chart is not None}


def _sides(analysis: Analysis) -> Iterator[tuple[str, Tone, SystemReport]]:
    yield NOW, Tone.ONE if analysis.changed is None else Tone.LOW, analysis.base
    if analysis.changed is not None:
        yield THEN, Tone.ONE, analysis.changed


def _availability(analysis: Analysis) -> Rows | None:
    """Between which bounds each flow's lies, by its nines; of a flow without a figure nothing is drawn."""
    last = analysis.changed or analysis.base
    rows, values = [], list[float]()
    for flow in last.flows:
        dots = [_available(name, tone, report, flow.flow) for name, tone, report in _sides(analysis)]
        values += [each for dot in dots for each in (dot.value, dot.low) if each is not None]
        rows.append(Row(flow.flow, tuple(dots), limit=flow.objective))
    if not values:
        return None
    scale = nines([*values, *(row.limit for row in rows if row.limit is not None)])
    return Rows("Availability, by its nines", Axis("of the time a request is answered", scale), tuple(rows))


def _available(name: str, tone: Tone, report: SystemReport, id_: str) -> Dot:
    flow = next((each for each in report.flows if each.flow == id_), None)
    if flow is None or flow.availability_at_most is None:
        return Dot(name, None, tone)
    low, high = flow.availability_at_least, flow.availability_at_most
    if low is None or high - low < 1e-9:
        return Dot(name, high, tone)
    return Dot(name, high, tone, low, high)


def _costs(report: SystemReport) -> Rows | None:
    """The parts that cost the flows most, all replicas of one together, in hours a year."""
    found: dict[tuple[str, str], float] = {}
    for flow in report.flows:
        for cost in flow.importance:
            key = flow.flow, cost.of
            found[key] = found.get(key, 0.0) + (cost.downtime_hours_per_year or 0.0)
    worst = sorted(((key, much) for key, much in found.items() if much > 0), key=lambda each: -each[1])[:MOST_PARTS]
    if not worst:
        return None
    is_one = len(report.flows) == 1
    rows = tuple(
        Row(part if is_one else f"{flow}: {part}", (Bar("downtime", much * HOUR, Tone.BAD),), hours(much))
        for (flow, part), much in worst
    )
    x = Axis("downtime that it causes in a year", linear(Unit.TIME, [much * HOUR for _, much in worst]))
    return Rows("What costs most", x, rows)


def _loads(analysis: Analysis) -> Rows | None:
    """The fullest stations: at the load as it is, and with a replica or a zone lost."""
    last = (analysis.changed or analysis.base).load.stations
    fullest = sorted(last, key=lambda each: -each.peak)[:MOST_ROWS]
    if not fullest:
        return None
    rows = tuple(_station(each) for each in fullest)
    values = [mark.value for row in rows for mark in row.marks if mark.value is not None]
    x = Axis("in use at the stated load", linear(Unit.SHARE, [*values, 1.0]))
    return Rows("Utilisation", x, rows, (Limit(1.0, "full", Tone.BAD),))


def _station(station: StationReport) -> Row:
    marks = (
        Bar("as it is", station.peak, Tone.ONE),
        Dot("a replica lost", station.without_replica, Tone.TWO),
        Dot("a zone lost", station.without_zone, Tone.THREE),
    )
    shown = tuple(mark for mark in marks if mark.value is not None)
    return Row(f"{station.component} {station.resource}", shown, busy(station.peak))


def _head_room(report: SystemReport) -> Rows | None:
    """How far each flow's rate is from where something is full."""
    known = [each for each in report.load.flows if each.saturates_at is not None]
    if not known:
        return None
    rows = tuple(
        Row(
            each.flow,
            (
                Dot("the stated rate", each.rate, Tone.ONE),
                *_dots(("full at", each.saturates_at, Tone.BAD), ("a replica lost", each.without_replica, Tone.TWO)),
                *_dots(("a zone lost", each.without_zone, Tone.THREE)),
            ),
            rate(each.saturates_at),
        )
        for each in known
    )
    values = [mark.value for row in rows for mark in row.marks if mark.value]
    return Rows("Head room", Axis("requests per second", fitting(Unit.RATE, values)), rows)


def _dots(*figures: tuple[str, float | None, Tone]) -> Sequence[Dot]:
    return [Dot(name, value, tone) for name, value, tone in figures if value is not None]

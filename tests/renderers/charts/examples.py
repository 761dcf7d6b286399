"""One chart of each form, of literal figures."""

from archspec.renderers.charts.marks import (
    Axis,
    Bar,
    Bin,
    Cell,
    Chart,
    Dot,
    Limit,
    Line,
    Map,
    Plot,
    Point,
    Row,
    Rows,
    Span,
)
from archspec.renderers.charts.scale import exactly, linear, logarithmic, nines
from archspec.renderers.charts.tone import Tone
from archspec.renderers.charts.unit import Unit

MS, S = 1e6, 1e9
TIME = Axis("time in the run", exactly(Unit.TIME, 0.0, 60 * S))
COURSE = Plot(
    "Response times over time",
    TIME,
    Axis("of good answers", linear(Unit.TIME, [812 * MS], 5)),
    (
        Line(
            "p50",
            Tone.ONE,
            (Point(10 * S, 20 * MS), Point(20 * S, None), Point(30 * S, 30 * MS), Point(60 * S, 20 * MS)),
        ),
        Line("p99", Tone.TWO, (Point(10 * S, 57.44 * MS), Point(20 * S, 812 * MS, 700 * MS, 900 * MS))),
    ),
    limits=(Limit(400 * MS, "p99 promised 400 ms"),),
    spans=(
        Span(15 * S, 25 * S, "fail db", Tone.BAD, "A"),
        Span(20 * S, 40 * S, "slow-answers", Tone.NOTE, strip=True),
    ),
)
DISTRIBUTION = Plot(
    "How long answers took",
    Axis("response time", logarithmic(Unit.TIME, [1 * MS, 500 * MS])),
    Axis("good answers", linear(Unit.COUNT, [1200.0])),
    bins=(Bin(1 * MS, 10 * MS, 1200.0), Bin(10 * MS, 100 * MS, 300.0), Bin(100 * MS, 500 * MS, 1.0)),
    limits=(Limit(8 * MS, "p50", Tone.ONE, upright=True), Limit(400 * MS, "p99 promised 400 ms", upright=True)),
)
BARS = Rows(
    "Why requests failed",
    Axis("failed requests", linear(Unit.COUNT, [40.0])),
    (Row("timeout", (Bar("requests", 40.0, Tone.BAD),), "80%"), Row("shed", (Bar("requests", 10.0, Tone.BAD),), "20%")),
)
DOTS = Rows(
    "Availability",
    Axis("by its nines", nines([0.9, 0.9999, 1.0])),
    (
        Row("buy", (Dot("now", 0.9999, Tone.LOW, 0.999, 0.9999), Dot("then", 1.0)), limit=0.999),
        Row("a flow whose name is very much too long", (Dot("now", None, Tone.LOW),), "–"),
    ),
    (Limit(0.99, "of old", Tone.BAD),),
)
STRETCHES = Rows(
    "Faults and alerts",
    TIME,
    (Row("A  fail db", (Bar("fault", 25 * S, Tone.BAD, start=15 * S),)),),
)
MAP = Map(
    "p99 by replicas and load",
    "api.replicas",
    "load",
    ("2", "4"),
    ("1x", "2x", "4x"),
    (
        (Cell("20 ms", 0.1), Cell("57.4 ms", 0.5), Cell("grows", 1.0, Tone.BAD, ": overloaded")),
        (Cell("20 ms", 0.1), Cell("21 ms", 0.12), Cell("–")),
    ),
)
EXAMPLES: dict[str, Chart] = {
    "course": COURSE,
    "distribution": DISTRIBUTION,
    "bars": BARS,
    "dots": DOTS,
    "stretches": STRETCHES,
    "map": MAP,
}

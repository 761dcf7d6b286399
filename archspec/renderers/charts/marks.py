"""What a chart shows, as frozen values: a plot over two axes, rows with a figure each, or a map of cells.

Whatever is None is not known: it is a gap, never a zero.
"""

from collections.abc import Iterator
from math import isfinite

from archspec.frozen import frozen
from archspec.renderers import Scale, Tone
from archspec.values import UNKNOWN


@frozen
class Axis:
    """What an axis measures, in words, and its scale."""

    title: str
    scale: Scale

    def spell(self, value: float | None) -> str:
        """A value of it, in words."""
        return UNKNOWN if value is None else self.scale.unit.spell(value)


@frozen
class Point:
    """A figure at a place, and between which limits it surely lies."""

    x: float
    y: float | None
    low: float | None = None
    high: float | None = None


@frozen
class Line:
    """Figures over the x axis; with `dots` each is marked."""

    name: str
    tone: Tone
    points: tuple[Point, ...]
    dots: bool = False

    def stretches(self) -> Iterator[list[tuple[float, float]]]:
        """The runs of points without a gap, in order."""
        run: list[tuple[float, float]] = []
        for point in self.points:
            if point.y is None or not isfinite(point.y):
                if run:
                    yield run
                run = []
            else:
                run.append((point.x, point.y))
        if run:
            yield run


@frozen
class Bin:
    """A bar of a histogram: how much lies between two values."""

    start: float
    end: float
    height: float


@frozen
class Limit:
    """A value that is promised, or stands out, as a line through the chart: across, or (`upright`) from foot to top."""

    value: float
    label: str
    tone: Tone = Tone.LOW
    upright: bool = False


@frozen
class Span:
    """A stretch of the x axis in which something held: over the whole height, or (`strip`) along its foot.

    `tag` is a letter that a list beside the charts explains.
    """

    start: float
    end: float
    name: str
    tone: Tone
    tag: str = ""
    strip: bool = False


@frozen
class Plot:
    """Lines or a histogram over two axes."""

    title: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...] = ()
    bins: tuple[Bin, ...] = ()
    limits: tuple[Limit, ...] = ()
    spans: tuple[Span, ...] = ()


@frozen
class Bar:
    """From the start of the axis to a value; None: not known. With `start` it begins there."""

    name: str
    value: float | None
    tone: Tone = Tone.ONE
    start: float | None = None


@frozen
class Dot:
    """A value, and between which limits it surely lies; None: not known."""

    name: str
    value: float | None
    tone: Tone = Tone.ONE
    low: float | None = None
    high: float | None = None


@frozen
class Row:
    """One thing with its figures, `said` behind them in words; `limit` is what is promised of it."""

    label: str
    marks: tuple[Bar | Dot, ...]
    said: str = ""
    limit: float | None = None


@frozen
class Rows:
    """Things below one another over one axis."""

    title: str
    x: Axis
    rows: tuple[Row, ...]
    limits: tuple[Limit, ...] = ()
    limit_name: str = "promised"


@frozen
class Cell:
    """A cell of a map: what stands in it, and its colour; of `share` 0 it is the lightest, of 1 the darkest."""

    text: str
    share: float | None = None
    tone: Tone = Tone.ONE
    more: str = ""
    """What a tool tip adds."""


@frozen
class Map:
    """Cells by two things that vary: `down` names the rows, `across` the columns."""

    title: str
    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """Row by row."""


Chart = Plot | Rows | Map

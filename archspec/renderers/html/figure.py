"""A chart in a page: its title, what its colours mean, the picture, and the same figures as a table."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from archspec.renderers import Bar, Chart, Html, Line, Map, Plot, Row, Rows, element, join, report_table, tag
from archspec.renderers.charts.svg import draw
from archspec.values import UNKNOWN

Table = tuple[list[str], list[list[str]]]


def figure(chart: Chart) -> Html:
    """The chart with its key and its table."""
    heads, rows = _table(chart)
    told = tag("details", tag("summary", "Figures"), Html(report_table(heads, rows)))
    caption = tag("figcaption", tag("strong", chart.title), *_keys(chart))
    wide = " wide" if isinstance(chart, Map) else ""
    return tag("figure", caption, Html(draw(chart)), told, class_=f"chart{wide}")


def figures(charts: Sequence[Chart]) -> Html:
    """Charts beside one another, as many as the window is wide; nothing where there are none."""
    return tag("div", *map(figure, charts), class_="charts") if charts else Html("")


def _keys(chart: Chart) -> Iterator[Html]:
    """A sample of each colour with its name."""
    match chart:
        case Plot():
            if len(chart.lines) > 1 or any(line.name not in chart.title.lower() for line in chart.lines):
                yield from (_keyed(_sample(line), line.name) for line in chart.lines)
            if any(span.strip for span in chart.spans):
                yield _key("block", "note", "an alert fires")
        case Rows():
            marks = [mark for row in chart.rows for mark in row.marks]
            names = {mark.name: mark for mark in marks}
            if len(names) > 1:
                for name, mark in names.items():
                    yield _key("block" if isinstance(mark, Bar) else "dot", mark.tone.value, name)
            if any(row.limit is not None for row in chart.rows):
                yield _key("tick", "low", chart.limit_name)
        case Map():
            return
        case _:
            assert_never(chart)


def _key(look: str, tone: str, name: str) -> Html:
    return _keyed(tag("i", class_=f"{look} {tone}"), name)


def _keyed(sample: Html, name: str) -> Html:
    return join([Html(" "), tag("span", sample, name, class_="key")])


def _sample(line: Line) -> Html:
    stroke = element("path", {"d": "M0 4H24", "class": f"line {line.tone.value}"})
    return Html(element("svg", {"width": 24, "height": 8, "aria-hidden": "true"}, stroke))


def _table(chart: Chart) -> Table:
    match chart:
        case Plot():
            return _plotted(chart)
        case Rows():
            return _listed(chart)
        case Map():
            lines = zip(chart.rows, chart.cells, strict=True)
            heads = [f"{chart.down} \\ {chart.across}", *chart.columns]
            return heads, [[row, *(cell.text for cell in cells)] for row, cells in lines]
        case _:
            assert_never(chart)


def _plotted(plot: Plot) -> Table:
    x, y = plot.x, plot.y
    if plot.bins:
        rows = [[f"{x.spell(each.start)} to {x.spell(each.end)}", y.spell(each.height)] for each in plot.bins]
        return [x.title, y.title], rows
    places = sorted({point.x for line in plot.lines for point in line.points})
    columns = [
        {point.x: _figure(plot, line, number) for number, point in enumerate(line.points)} for line in plot.lines
    ]
    heads = [x.title, *(line.name for line in plot.lines)]
    return heads, [[x.spell(place), *(column.get(place, UNKNOWN) for column in columns)] for place in places]


def _figure(plot: Plot, line: Line, number: int) -> str:
    point, spell = line.points[number], plot.y.spell
    between = (
        f" ({spell(point.low)} to {spell(point.high)})" if point.low is not None and point.high is not None else ""
    )
    return spell(point.y) + between


def _listed(chart: Rows) -> Table:
    names = list(dict.fromkeys(mark.name for row in chart.rows for mark in row.marks))
    has_limit = any(row.limit is not None for row in chart.rows)
    heads = ["", *names, *([chart.limit_name] if has_limit else [])]
    return heads, [_row(chart, row, names, has_limit=has_limit) for row in chart.rows]


def _row(chart: Rows, row: Row, names: Sequence[str], *, has_limit: bool) -> list[str]:
    spell, told = chart.x.spell, dict[str, list[str]]()
    for mark in row.marks:
        low, high = (mark.start, mark.value) if isinstance(mark, Bar) and mark.start is not None else (None, None)
        if isinstance(mark, Bar):
            said = spell(mark.value) if low is None else f"{spell(low)} to {spell(high)}"
        else:
            is_known = mark.low is not None and mark.high is not None
            said = spell(mark.value) + (f" ({spell(mark.low)} to {spell(mark.high)})" if is_known else "")
        told.setdefault(mark.name, []).append(said)
    cells = [", ".join(told.get(name, [UNKNOWN])) for name in names]
    return [row.label, *cells, *([spell(row.limit)] if has_limit else [])]

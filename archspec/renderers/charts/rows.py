"""Rows: things below one another, each with a bar or dots over one axis."""

from collections.abc import Iterator

from archspec.frozen import frozen
from archspec.renderers import Bar, Dot, Row, Rows, element, number, width
from archspec.renderers.charts.frame import SMALL, WIDTH, box, cut, path, room, tip, upright_ticks, words

TOP, ROW, BAR, RIGHT = 18.0, 22.0, 11.0, WIDTH - 8
MOST_LABEL, MOST_SAID = 130.0, 90.0


@frozen
class _Field:
    chart: Rows
    left: float
    right: float
    foot: float

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * self.chart.x.scale.at(value)


def draw_rows(chart: Rows) -> tuple[float, float, list[str]]:
    """Width, height and markup."""
    left = 8 + room([row.label for row in chart.rows], MOST_LABEL)
    said = room([row.said for row in chart.rows], MOST_SAID)
    foot = TOP + ROW * len(chart.rows)
    field = _Field(chart, left, RIGHT - (said + 8 if said else 0), foot)
    scale = chart.x.scale
    places = [(field.x(tick), label) for tick, label in zip(scale.ticks, scale.labels, strict=True)]
    parts = [*upright_ticks(places, TOP, foot, left, RIGHT, chart.x.title), *_limits(field)]
    for number_, row in enumerate(chart.rows):
        parts += _row(field, row, TOP + ROW * (number_ + 0.5))
    return WIDTH, foot + 36, parts


def _limits(field: _Field) -> Iterator[str]:
    for limit in field.chart.limits:
        x, half = field.x(limit.value), width(limit.label, SMALL) / 2
        yield element("path", {"d": path([(x, TOP), (x, field.foot)]), "class": f"limit {limit.tone.value}"})
        yield words(min(max(x, half), RIGHT - half), TOP - 5, limit.label, "middle")


def _row(field: _Field, row: Row, y: float) -> list[str]:
    label = cut(row.label, MOST_LABEL)
    parts = [words(field.left - 6, y + 4, label, "end")]
    parts += [words(RIGHT, y + 4, cut(row.said, MOST_SAID), "end soft")] if row.said else []
    high = BAR / sum(isinstance(mark, Bar) and mark.start is None for mark in row.marks or ()) if _bars(row) else BAR
    at = y - BAR / 2
    for mark in row.marks:
        if mark.value is None:
            continue
        match mark:
            case Bar():
                parts.append(_bar(field, row, mark, at, high))
                at += high if mark.start is None else 0
            case Dot():
                parts += _dot(field, row, mark, y)
    if row.limit is not None:
        x = field.x(row.limit)
        said = f"{row.label}: {field.chart.limit_name} {field.chart.x.spell(row.limit)}"
        d = path([(x, y - BAR / 2 - 3), (x, y + BAR / 2 + 3)])
        parts.append(element("path", {"d": d, "class": "whisker low", "stroke-width": 3}, tip(said)))
    return [element("g", {}, *([tip(row.label)] if label != row.label else []), *parts)]


def _bars(row: Row) -> bool:
    return any(isinstance(mark, Bar) and mark.start is None for mark in row.marks)


def _bar(field: _Field, row: Row, bar: Bar, y: float, high: float) -> str:
    spell = field.chart.x.spell
    start = field.left if bar.start is None else field.x(bar.start)
    end = field.x(bar.value or 0.0)
    told = spell(bar.value) if bar.start is None else f"{spell(bar.start)} to {spell(bar.value)}"
    least = 1.5 if bar.value or bar.start is not None else 0.0
    said = f"{row.label}, {bar.name}: {told}"
    return box(start, y, max(end - start, least), high - 0.5, f"bar {bar.tone.value}", said)


def _dot(field: _Field, row: Row, dot: Dot, y: float) -> list[str]:
    spell, tone, parts = field.chart.x.spell, dot.tone.value, []
    told = f"{row.label}, {dot.name}: {spell(dot.value)}"
    if dot.low is not None and dot.high is not None:
        low, high = field.x(dot.low), field.x(dot.high)
        d = f"M{number(low)} {number(y - 4)}v8m0 -4H{number(high)}m0 -4v8"
        parts.append(element("path", {"d": d, "class": f"whisker {tone}"}))
        told += f" ({spell(dot.low)} to {spell(dot.high)})"
    x = field.x(dot.value or 0.0)
    return [*parts, element("circle", {"cx": x, "cy": y, "r": 4, "class": f"bar {tone}"}, tip(told))]

"""Plots: lines, histograms, promises and what went wrong, over two axes."""

from collections.abc import Iterator
from itertools import pairwise

from archspec.frozen import frozen
from archspec.renderers import Limit, Line, Plot, Span, element, number, width
from archspec.renderers.charts.frame import SMALL, WIDTH, box, cut, path, room, upright_ticks, words

HEIGHT, TOP, FOOT, RIGHT = 216.0, 24.0, 180.0, WIDTH - 8
STRIP, STRIPS = 6.0, 3
"""Height of a strip, and how many stand above one another."""


@frozen
class _Field:
    plot: Plot
    left: float

    def x(self, value: float) -> float:
        return self.left + (RIGHT - self.left) * self.plot.x.scale.at(value)

    def y(self, value: float) -> float:
        return FOOT - (FOOT - TOP) * self.plot.y.scale.at(value)


def draw_plot(plot: Plot) -> tuple[float, float, list[str]]:
    """Width, height and markup."""
    field = _Field(plot, 8 + room(plot.y.scale.labels, WIDTH / 3))
    parts = [
        *_axes(field),
        *_spans(field),
        *_bins(field),
        *(part for line in plot.lines for part in _line(field, line)),
        *(part for level, limit in enumerate(plot.limits) for part in _limit(field, limit, level)),
        *_hovers(field),
    ]
    return WIDTH, HEIGHT, parts


def _axes(field: _Field) -> list[str]:
    x, y = field.plot.x, field.plot.y
    parts = [words(0, 11, y.title, "soft")]
    for tick, label in zip(y.scale.ticks, y.scale.labels, strict=True):
        height = field.y(tick)
        d = f"M{number(field.left)} {number(height)}H{number(RIGHT)}"
        parts += [element("path", {"d": d, "class": "grid"}), words(field.left - 5, height + 4, label, "end soft")]
    places = [(field.x(tick), label) for tick, label in zip(x.scale.ticks, x.scale.labels, strict=True)]
    return [*parts, *upright_ticks(places, FOOT, FOOT + 4, field.left, RIGHT, x.title)]


def _spans(field: _Field) -> Iterator[str]:
    strips = [span for span in field.plot.spans if span.strip]
    for span in field.plot.spans:
        start = field.x(span.start)
        wide = max(field.x(span.end) - start, 1.5)
        if span.strip:
            level = list(dict.fromkeys(each.name for each in strips)).index(span.name) % STRIPS
            y, high, look = FOOT - STRIP * (level + 1), STRIP - 1, "strip"
        else:
            y, high, look = TOP, FOOT - TOP, "band"
        yield box(start, y, wide, high, f"{look} {span.tone.value}", _said(field, span))
        if span.tag and not span.strip:
            middle = min(max(start + wide / 2, field.left + 5), RIGHT - 5)
            yield words(middle, TOP - 2, span.tag, "middle strong")


def _said(field: _Field, span: Span) -> str:
    spell = field.plot.x.spell
    return f"{span.name}: {spell(span.start)} to {spell(span.end)}"


def _bins(field: _Field) -> Iterator[str]:
    x, y = field.plot.x, field.plot.y
    for each in field.plot.bins:
        start, top = field.x(each.start), min(field.y(each.height), FOOT - 1 if each.height else FOOT)
        wide = max(field.x(each.end) - start - 0.7, 0.8)
        said = f"{x.spell(each.start)} to {x.spell(each.end)}: {y.spell(each.height)}"
        yield box(start, top, wide, FOOT - top, "bar one", said)


def _limit(field: _Field, limit: Limit, level: int) -> list[str]:
    """The line with its name; those that stand upright have theirs one below the other."""
    look = f"limit {limit.tone.value}"
    if limit.upright:
        x = field.x(limit.value)
        is_right = width(limit.label, SMALL) + 3 < RIGHT - x
        label = words(
            x + 3 if is_right else x - 3, TOP + 9 + 12 * level, limit.label, "over" if is_right else "over end"
        )
        return [*_over(f"M{number(x)} {number(TOP)}V{number(FOOT)}", look), label]
    y = field.y(limit.value)
    above = y - 4 if y > TOP + 12 else y + 12
    d = f"M{number(field.left)} {number(y)}H{number(RIGHT)}"
    label = words(RIGHT - 2, above, cut(limit.label, RIGHT - field.left), "over end")
    return [*_over(d, look), label]


def _over(d: str, look: str) -> list[str]:
    """A line that is seen on bars of its own colour too."""
    return [element("path", {"d": d, "class": "over"}), element("path", {"d": d, "class": look})]


def _line(field: _Field, line: Line) -> Iterator[str]:
    tone = line.tone.value
    for stretch in line.stretches():
        places = [(field.x(x), field.y(y)) for x, y in stretch]
        if len(places) > 1:
            yield element("path", {"d": path(places), "class": f"line {tone}"})
        if len(places) == 1 or line.dots:
            yield from (element("circle", {"cx": x, "cy": y, "r": 2.4, "class": f"bar {tone}"}) for x, y in places)
    for point in line.points:
        if point.low is not None and point.high is not None:
            x, low, high = field.x(point.x), field.y(point.low), field.y(point.high)
            yield element("path", {"d": path([(x, low), (x, high)]), "class": f"whisker {tone}"})


def _hovers(field: _Field) -> Iterator[str]:
    """A strip over each place of the x axis that says what the lines are there."""
    plot = field.plot
    xs = sorted({point.x for line in plot.lines for point in line.points})
    at = [{point.x: point.y for point in line.points} for line in plot.lines]
    ends = [field.left, *((field.x(a) + field.x(b)) / 2 for a, b in pairwise(xs)), RIGHT]
    for x, start, end in zip(xs, ends, ends[1:], strict=False):
        figures = [f"{line.name} {plot.y.spell(found.get(x))}" for line, found in zip(plot.lines, at, strict=True)]
        yield box(start, TOP, end - start, FOOT - TOP, "hover", f"{plot.x.spell(x)}: {', '.join(figures)}")

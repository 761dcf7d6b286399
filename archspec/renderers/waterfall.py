"""Waterfalls: where the time of one request went, a row per call, on one time axis."""

from collections.abc import Iterator
from enum import Enum
from typing import assert_never

from archspec.frozen import frozen
from archspec.renderers.geometry import Box
from archspec.renderers.layout.heading import DESCRIPTION, DESCRIPTION_LINE, TITLE, TITLE_LINE
from archspec.renderers.markup import Attribute, element, escape, number
from archspec.renderers.svg.paint import Palette
from archspec.renderers.svg.parts import document, heading_markup, rectangle, text
from archspec.renderers.text import Style, Weight, shorten, width, wrap
from archspec.renderers.theme import DEFAULT, Colour, Theme
from archspec.values import duration


class SegmentKind(Enum):
    """What a call does in a stretch of time."""

    WORK = "working"  # holds a core or a slot
    WAIT = "waiting for callees"
    QUEUED = "queued"
    NETWORK = "on the network"
    BACKOFF = "back-off"


@frozen
class Segment:
    """A stretch of time, in nanoseconds from the request's start."""

    start_ns: int
    end_ns: int
    kind: SegmentKind


@frozen
class WaterfallRow:
    """One call. `depth` indents it; `status` stands behind its bar; `failed` shows that it failed.

    Without segments nothing is known of its time, so it has no bar.
    """

    label: str
    depth: int
    segments: tuple[Segment, ...]
    status: str = ""
    failed: bool = False
    detail: str = ""


@frozen
class Waterfall:
    """A trace as a picture."""

    name: str
    title: str
    rows: tuple[WaterfallRow, ...]
    description: str = ""


LABEL, NAME, TICK = Style(11.5), Style(12.5, Weight.SEMIBOLD), Style(11)
MARGIN, ROW, BAR, INDENT = 24.0, 26.0, 12.0, 14.0
LABELS_MAX, PLOT, STATUS_ROOM, AXIS = 300.0, 620.0, 120.0, 26.0
THIN = {SegmentKind.WAIT: 4.0, SegmentKind.NETWORK: 2.0, SegmentKind.BACKOFF: 4.0}


def draw_waterfall(waterfall: Waterfall, theme: Theme = DEFAULT, *, adapts: bool = True, with_font: bool = True) -> str:
    """The SVG text; see `svg.diagram.draw` for `adapts` and `with_font`."""
    palette = Palette(adapts)
    title = wrap(waterfall.title, 700, TITLE, 2)
    description = wrap(waterfall.description, 700, DESCRIPTION, 3)
    top = MARGIN + TITLE_LINE * len(title.lines) + DESCRIPTION_LINE * len(description.lines) + 16 + AXIS
    total = max((segment.end_ns for row in waterfall.rows for segment in row.segments), default=0) or 1
    labels = min(LABELS_MAX, max((_indented(row) for row in waterfall.rows), default=0.0) + 16)
    left = MARGIN + float(round(labels))
    kinds = {segment.kind for row in waterfall.rows for segment in row.segments}
    bottom = top + ROW * len(waterfall.rows)
    rows = (_row(palette, theme, row, left, top + ROW * index, total) for index, row in enumerate(waterfall.rows))
    body = "".join(
        (
            heading_markup(palette, theme, title, description, MARGIN),
            *(_axis(palette, theme, left, top, bottom, total) if kinds else ()),
            *rows,
            *_legend(palette, theme, [kind for kind in SegmentKind if kind in kinds], bottom + 24),
        )
    )
    return document(
        palette,
        theme,
        name=waterfall.name,
        title=waterfall.title or waterfall.name,
        description="; ".join(f"{row.label} {_span(row)} {row.status}".strip() for row in waterfall.rows[:40]),
        size=(left + PLOT + STATUS_ROOM + MARGIN, float(round(bottom + 24 + 20 + MARGIN))),
        definitions="",
        body=body,
        with_font=with_font,
    )


def ticks(total: int) -> tuple[int, ...]:
    """At most six round times from 0 to `total`: multiples of 1, 2 or 5 times a power of ten.

    >>> ticks(47)
    (0, 10, 20, 30, 40)
    """
    step = 1
    while total / step > 5:
        digit = str(step)[0]
        step = step * 5 // 2 if digit == "2" else step * 2
    return tuple(range(0, total + 1, step))


def _indented(row: WaterfallRow) -> float:
    return width(row.label, NAME) + INDENT * row.depth


def _span(row: WaterfallRow) -> str:
    if not row.segments:
        return ""
    return duration(max(s.end_ns for s in row.segments) - min(s.start_ns for s in row.segments))


def _axis(palette: Palette, theme: Theme, left: float, top: float, bottom: float, total: int) -> Iterator[str]:
    grid = palette.paint("grid", stroke=theme.border)
    for tick in ticks(total):
        x = left + PLOT * tick / total
        path = f"M{number(x)} {number(top - 6)}V{number(bottom)}"
        yield element("path", grid | {"d": path, "stroke-opacity": 0.6, "fill": "none"})
        yield text(palette, "faint", theme.faint_text, duration(tick), x, top - 12, TICK, "middle")


def _row(palette: Palette, theme: Theme, row: WaterfallRow, left: float, y: float, total: int) -> str:
    middle = y + ROW / 2
    indent = MARGIN + INDENT * row.depth
    label = shorten(row.label, left - indent - 10, NAME)
    words = " ".join(part for part in (row.label, _span(row), row.status, row.detail) if part)
    parts = [
        element("title", {}, escape(words)),
        text(palette, "name", theme.text, label, indent, middle + 4, NAME),
        *(_bar(palette, theme, segment, left, middle, total) for segment in row.segments),
    ]
    if row.segments or row.status:
        end = left + PLOT * max((segment.end_ns for segment in row.segments), default=0) / total
        colour, role = (theme.bad.ink, "bad") if row.failed else (theme.faint_text, "faint")
        mark = "✗ " if row.failed else ""
        said = mark + " · ".join(part for part in (_span(row), row.status) if part)
        ground = Box(end + 5, middle - 8, width(said, LABEL) + 6, 16)
        parts.append(rectangle(palette.paint("page", fill=theme.page), ground, 3))
        parts.append(text(palette, role, colour, said, end + 8, middle + 4, LABEL))
    return element("g", {"data-row": row.label}, *parts)


def _bar(palette: Palette, theme: Theme, segment: Segment, left: float, middle: float, total: int) -> str:
    height = THIN.get(segment.kind, BAR)
    x = left + PLOT * segment.start_ns / total
    length = max(1.0, PLOT * (segment.end_ns - segment.start_ns) / total)
    paint = palette.paint(f"bar-{segment.kind.name.lower()}", fill=_colour(theme, segment.kind))
    more: dict[str, Attribute] = {"fill-opacity": 0.5} if segment.kind is SegmentKind.WAIT else {}
    return rectangle(paint | more, Box(x, middle - height / 2, length, height), min(2.0, height / 2))


def _colour(theme: Theme, kind: SegmentKind) -> Colour:
    match kind:
        case SegmentKind.WORK:
            return theme.network.ink
        case SegmentKind.WAIT:
            return theme.network.ink
        case SegmentKind.QUEUED:
            return theme.external.ink
        case SegmentKind.NETWORK:
            return theme.request
        case SegmentKind.BACKOFF:
            return theme.asynchronous
        case _:
            assert_never(kind)


def _legend(palette: Palette, theme: Theme, kinds: list[SegmentKind], y: float) -> Iterator[str]:
    x = MARGIN
    for kind in kinds:
        sample = Segment(0, 1, kind)
        yield _bar(palette, theme, sample, x, y, round(PLOT / 22))
        yield text(palette, "faint", theme.faint_text, kind.value, x + 30, y + 4, LABEL)
        x += 30 + width(kind.value, LABEL) + 22

"""Sequence diagrams: who says what to whom, in the order of time, in the style of the other pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from archspec.model.shape import Shape
from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.layout.heading import DESCRIPTION, DESCRIPTION_LINE, TITLE, TITLE_LINE
from archspec.renderers.markup import Attribute, element, escape, number
from archspec.renderers.scene import SceneNode
from archspec.renderers.svg.nodes import Symbols, tile
from archspec.renderers.svg.paint import Palette
from archspec.renderers.svg.parts import document, heading_markup, path_data, rectangle, text
from archspec.renderers.text import Style, TextBlock, Weight, width, wrap
from archspec.renderers.theme import DEFAULT, Colour, Theme


class MessageStyle(Enum):
    """How an arrow is drawn."""

    CALL = "call"  # solid, full head
    ANSWER = "answer"  # dashed, thin
    ASYNCHRONOUS = "asynchronous"  # dashed in the colour of messages
    TELEMETRY = "telemetry"  # dotted


@dataclass(frozen=True, slots=True)
class Participant:
    """A column. `shape` and `technology` choose its icon."""

    id: str
    label: str
    shape: Shape
    technology: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """An arrow. `time` stands at the left edge, `status` beside the label; `failed` draws it as a failure."""

    source: str
    target: str
    label: str
    time: str = ""
    status: str = ""
    style: MessageStyle = MessageStyle.CALL
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence diagram. Messages name participants; both are drawn in the order given."""

    name: str
    title: str
    participants: tuple[Participant, ...]
    messages: tuple[Message, ...]
    description: str = ""


NAME, LABEL, TIME = Style(13, Weight.SEMIBOLD), Style(11.5), Style(11)
MARGIN, HEAD_HEIGHT, ROW, LINE_HEIGHT = 24.0, 52.0, 38.0, 14.0
HEAD_WIDTH, COLUMN_MIN, COLUMN_MAX = 156.0, 176.0, 280.0
TILE, TIP = 30.0, 8.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Columns (middle of each participant by id), rows (y of each message), and the size of it all."""

    columns: dict[str, float]
    rows: tuple[float, ...]
    labels: tuple[TextBlock, ...]
    top: float
    width: float
    height: float


def draw_sequence(
    sequence: Sequence, theme: Theme = DEFAULT, *, adapts: bool = True, with_font: bool = True, in_page: bool = False
) -> str:
    """The SVG text; see `svg.diagram.draw` for the options."""
    palette, symbols = Palette(adapts, in_page), Symbols(sequence.name)
    title, description, top = heading_size(sequence)
    plan = _plan(sequence, top, max(title.width, description.width))
    body = "".join(
        (
            heading_markup(palette, theme, title, description, MARGIN),
            *(_lifeline(palette, theme, plan, participant) for participant in sequence.participants),
            *(_head(palette, theme, symbols, plan, participant) for participant in sequence.participants),
            *(_message(palette, theme, plan, index, m) for index, m in enumerate(sequence.messages)),
        )
    )
    told = "; ".join(f"{m.source} to {m.target}: {m.label}" for m in sequence.messages[:40])
    return document(
        palette,
        theme,
        name=sequence.name,
        title=sequence.title or sequence.name,
        description=f"{sequence.description} {told}".strip(),
        size=(plan.width, plan.height),
        definitions=symbols.definitions(),
        body=body,
        with_font=with_font,
    )


def heading_size(sequence: Sequence) -> tuple[TextBlock, TextBlock, float]:
    """Title, description, and where the picture below them begins."""
    title = wrap(sequence.title, 700, TITLE, 2)
    description = wrap(sequence.description, 700, DESCRIPTION, 3)
    return title, description, MARGIN + TITLE_LINE * len(title.lines) + DESCRIPTION_LINE * len(description.lines) + 16


def _plan(sequence: Sequence, top: float, heading_width: float) -> _Plan:
    times = max((width(message.time, TIME) for message in sequence.messages), default=0.0)
    gap = min(COLUMN_MAX, max((_wanted(sequence, m) for m in sequence.messages), default=COLUMN_MIN))
    gap = max(COLUMN_MIN, float(round(gap)))
    first = MARGIN + times + (14 if times else 0) + HEAD_WIDTH / 2
    columns = {p.id: first + index * gap for index, p in enumerate(sequence.participants)}
    labels = tuple(wrap(_words(m), _room(columns, m, gap), LABEL, 2) for m in sequence.messages)
    y, rows = top + HEAD_HEIGHT + 8, []
    for label in labels:
        y += ROW + LINE_HEIGHT * max(0, len(label.lines) - 1)
        rows.append(y)
    loops = any(m.source == m.target for m in sequence.messages)
    right = max(columns.values(), default=first) + max(HEAD_WIDTH / 2, gap if loops else 0)
    total = max(right, MARGIN + heading_width) + MARGIN
    return _Plan(columns, tuple(rows), labels, top, float(round(total)), float(round(y + 28 + MARGIN)))


def _words(message: Message) -> str:
    return (
        f"{message.label} · {message.status}" if message.label and message.status else message.label or message.status
    )


def _wanted(sequence: Sequence, message: Message) -> float:
    """The gap between columns at which the label fits on two lines."""
    order = {p.id: index for index, p in enumerate(sequence.participants)}
    apart = max(1, abs(order[message.source] - order[message.target]))
    return (width(_words(message), LABEL) * 0.6 + 40) / apart


def _room(columns: dict[str, float], message: Message, gap: float) -> float:
    apart = abs(columns[message.source] - columns[message.target]) or gap
    return apart - 30


def _lifeline(palette: Palette, theme: Theme, plan: _Plan, participant: Participant) -> str:
    x = number(plan.columns[participant.id])
    line_paint = palette.paint("lifeline", stroke=theme.border)
    ends = f"M{x} {number(plan.top + HEAD_HEIGHT)}V{number(plan.height - MARGIN)}"
    return element("path", line_paint | {"d": ends, "stroke-dasharray": "3 4", "fill": "none"})


def _head(palette: Palette, theme: Theme, symbols: Symbols, plan: _Plan, participant: Participant) -> str:
    box = Box(plan.columns[participant.id] - HEAD_WIDTH / 2, plan.top, HEAD_WIDTH, HEAD_HEIGHT)
    name = wrap(participant.label or participant.id, HEAD_WIDTH - TILE - 30, NAME, 2)
    node = SceneNode(participant.id, participant.label, participant.shape, technology=participant.technology)
    card = rectangle(palette.paint("card", fill=theme.card, stroke=theme.border), box, 9, stroke_width=1.2)
    left, y = box.x + 10 + TILE + 8, box.centre.y + 4.5 - 8 * (len(name.lines) - 1)
    lines = (text(palette, "name", theme.text, row, left, y + 16 * index, NAME) for index, row in enumerate(name.lines))
    ground = Box(box.x + 10, box.centre.y - TILE / 2, TILE, TILE)
    return element(
        "g",
        {"data-id": participant.id},
        element("title", {}, escape(participant.label or participant.id)),
        card,
        tile(palette, theme, symbols, node, ground),
        *lines,
    )


def _message(palette: Palette, theme: Theme, plan: _Plan, index: int, message: Message) -> str:
    y = plan.rows[index]
    start, end = plan.columns[message.source], plan.columns[message.target]
    colour = theme.bad.ink if message.failed else _colour(theme, message.style)
    role = "failed" if message.failed else message.style.value
    stroke = palette.paint(f"message-{role}", stroke=colour) | {"fill": "none"} | _dashes(message.style)
    tip_colour = palette.paint(f"head-{role}", fill=colour)
    path, tip, forward = _way(start, end, y)
    parts = [
        element("title", {}, escape(_words(message))),
        element("path", stroke | {"d": path_data(path)}),
        element("path", tip_colour | {"d": _arrow_head(tip, forward)}),
        *_label(palette, theme, plan, index, message),
    ]
    if message.time:
        parts.append(text(palette, "faint", theme.faint_text, message.time, MARGIN, y + 4, TIME))
    return element("g", {"data-step": str(index + 1)}, *parts)


def _label(palette: Palette, theme: Theme, plan: _Plan, index: int, message: Message) -> Iterator[str]:
    """The words above the arrow, on a ground of the page's colour so that lifelines do not cross them."""
    block, y = plan.labels[index], plan.rows[index]
    start, end = plan.columns[message.source], plan.columns[message.target]
    if not block.lines:
        return
    is_loop = start == end
    middle = (start + end) / 2
    left = start + 34 if is_loop else middle - block.width / 2
    first = y - 6 - LINE_HEIGHT * (len(block.lines) - 1) + (0 if not is_loop else 9)
    ground = Box(left - 3, first - 11, block.width + 6, LINE_HEIGHT * len(block.lines))
    yield rectangle(palette.paint("page", fill=theme.page), ground, 3)
    colour, role = (theme.bad.ink, "bad") if message.failed else (theme.text, "name")
    for row, words in enumerate(block.lines):
        x, anchor = (left, "start") if is_loop else (middle, "middle")
        yield text(palette, role, colour, words, x, first + row * LINE_HEIGHT, LABEL, anchor)


def _way(start: float, end: float, y: float) -> tuple[tuple[Curve, ...], Point, float]:
    """The path, the arrow's tip and its direction (1: to the right)."""
    if start == end:
        bow = Curve(
            Point(start, y - 10), Point(start + 36, y - 10), Point(start + 36, y + 8), Point(start + TIP, y + 8)
        )
        return (bow,), Point(start + 1.5, y + 8), -1.0
    forward = 1.0 if end > start else -1.0
    tip = Point(end - forward * 1.5, y)
    return (line(Point(start, y), Point(tip.x - forward * (TIP - 1), y)),), tip, forward


def _arrow_head(tip: Point, forward: float) -> str:
    back = number(tip.x - forward * TIP)
    return f"M{number(tip.x)} {number(tip.y)}L{back} {number(tip.y - 3.6)}L{back} {number(tip.y + 3.6)}z"


def _colour(theme: Theme, style: MessageStyle) -> Colour:
    match style:
        case MessageStyle.CALL | MessageStyle.ANSWER:
            return theme.request
        case MessageStyle.ASYNCHRONOUS:
            return theme.asynchronous
        case MessageStyle.TELEMETRY:
            return theme.observation.ink
        case _:
            assert_never(style)


def _dashes(style: MessageStyle) -> dict[str, Attribute]:
    match style:
        case MessageStyle.CALL:
            return {"stroke-width": 1.6}
        case MessageStyle.ANSWER:
            return {"stroke-width": 1.1, "stroke-dasharray": "5 3"}
        case MessageStyle.ASYNCHRONOUS:
            return {"stroke-width": 1.6, "stroke-dasharray": "7 4"}
        case MessageStyle.TELEMETRY:
            return {"stroke-width": 1.6, "stroke-dasharray": "0.1 4.2", "stroke-linecap": "round"}
        case _:
            assert_never(style)

"""A sequence diagram as one SVG document: who says what to whom, from the top down, with frames and bars."""

from collections.abc import Iterator
from typing import assert_never

from archspec.renderers import DEFAULT, Attribute, Colour, Palette, SceneNode, Theme, element, escape, number, wrap
from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.sequence import Message, MessageStyle, Participant, Sequence
from archspec.renderers.svg.nodes import Symbols, tile
from archspec.renderers.svg.parts import document, heading_markup, path_data, rectangle, text
from archspec.renderers.svg.sequence_plan import (
    BAR,
    BAR_STEP,
    HEAD_HEIGHT,
    HEAD_WIDTH,
    KIND,
    LABEL,
    LINE_HEIGHT,
    LOOP,
    MARGIN,
    NAME,
    TIME,
    Bar,
    PlacedFrame,
    SequencePlan,
    heading_of,
    plan_sequence,
    words_of,
)

TILE, TIP = 30.0, 8.0


def draw_sequence(
    sequence: Sequence, theme: Theme = DEFAULT, *, adapts: bool = True, with_font: bool = True, in_page: bool = False
) -> str:
    """The SVG text; see `svg.diagram.draw` for the options."""
    palette, symbols = Palette(adapts, in_page), Symbols(sequence.name)
    title, description, top = heading_of(sequence)
    plan = plan_sequence(sequence, top, max(title.width, description.width))
    messages = sequence.messages
    body = "".join(
        (
            heading_markup(palette, theme, title, description, MARGIN),
            *(_lifeline(palette, theme, plan, participant) for participant in sequence.participants),
            *(_bar(palette, theme, plan, bar) for bar in plan.bars),
            *(_frame(palette, theme, placed) for placed in plan.frames),
            *(_head(palette, theme, symbols, plan, participant) for participant in sequence.participants),
            *(_message(palette, theme, plan, index, m) for index, m in enumerate(messages)),
        )
    )
    told = "; ".join(f"{m.source} to {m.target}: {m.label}" for m in messages[:40])
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


def _lifeline(palette: Palette, theme: Theme, plan: SequencePlan, participant: Participant) -> str:
    x = number(plan.columns[participant.id])
    line_paint = palette.paint("lifeline", stroke=theme.border)
    ends = f"M{x} {number(plan.top + HEAD_HEIGHT)}V{number(plan.height - MARGIN)}"
    return element("path", line_paint | {"d": ends, "stroke-dasharray": "3 4", "fill": "none"})


def _head(palette: Palette, theme: Theme, symbols: Symbols, plan: SequencePlan, participant: Participant) -> str:
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


def _bar(palette: Palette, theme: Theme, plan: SequencePlan, bar: Bar) -> str:
    box = Box(plan.columns[bar.participant] - BAR + BAR_STEP * bar.depth, bar.top, 2 * BAR, bar.bottom - bar.top)
    return rectangle(palette.paint("bar", fill=theme.layer, stroke=theme.faint_text), box, 1.5, stroke_width=0.9)


def _frame(palette: Palette, theme: Theme, placed: PlacedFrame) -> str:
    """The outline, the kind in a corner cut off as UML does it, the guards, and lines between the sections."""
    box, tag = placed.box, placed.tag_width
    outline = palette.paint("frame", stroke=theme.faint_text) | {"fill": "none", "stroke-width": 1}
    corner = f"M{number(box.x)} {number(box.y)}h{number(tag)}v13l-6 7h{number(6 - tag)}z"
    parts = [
        rectangle(outline, box, 2),
        element("path", palette.paint("frame-tag", fill=theme.layer, stroke=theme.faint_text) | {"d": corner}),
        text(palette, "name", theme.text, placed.kind.value, box.x + 9, box.y + 14, KIND),
    ]
    for y in placed.partings:
        path = f"M{number(box.x)} {number(y)}H{number(box.right)}"
        parts.append(element("path", outline | {"d": path, "stroke-dasharray": "6 4"}))
    for guard in placed.guards:
        for row, words in enumerate(guard.words.lines):
            ground = Box(guard.x - 3, guard.y + row * LINE_HEIGHT - 11, guard.words.width + 6, LINE_HEIGHT)
            parts.append(rectangle(palette.paint("page", fill=theme.page), ground, 3))
            y = guard.y + row * LINE_HEIGHT
            parts.append(text(palette, "faint", theme.faint_text, words, guard.x, y, LABEL))
    return element("g", {"data-frame": placed.kind.value}, *parts)


def _message(palette: Palette, theme: Theme, plan: SequencePlan, index: int, message: Message) -> str:
    y = plan.rows[index]
    colour = theme.bad.ink if message.failed else _colour(theme, message.style)
    role = "failed" if message.failed else message.style.value
    stroke = palette.paint(f"message-{role}", stroke=colour) | {"fill": "none"} | _dashes(message.style)
    tip_colour = palette.paint(f"head-{role}", fill=colour)
    path, tip, forward = _way(plan, message, y)
    parts = [
        element("title", {}, escape(words_of(message))),
        element("path", stroke | {"d": path_data(path)}),
        element("path", tip_colour | {"d": _arrow_head(tip, forward)}),
        *_label(palette, theme, plan, index, message),
    ]
    if message.time:
        parts.append(text(palette, "faint", theme.faint_text, message.time, MARGIN, y + 4, TIME))
    return element("g", {"data-step": str(index + 1)}, *parts)


def _label(palette: Palette, theme: Theme, plan: SequencePlan, index: int, message: Message) -> Iterator[str]:
    """The words above the arrow, on a ground of the page's colour so that lifelines do not cross them."""
    block, y = plan.labels[index], plan.rows[index]
    start, end = plan.columns[message.source], plan.columns[message.target]
    if not block.lines:
        return
    is_loop = start == end
    middle = (start + end) / 2
    left = start + LOOP + plan.reach(message.source, y)[1] - 2 if is_loop else middle - block.width / 2
    first = y - 6 - LINE_HEIGHT * (len(block.lines) - 1) + (0 if not is_loop else 9)
    ground = Box(left - 3, first - 11, block.width + 6, LINE_HEIGHT * len(block.lines))
    yield rectangle(palette.paint("page", fill=theme.page), ground, 3)
    colour, role = (theme.bad.ink, "bad") if message.failed else (theme.text, "name")
    for row, words in enumerate(block.lines):
        x, anchor = (left, "start") if is_loop else (middle, "middle")
        yield text(palette, role, colour, words, x, first + row * LINE_HEIGHT, LABEL, anchor)


def _way(plan: SequencePlan, message: Message, y: float) -> tuple[tuple[Curve, ...], Point, float]:
    """The path, the arrow's tip and its direction (1: to the right); bars are met at their side."""
    start, end = plan.columns[message.source], plan.columns[message.target]
    from_left, from_right = plan.reach(message.source, y)
    to_left, to_right = plan.reach(message.target, y)
    if start == end:
        edge, out = start + from_right, start + from_right + LOOP
        bow = Curve(Point(edge, y - 10), Point(out, y - 10), Point(out, y + 8), Point(edge + TIP, y + 8))
        return (bow,), Point(edge + 1.5, y + 8), -1.0
    forward = 1.0 if end > start else -1.0
    start += from_right if forward > 0 else -from_left
    end += to_right if forward < 0 else -to_left
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

"""Cards: a tile with an icon, the name, a smaller line, and a stack with its count for replicas."""

from dataclasses import field
from typing import assert_never

from archspec.frozen import frozen
from archspec.model import Shape
from archspec.renderers import Box, Colour, Icon, Mark, Palette, PlacedNode, Reading, SceneNode, Theme, technology_icon
from archspec.renderers.card import (
    BADGE,
    DETAIL,
    DETAIL_LINE,
    NAME,
    NAME_LINE,
    PADDING,
    READING,
    READING_LINE,
    READING_SIDE,
    TILE,
    TILE_GAP,
    detail_of,
    reading_width,
)
from archspec.renderers.markup import Attribute, element, escape, number
from archspec.renderers.silhouette import above, family
from archspec.renderers.svg.outlines import front, layers, tone_of
from archspec.renderers.svg.parts import faint, rectangle, text
from archspec.renderers.text import Style, Weight, clean, shorten, width

ICON, GLYPH = 24.0, 24.0
TILE_RADIUS = 8.0
MUTED = 0.55
SIGN = Style(14, Weight.SEMIBOLD)
SAFE_SCHEMES = ("https:", "http:", "mailto:")


@frozen(slots=False)
class Symbols:
    """Icons used in one picture, each embedded once. `prefix` keeps their ids apart from other pictures'."""

    prefix: str
    used: dict[str, Icon] = field(default_factory=dict)

    def reference(self, icon: Icon) -> str:
        """The id to use the icon by."""
        id_ = f"{self.prefix}-icon-{icon.module.replace('.', '-')}-{icon.name}".lower()
        self.used[id_] = icon
        return id_

    def definitions(self) -> str:
        """The <symbol>s."""
        from base64 import b64encode

        return "".join(
            element(
                "symbol",
                {"id": id_, "viewBox": "0 0 24 24"},
                element(
                    "image",
                    {
                        "width": 24,
                        "height": 24,
                        "href": f"data:image/png;base64,{b64encode(icon.file.read_bytes()).decode()}",
                    },
                ),
            )
            for id_, icon in sorted(self.used.items())
        )


def node_markup(palette: Palette, theme: Theme, symbols: Symbols, placed: PlacedNode, *, marks: bool = False) -> str:
    """One card as a group that carries the node's id."""
    node = placed.node
    parts = [
        element("title", {}, escape(tool_tip(node))),
        *layers(palette, theme, placed),
        front(palette, theme, placed),
        tile(palette, theme, symbols, node, _tile_box(placed)),
        *_texts(palette, theme, placed),
    ]
    if node.reading:
        parts.append(_reading(palette, theme, placed, node.reading))
    if node.replicas > 1:
        parts.append(_badge(palette, theme, placed))
    if node.mark:
        parts.append(_sign(palette, theme, placed.card, node.mark))
    attributes: dict[str, Attribute] = {
        "id": f"{symbols.prefix}-{node.id}",
        "data-id": node.id,
        "data-kind": node.kind or None,
        **faint(node.mark, marks=marks),
        "data-at": _place(placed.card),
        "data-holds": " ".join(node.holds) or None,
    }
    url = next((link.url for link in node.links if link.url.lower().startswith(SAFE_SCHEMES)), None)
    body = "".join(parts)
    return element("g", attributes, element("a", {"href": url, "target": "_top"}, body) if url else body)


def _place(card: Box) -> str:
    """The middle of a card and its breadth, for the next picture to keep them."""
    return f"{number(card.centre.x)} {number(card.centre.y)} {number(card.width)}"


def tool_tip(node: SceneNode) -> str:
    """All that is known of the node, in a few lines."""
    lines = [node.label or node.id, detail_of(node)]
    if node.replicas > 1:
        lines.append(f"{node.replicas} replicas")
    if node.reading:
        lines.append(node.reading.note or node.reading.text)
    lines.append(node.description)
    lines.extend(f"{link.title}: {link.url}" for link in node.links)
    return "\n".join(line for line in lines if line)


def _tile_box(placed: PlacedNode) -> Box:
    return Box(placed.card.x + PADDING, _middle(placed) - TILE / 2, TILE, TILE)


def _middle(placed: PlacedNode) -> float:
    """The y of the middle of what is written on a card."""
    return placed.card.centre.y + above(family(placed.node)) / 2


def tile(palette: Palette, theme: Theme, symbols: Symbols, node: SceneNode, box: Box) -> str:
    """The icon of a node's technology or kind on a pale ground, else our own glyph on the family's colour."""
    opacity = MUTED if node.muted else None
    size = min(ICON, box.width - 8)
    x, y = box.centre.x - size / 2, box.centre.y - size / 2
    icon = None if node.members else technology_icon(node.technology)
    tone, shape = theme.tone(node.shape), tone_of(node.shape)
    if icon:  # icons are made for light pages, so that their ground stays light
        ground = palette.paint(f"icon-{shape}", fill=Colour(tone.ground.light, tone.ground.light))
        use: dict[str, Attribute] = {"href": f"#{symbols.reference(icon)}", "x": x, "y": y, "width": size}
        return rectangle(ground, box, TILE_RADIUS) + element("use", use | {"height": size, "opacity": opacity})
    ground = palette.paint(f"tile-{shape}", fill=tone.ground)
    scale = f" scale({number(size / GLYPH)})" if size != GLYPH else ""
    stroke = palette.paint(f"glyph-{shape}", stroke=tone.ink) | {
        "d": glyph(node.shape),
        "transform": f"translate({number(x)} {number(y)}){scale}",
        "fill": "none",
        "stroke-width": 1.6,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    return rectangle(ground, box, TILE_RADIUS, opacity=opacity) + element("path", stroke)


def _texts(palette: Palette, theme: Theme, placed: PlacedNode) -> list[str]:
    card = placed.card
    left = card.x + PADDING + TILE + TILE_GAP
    height = NAME_LINE * len(placed.name.lines) + DETAIL_LINE * len(placed.detail.lines)
    y = _middle(placed) - (height + (READING_LINE if placed.node.reading else 0)) / 2
    colour = theme.faint_text if placed.node.muted else theme.text
    role = "faint" if placed.node.muted else "name"
    parts = []
    for line in placed.name.lines:
        parts.append(text(palette, role, colour, line, left, y + 13.5, NAME))
        y += NAME_LINE
    for line in placed.detail.lines:
        parts.append(text(palette, "faint", theme.faint_text, line, left, y + 11.5, DETAIL))
        y += DETAIL_LINE
    return parts


def _reading(palette: Palette, theme: Theme, placed: PlacedNode, reading: Reading) -> str:
    """What an overlay says, in a pill below the words."""
    card, height = placed.card, NAME_LINE * len(placed.name.lines) + DETAIL_LINE * len(placed.detail.lines)
    top = _middle(placed) + (height - READING_LINE) / 2 + 3
    box = Box(card.x + PADDING + TILE + TILE_GAP, top, reading_width(placed.node), READING_LINE - 4)
    words = shorten(clean(reading.text), box.width - 2 * READING_SIDE + 0.5, READING)
    ink = palette.paint(f"pill-{reading.tint.value}", fill=theme.tint(reading.tint).ink)
    left = box.x + READING_SIDE
    return rectangle(ink, box, 8.5) + text(palette, "sign", theme.page, words, left, box.centre.y + 4, READING)


def _badge(palette: Palette, theme: Theme, placed: PlacedNode) -> str:
    content = f"×{placed.node.replicas}"
    length = width(content, BADGE) + 12
    box = Box(placed.card.right - length - 8, placed.card.y - 8, length, 17)
    ground = palette.paint("badge", fill=theme.badge)
    return rectangle(ground, box, 8.5) + text(
        palette, "badge-text", theme.badge_text, content, box.centre.x, box.centre.y + 4, BADGE, "middle"
    )


def _sign(palette: Palette, theme: Theme, card: Box, mark: Mark) -> str:
    """The mark in words of one letter, on the card's corner."""
    box = Box(card.x - 9, card.y - 9, 18, 18)
    ground = palette.paint(f"sign-{mark.value}", fill=theme.mark(mark))
    middle = box.centre
    return rectangle(ground, box, 9) + text(
        palette, "sign", theme.page, mark.sign, middle.x, middle.y + 4.5, SIGN, "middle"
    )


def glyph(shape: Shape) -> str:
    """SVG path data, to be stroked with 1.6 px and round caps.

    >>> all(glyph(shape).startswith("M") for shape in Shape)
    True
    """
    match shape:
        case Shape.PERSON:
            return "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5z"
        case Shape.DEVICE:
            return "M4 5.5h16v10.5h-16zM9 20h6M12 16v4"
        case Shape.EDGE_NETWORK:
            return "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17"
        case Shape.BALANCER:
            return (
                "M3 12h6M9 12l6-6.5h5.5M9 12h11.5M9 12l6 6.5h5.5"
                "M18 3l2.5 2.5l-2.5 2.5M18 9.5l2.5 2.5l-2.5 2.5M18 16l2.5 2.5l-2.5 2.5"
            )
        case Shape.SERVER:
            return "M4 4h16v7h-16zM4 13h16v7h-16zM7.5 7.5h.01M7.5 16.5h.01M11 7.5h5.5M11 16.5h5.5"
        case Shape.WORKER:
            return (
                "M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M12 3v3.5M12 17.5v3.5M3 12h3.5M17.5 12h3.5"
                "M5.6 5.6l2.5 2.5M15.9 15.9l2.5 2.5M18.4 5.6l-2.5 2.5M8.1 15.9l-2.5 2.5"
            )
        case Shape.FUNCTION:
            return "M5.5 3.5h3.5l8 17h2.5M11.5 9.5l-6 11"
        case Shape.STORE:
            return "M4.5 6a7.5 2.8 0 1 0 15 0a7.5 2.8 0 1 0-15 0v12a7.5 2.8 0 0 0 15 0v-12M4.5 12a7.5 2.8 0 0 0 15 0"
        case Shape.CACHE:
            return "M13 3l-8 10.5h6l-1 7.5l8.5-11h-6z"
        case Shape.QUEUE:
            return "M3 7h18v10h-18M8 7v10M13 7v10M18 7v10"
        case Shape.CLOUD:
            return "M7 18.5a4.3 4.3 0 0 1-.5-8.6a5.7 5.7 0 0 1 11-.9a4.8 4.8 0 0 1-.5 9.5z"
        case Shape.OBSERVER:
            return "M3 20.5h18M3 3.5v17M6.5 15l4-5l3.5 3l5.5-7"
        case Shape.CHANNEL:
            return "M5.5 16.5c1.5-1.5 1.5-3 1.5-6a5 5 0 0 1 10 0c0 3 0 4.5 1.5 6zM10 19.5a2.1 2.1 0 0 0 4 0"
        case Shape.DELIVERY:
            return "M12 3l8.5 4.5v9l-8.5 4.5l-8.5-4.5v-9zM3.5 7.5l8.5 4.5l8.5-4.5M12 12v9"
        case _:
            assert_never(shape)

"""Cards: a tile with an icon, the name, a smaller line, and a stack with its count for replicas."""

from dataclasses import field

from archspec.frozen import frozen
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
from archspec.renderers.glyphs import glyph
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

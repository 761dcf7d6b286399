"""The outlines of cards: that of its family, the layers behind it, its lid, mouth or bar."""

from collections.abc import Mapping

from archspec.model import Shape
from archspec.renderers import STACK, Attribute, Box, Colour, PlacedNode, Theme, Tint, element, number
from archspec.renderers.silhouette import Family, family, ornament, outline, radius, shape_of
from archspec.renderers.svg.paint import Palette, both
from archspec.renderers.svg.parts import MARKED, path_data, rectangle

LINE, WITHIN, DOT = 1.4, 3.5, 3.0
"""px: the width of an outline, how far inside it the second one of several runs, the breadth of a window's dots."""


def layers(palette: Palette, theme: Theme, placed: PlacedNode) -> list[str]:
    """The cards behind the front one, the hindmost first."""
    paint = both(palette.paint("layer", fill=theme.layer), _line(palette, theme, placed.node.shape))
    kind = family(placed.node)
    return [outlined(paint, kind, placed.card.moved(STACK * i, STACK * i)) for i in range(placed.layers, 0, -1)]


def front(palette: Palette, theme: Theme, placed: PlacedNode) -> str:
    """The front card: as its mark says, else as what is laid over it says, else as its family is drawn."""
    node, kind = placed.node, family(placed.node)
    look: dict[str, Attribute] = {"stroke-width": LINE, "stroke-dasharray": None if node.is_ours else "5 3"}
    if node.mark:
        paint = palette.paint(f"card-{node.mark.value}", fill=theme.card, stroke=theme.mark(node.mark))
        rim = palette.paint(f"rim-{node.mark.value}", stroke=theme.mark(node.mark)) | {"fill": "none"}
        return outlined(paint, kind, placed.card, MARKED[node.mark]) + _rim(rim, kind, placed.card)
    if node.reading:
        role, colours = tinted(theme, node.reading.tint)
        rim = palette.paint(f"rim-{role}", stroke=colours["stroke"]) | {"fill": "none"}
        tinted_card = outlined(palette.paint(role, **colours), kind, placed.card, {**look, "stroke-width": 2})
        return tinted_card + _rim(rim, kind, placed.card)
    paint = both(palette.paint("card", fill=theme.card), _line(palette, theme, node.shape))
    return outlined(paint, kind, placed.card, look) + ornamented(palette, theme, kind, node.shape, placed.card)


def ornamented(palette: Palette, theme: Theme, kind: Family, shape: Shape, box: Box) -> str:
    """The lid, mouth or bar in the family's colour; the second outline of a box of several."""
    line = _line(palette, theme, shape)
    if kind is Family.SEVERAL:
        return _rim(line | {"fill": "none"}, kind, box)
    if not ornament(kind, box):
        return ""
    paint = both(palette.paint(f"lid-{tone_of(shape)}", fill=theme.tone(shape).ground), line)
    return _rim(paint, kind, box) + _dots(line, kind, box)


def _rim(paint: dict[str, Attribute], kind: Family, box: Box) -> str:
    """The line round a lid, mouth or bar, or within the outline of several; nothing for most."""
    if kind is Family.SEVERAL:
        return outlined(paint, kind, box.grown(-min(WITHIN, box.height / 6)))
    curves = ornament(kind, box)
    return element("path", paint | {"d": f"{path_data(curves)}z", "stroke-width": LINE}) if curves else ""


def _dots(line: dict[str, Attribute], kind: Family, box: Box) -> str:
    """What makes a bar the bar of a window."""
    corner = radius(kind, box)
    if kind is not Family.CLIENT or corner < 2 * DOT:
        return ""
    ways = (f"M{number(box.x + corner + 2 * DOT * i)} {number(box.y + corner / 2)}h.01" for i in range(3))
    return element("path", line | {"d": "".join(ways), "stroke-width": DOT, "stroke-linecap": "round"})


def outlined(paint: dict[str, Attribute], kind: Family, box: Box, look: Mapping[str, Attribute] | None = None) -> str:
    """The outline of a family round a box."""
    corner = radius(kind, box)
    if corner:
        return rectangle(paint | dict(look or {}), box, corner)
    return element("path", paint | {"d": f"{path_data(outline(kind, box))}z"} | dict(look or {}))


def family_sample(palette: Palette, theme: Theme, kind: Family, box: Box) -> str:
    """A small card for the legend."""
    shape = shape_of(kind)
    paint = both(palette.paint("ground", fill=theme.card), _line(palette, theme, shape))
    dashed = "5 3" if kind is Family.EXTERNAL else None
    look: dict[str, Attribute] = {"stroke-width": LINE, "stroke-dasharray": dashed}
    return outlined(paint, kind, box, look) + ornamented(palette, theme, kind, shape, box)


def tinted(theme: Theme, tint: Tint) -> tuple[str, dict[str, Colour]]:
    """The role and the colours of what an overlay lays on cards."""
    tone = theme.tint(tint)
    return f"tint-{tint.value}", {"fill": tone.ground, "stroke": tone.ink}


def tone_of(shape: Shape) -> str:
    """A shape as part of the name of a role."""
    return shape.name.lower().replace("_", "-")


def _line(palette: Palette, theme: Theme, shape: Shape) -> dict[str, Attribute]:
    return palette.paint(f"outline-{tone_of(shape)}", stroke=theme.outline(shape))

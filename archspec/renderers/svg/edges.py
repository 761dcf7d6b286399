"""Lines, arrow heads and the plates that carry labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import hypot

from archspec.renderers import Box, Curve, Palette, PlacedEdge, Plate, Point, Style, Theme, Weight
from archspec.renderers.layout.kept import label_at, via
from archspec.renderers.layout.plan import LABEL, LABEL_LINE, STEP_SIZE
from archspec.renderers.markup import Attribute, element, escape, number
from archspec.renderers.scene import EdgeStyle, Mark, SceneEdge
from archspec.renderers.svg.parts import MARKED, faint, path_data, rectangle, text

STEP = Style(11, Weight.SEMIBOLD)
PLATE_RADIUS = 9.0
"""No plate is lower than a step's disc, which is twice as high."""
TIP_LENGTH, TIP_HALF, TIP_GAP = 8.0, 3.6, 1.5
MUTED, CHORDS = 0.45, 16
LINE: Mapping[EdgeStyle, Mapping[str, Attribute]] = {
    EdgeStyle.REQUEST: {"stroke-width": 1.6},
    EdgeStyle.ASYNCHRONOUS: {"stroke-width": 1.6, "stroke-dasharray": "7 4"},
    EdgeStyle.TELEMETRY: {"stroke-width": 1.6, "stroke-dasharray": "0.1 4.2", "stroke-linecap": "round"},
    EdgeStyle.DELIVERY: {"stroke-width": 1},
}


def edge_line(
    palette: Palette, theme: Theme, placed: PlacedEdge, *, marks: bool = False, ends_in_bundle: bool = False
) -> str:
    """The line with its arrow head. Dashes of lines that end together are counted from there, so that they lie on one
    another.
    """
    edge = placed.edge
    back = _backwards(placed.tip_from, placed.tip)
    tip = _moved(placed.tip, back, TIP_GAP)
    line, head = _paint(palette, theme, edge.mark or edge.style)
    path = [*placed.path[:-1], _shortened(placed.path[-1], back, TIP_GAP + TIP_LENGTH - 1)]
    heads = [_triangle(tip, back)]
    if edge.is_both_ways:
        first = _turned(path[0])
        out = _backwards(first.start if first.is_straight else first.control_2, first.end)
        heads.append(_triangle(_moved(first.end, out, TIP_GAP), out))
        path[0] = _turned(_shortened(first, out, TIP_GAP + TIP_LENGTH - 1))
    words = edge.description or edge.label
    group: dict[str, Attribute] = {
        "data-source": edge.source,
        "data-target": edge.end,
        "data-style": edge.style.value,
        "data-both": "true" if edge.is_both_ways else None,
        "data-via": None if edge.is_loop else _places(via(placed)),
        "data-label": _places([at]) if (at := label_at(placed)) and not edge.is_loop else None,
        "opacity": MUTED if edge.muted and not edge.mark else None,
        **faint(edge.mark, marks=marks),
    }
    between = f"{edge.source} {'and' if edge.is_both_ways else 'to'} {edge.end}"
    return element(
        "g",
        group,
        element("title", {}, escape(between + (f": {words}" if words else ""))),
        element("path", {**line, "d": path_data(path), **(_phase(line, path) if ends_in_bundle else {})}),
        element("path", head | {"d": "".join(heads)}),
    )


def _phase(line: Mapping[str, Attribute], path: Sequence[Curve]) -> Mapping[str, Attribute]:
    """Where in the pattern of its dashes a line starts that is to end at the end of one."""
    period = sum(float(each) for each in str(line.get("stroke-dasharray") or "").split())
    if not period:
        return {}
    length = sum(hypot(b.x - a.x, b.y - a.y) for curve in path for a, b in pairwise(curve.points(CHORDS)))
    return {"stroke-dashoffset": -length % period}


def _places(points: Iterable[Point]) -> str:
    """Where a line runs, for the next picture to keep it."""
    return " ".join(f"{number(point.x)} {number(point.y)}" for point in points)


def plate_markup(palette: Palette, theme: Theme, plate: Plate, edge: SceneEdge, *, marks: bool = False) -> str:
    """The label on its plate, with the step's number before it."""
    box = plate.box
    ground = palette.paint("plate", fill=theme.plate, stroke=theme.plate_border)
    under = rectangle(ground, box, PLATE_RADIUS)
    parts = []
    left = box.x
    if plate.step:
        width = STEP_SIZE + max(0, len(plate.step) - 2) * 6
        colour = theme.line(edge.style)
        disc = Box(box.x, box.y, width, box.height)
        parts.append(rectangle(palette.paint(f"step-{edge.style.value}", fill=colour), disc, PLATE_RADIUS))
        middle = disc.centre
        parts.append(text(palette, "step", theme.page, plate.step, middle.x, middle.y + 4, STEP, "middle"))
        left += width
    centre = left + (box.right - left) / 2
    first = box.centre.y - LABEL_LINE * (len(plate.text.lines) - 1) / 2 + 4
    for index, line in enumerate(plate.text.lines):
        parts.append(text(palette, "label", theme.text, line, centre, first + index * LABEL_LINE, LABEL, "middle"))
    content = "".join(parts)
    return under + (element("g", faint(edge.mark, marks=marks), content) if marks else content)


def _paint(
    palette: Palette, theme: Theme, style: EdgeStyle | Mark
) -> tuple[dict[str, Attribute], dict[str, Attribute]]:
    """The attributes of a line and of its tip."""
    colour = theme.mark(style) if isinstance(style, Mark) else theme.line(style)
    look = MARKED[style] if isinstance(style, Mark) else LINE[style]
    line = palette.paint(f"line-{style.value}", stroke=colour) | {"fill": "none"} | dict(look)
    return line, palette.paint(f"tip-{style.value}", fill=colour)


def _backwards(tip_from: Point, tip: Point) -> Point:
    """The unit vector from the tip back along the line."""
    dx, dy = tip_from.x - tip.x, tip_from.y - tip.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return Point(dx / length, dy / length)


def _moved(point: Point, way: Point, distance: float) -> Point:
    return Point(point.x + way.x * distance, point.y + way.y * distance)


def _shortened(curve: Curve, back: Point, by: float) -> Curve:
    return replace(curve, control_2=_moved(curve.control_2, back, by), end=_moved(curve.end, back, by))


def _turned(curve: Curve) -> Curve:
    return Curve(curve.end, curve.control_2, curve.control_1, curve.start)


def _triangle(tip: Point, back: Point) -> str:
    base = _moved(tip, back, TIP_LENGTH)
    side = Point(-back.y, back.x)
    corners = (tip, _moved(base, side, TIP_HALF), _moved(base, side, -TIP_HALF))
    return "M" + "L".join(f"{number(p.x)} {number(p.y)}" for p in corners) + "z"


def sample(palette: Palette, theme: Theme, style: EdgeStyle | Mark, x: float, y: float, length: float) -> str:
    """A short horizontal line for the legend."""
    line, head = _paint(palette, theme, style)
    tip = Point(x + length, y)
    return element("path", line | {"d": f"M{number(x)} {number(y)}H{number(x + length - 7)}"}) + element(
        "path", head | {"d": _triangle(tip, Point(-1.0, 0.0))}
    )

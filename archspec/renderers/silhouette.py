"""What a card's outline says: the family of what it stands for, so that a glance tells a store from a service."""

from enum import Enum
from math import sqrt
from typing import assert_never

from archspec.model import Shape
from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.scene import SceneNode

CORNER, ROUND, CAP, MOUTH, CUT = 10.0, 30.0, 5.0, 4.0, 12.0
"""px: how round the corners of a card are, and of a person's; half the depth of a lid, of a mouth; of a cut corner or a
point. Less in samples that are smaller than a card.
"""
ARC = 0.5523
"""Where the control points of a quarter of an ellipse lie, as a share of its half axes."""


class Family(Enum):
    """Families in the order of a legend, by the names that it gives them; each has an outline of its own, but for those
    that do not take part in requests.
    """

    PERSON = "person"
    CLIENT = "client"
    EDGE = "edge"
    SERVER = "server or worker"
    STORE = "store"
    QUEUE = "queue or topic"
    EXTERNAL = "external"
    OBSERVER = "observability"
    CHANNEL = "notifications"
    DELIVERY = "code and artifacts"
    SEVERAL = "several components"


class Side(Enum):
    """A side of a card, where an edge ends."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"


def family(node: SceneNode) -> Family:
    """The family of a card."""
    return Family.SEVERAL if node.members else family_of(node.shape)


def family_of(shape: Shape) -> Family:
    """The family of a shape."""
    match shape:
        case Shape.PERSON:
            return Family.PERSON
        case Shape.DEVICE:
            return Family.CLIENT
        case Shape.EDGE_NETWORK | Shape.BALANCER:
            return Family.EDGE
        case Shape.SERVER | Shape.WORKER | Shape.FUNCTION:
            return Family.SERVER
        case Shape.STORE | Shape.CACHE:
            return Family.STORE
        case Shape.QUEUE:
            return Family.QUEUE
        case Shape.CLOUD:
            return Family.EXTERNAL
        case Shape.OBSERVER:
            return Family.OBSERVER
        case Shape.CHANNEL:
            return Family.CHANNEL
        case Shape.DELIVERY:
            return Family.DELIVERY
        case _:
            assert_never(shape)


def shape_of(kind: Family) -> Shape:
    """A shape of the family, to draw a sample of it."""
    return next((shape for shape in Shape if family_of(shape) is kind), Shape.SERVER)


def radius(kind: Family, box: Box) -> float:
    """How round the corners are, in px; 0 where the outline is no rounded rectangle."""
    match kind:
        case Family.PERSON:
            return min(ROUND, box.height / 2)
        case Family.STORE | Family.QUEUE | Family.EDGE | Family.EXTERNAL:
            return 0.0
        case _:
            return min(CORNER, box.height / 4)


def above(kind: Family) -> float:
    """How much higher a card is for what is painted at its top, in px."""
    return {Family.CLIENT: 8.0, Family.STORE: 6.0}.get(kind, 0.0)


def outline(kind: Family, box: Box) -> tuple[Curve, ...]:
    """The closed outline of a card, clockwise from its top left."""
    match kind:
        case Family.STORE:
            return _upright(box)
        case Family.QUEUE:
            return _lying(box)
        case Family.EDGE:
            return _pointed(box, _cut(box))
        case Family.EXTERNAL:
            return _cornered(box, _cut(box))
        case _:
            return _rounded(box, radius(kind, box))


def ornament(kind: Family, box: Box) -> tuple[Curve, ...]:
    """What is painted in the family's colour within the outline: the lid of a store, the mouth of a queue, a window's
    bar; nothing for most.
    """
    match kind:
        case Family.STORE:
            return _ellipse(Box(box.x, box.y, box.width, 2 * _cap(box)))
        case Family.QUEUE:
            return _ellipse(Box(box.right - 2 * _mouth(box), box.y, 2 * _mouth(box), box.height))
        case Family.CLIENT:
            return _bar(box)
        case _:
            return ()


def inset(kind: Family, box: Box, side: Side, at: float) -> float:
    """How far inside the box its outline runs at this x (of the top and bottom) or y (of the other sides), in px."""
    is_level = side in (Side.TOP, Side.BOTTOM)
    low, high = (box.x, box.right) if is_level else (box.y, box.bottom)
    corner, cut, round_ = max(0.0, min(at - low, high - at)), _cut(box), radius(kind, box)
    away = 1 - 2 * corner / (high - low)  # 0 in the middle of the side, 1 at its corners
    match kind:
        case Family.STORE:
            return _cap(box) * (1 - sqrt(1 - away * away)) if is_level else 0.0
        case Family.QUEUE:
            return 0.0 if is_level else _mouth(box) * (1 - sqrt(1 - away * away))
        case Family.EDGE:
            return max(0.0, cut - corner) * box.height / (2 * cut) if is_level else cut * away
        case Family.EXTERNAL:
            return max(0.0, cut - corner)
        case _:
            missing = max(0.0, round_ - corner)
            return round_ - sqrt(round_ * round_ - missing * missing)


def _cap(box: Box) -> float:
    return min(CAP, box.height / 6)


def _mouth(box: Box) -> float:
    return min(MOUTH, box.height / 6)


def _cut(box: Box) -> float:
    return min(CUT, box.height / 4)


def _pointed(box: Box, cut: float) -> tuple[Curve, ...]:
    upper = ((box.x, box.centre.y), (box.x + cut, box.y), (box.right - cut, box.y))
    return _polygon(*upper, (box.right, box.centre.y), (box.right - cut, box.bottom), (box.x + cut, box.bottom))


def _cornered(box: Box, cut: float) -> tuple[Curve, ...]:
    left, right, top, low = box.x + cut, box.right - cut, box.y + cut, box.bottom - cut
    upper = ((box.x, top), (left, box.y), (right, box.y), (box.right, top))
    return _polygon(*upper, (box.right, low), (right, box.bottom), (left, box.bottom), (box.x, low))


def _polygon(*corners: tuple[float, float]) -> tuple[Curve, ...]:
    points = [Point(*corner) for corner in corners]
    return tuple(line(a, b) for a, b in zip(points, [*points[1:], points[0]], strict=True))


def _quarter(start: Point, end: Point, *, leaves_level: bool) -> Curve:
    """A quarter of an ellipse, which leaves its start level or upright."""
    dx, dy = (end.x - start.x) * ARC, (end.y - start.y) * ARC
    if leaves_level:
        return Curve(start, Point(start.x + dx, start.y), Point(end.x, end.y - dy), end)
    return Curve(start, Point(start.x, start.y + dy), Point(end.x - dx, end.y), end)


def _joined(*points: tuple[float, float, str]) -> tuple[Curve, ...]:
    """A closed outline through points, of which each says how the way to the next one begins: `-` a straight line, `x`
    a curve that leaves level, `y` one that leaves upright.
    """
    found: list[Curve] = []
    for (x, y, way), (next_x, next_y, _) in zip(points, [*points[1:], points[0]], strict=True):
        start, end = Point(x, y), Point(next_x, next_y)
        found.append(line(start, end) if way == "-" else _quarter(start, end, leaves_level=way == "x"))
    return tuple(found)


def _ellipse(box: Box) -> tuple[Curve, ...]:
    middle = box.centre
    return _joined(
        (box.x, middle.y, "y"), (middle.x, box.y, "x"), (box.right, middle.y, "y"), (middle.x, box.bottom, "x")
    )


def _upright(box: Box) -> tuple[Curve, ...]:
    top, low, middle = box.y + _cap(box), box.bottom - _cap(box), box.centre.x
    upper = ((box.x, top, "y"), (middle, box.y, "x"), (box.right, top, "-"))
    return _joined(*upper, (box.right, low, "y"), (middle, box.bottom, "x"), (box.x, low, "-"))


def _lying(box: Box) -> tuple[Curve, ...]:
    left, right, middle = box.x + _mouth(box), box.right - _mouth(box), box.centre.y
    upper = ((left, box.y, "-"), (right, box.y, "x"), (box.right, middle, "y"))
    return _joined(*upper, (right, box.bottom, "-"), (left, box.bottom, "x"), (box.x, middle, "y"))


def _rounded(box: Box, corner: float) -> tuple[Curve, ...]:
    left, right, top, low = box.x + corner, box.right - corner, box.y + corner, box.bottom - corner
    upper = ((left, box.y, "-"), (right, box.y, "x"), (box.right, top, "-"))
    lower = ((box.right, low, "y"), (right, box.bottom, "-"))
    return _joined(*upper, *lower, (left, box.bottom, "x"), (box.x, low, "-"), (box.x, top, "y"))


def _bar(box: Box) -> tuple[Curve, ...]:
    corner = radius(Family.CLIENT, box)
    left, right, low = box.x + corner, box.right - corner, box.y + corner
    return _joined((left, box.y, "-"), (right, box.y, "x"), (box.right, low, "-"), (box.x, low, "y"))

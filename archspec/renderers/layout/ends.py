"""Edges led on from the box of a card to its outline, which bows or comes to a point."""

from dataclasses import replace

from archspec.renderers import STACK, Card, SceneNode
from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.silhouette import Side, family, inset

INTO = {Side.TOP: (0, 1), Side.RIGHT: (-1, 0), Side.BOTTOM: (0, -1), Side.LEFT: (1, 0)}
"""The direction from a side into the card."""


def side_of(solid: Box, end: Point) -> Side:
    """The side of a card's box that a point on its border lies on."""
    far = {
        Side.TOP: abs(end.y - solid.y),
        Side.RIGHT: abs(end.x - solid.right),
        Side.BOTTOM: abs(end.y - solid.bottom),
        Side.LEFT: abs(end.x - solid.x),
    }
    return min(far, key=lambda side: far[side])


def missing(node: SceneNode, front: Box, layers: int, side: Side, end: Point) -> float:
    """How far it is from the box of a card with its layers to the outline there, in px: at its right and below it is
    that of the last layer.
    """
    depth = STACK * layers if side in (Side.RIGHT, Side.BOTTOM) else 0.0
    at = end.x if side in (Side.TOP, Side.BOTTOM) else end.y
    return inset(family(node), front.moved(depth, depth), side, at)


def touching(
    path: tuple[Curve, ...], source: tuple[SceneNode, Card, Box], target: tuple[SceneNode, Card, Box]
) -> tuple[Curve, ...]:
    """The path from outline to outline; `source` and `target` are a node, its card, and the box of both."""
    curves = [*path[:-1], _led_on(path[-1], *target)]
    return (_turned(_led_on(_turned(curves[0]), *source)), *curves[1:])


def _led_on(last: Curve, node: SceneNode, card: Card, outer: Box) -> Curve:
    side = side_of(card.solid(outer), last.end)
    far = missing(node, card.front(outer), card.layers, side, last.end)
    if not far:
        return last
    dx, dy = INTO[side]
    end = Point(last.end.x + far * dx, last.end.y + far * dy)
    return line(last.start, end) if last.is_straight else replace(last, end=end)


def _turned(curve: Curve) -> Curve:
    return Curve(curve.end, curve.control_2, curve.control_1, curve.start)

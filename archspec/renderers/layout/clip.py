"""Edges to a frame: routed to a card that stands in it, and cut off where they meet its border."""

from archspec.renderers.geometry import Box, Curve, Point, line

HALVINGS = 30


def clipped(path: tuple[Curve, ...], frame: Box) -> tuple[Curve, ...]:
    """The path up to where it comes into the frame for the last time; all of it where it never comes from outside."""
    for index in range(len(path) - 1, -1, -1):
        curve = path[index]
        if not frame.contains(curve.start):
            return (*path[:index], _until(curve, frame)) if frame.contains(curve.end) else path
    return path


def _until(curve: Curve, frame: Box) -> Curve:
    """The part of a curve that lies outside the frame that it ends in."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if frame.contains(curve.at(middle)) else (middle, high)
    found = _part(curve, high)
    return line(found.start, found.end) if curve.is_straight else found


def _part(curve: Curve, share: float) -> Curve:
    """The first part of a curve, by de Casteljau's construction."""
    a, b, c = (
        _between(*ends, share)
        for ends in (
            (curve.start, curve.control_1),
            (curve.control_1, curve.control_2),
            (curve.control_2, curve.end),
        )
    )
    ab, bc = _between(a, b, share), _between(b, c, share)
    return Curve(curve.start, a, ab, _between(ab, bc, share))


def _between(one: Point, other: Point, share: float) -> Point:
    return Point(one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)

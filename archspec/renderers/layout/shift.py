"""Moving a finished picture: everything by the same distance."""

from dataclasses import replace

from archspec.renderers import Curve, PlacedBoundary, PlacedEdge, PlacedNode, Point


def node(placed: PlacedNode, dx: float, dy: float) -> PlacedNode:
    """The node elsewhere."""
    return replace(placed, box=placed.box.moved(dx, dy), card=placed.card.moved(dx, dy))


def boundary(placed: PlacedBoundary, dx: float, dy: float) -> PlacedBoundary:
    """The boundary and its title elsewhere."""
    return replace(placed, box=placed.box.moved(dx, dy), title_box=placed.title_box.moved(dx, dy))


def edge(placed: PlacedEdge, dx: float, dy: float) -> PlacedEdge:
    """The edge and its label elsewhere."""
    plate = placed.plate
    return replace(
        placed,
        path=tuple(_curve(curve, dx, dy) for curve in placed.path),
        tip=_point(placed.tip, dx, dy),
        tip_from=_point(placed.tip_from, dx, dy),
        plate=replace(plate, box=plate.box.moved(dx, dy)) if plate else None,
    )


def _curve(curve: Curve, dx: float, dy: float) -> Curve:
    return Curve(*(_point(p, dx, dy) for p in (curve.start, curve.control_1, curve.control_2, curve.end)))


def _point(point: Point, dx: float, dy: float) -> Point:
    return Point(point.x + dx, point.y + dy)

"""How good a layout is, in numbers: what readers of diagrams complain of, counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from archspec.frozen import frozen
from archspec.renderers import Box, PlacedEdge, PlacedScene, Point
from archspec.renderers.layout.grid import Grid
from archspec.renderers.layout.lines import are_bundled

TOUCH, CHORDS = 0.5, 6


@frozen
class Quality:
    """Counts of faults, and what the eye has to follow.

    `crossings`: pairs of edges that cross, each place counted. `edges_through_nodes`: edges that run
    over a card that is not their end. `label_overlaps`: labels that lie over another label, a card, a
    title, or another edge. `title_overlaps`: titles of boundaries over a card, or under an edge.
    `strange_frames`: edges that run through a frame which holds neither of their ends.
    `bends`: changes of direction. `edge_length` in px, `area` in px², `aspect` = width over height.
    """

    crossings: int
    edges_through_nodes: int
    label_overlaps: int
    title_overlaps: int
    strange_frames: int
    bends: int
    edge_length: float
    area: float
    aspect: float


@frozen
class _Stroke:
    """One straight piece of an edge, with the box round it."""

    edge: int
    start: Point
    end: Point
    box: Box


def quality(placed: PlacedScene) -> Quality:
    """The figures of a placed scene."""
    strokes = [stroke for index, edge in enumerate(placed.edges) for stroke in _strokes(index, edge)]
    return Quality(
        crossings=_crossings(strokes),
        edges_through_nodes=_through_nodes(placed, strokes),
        label_overlaps=_label_overlaps(placed, strokes),
        title_overlaps=_title_overlaps(placed, strokes),
        strange_frames=_strange_frames(placed, strokes),
        bends=sum(not curve.is_straight for edge in placed.edges for curve in edge.path),
        edge_length=sum(_length(stroke) for stroke in strokes),
        area=placed.width * placed.height,
        aspect=placed.width / placed.height,
    )


def _strokes(index: int, edge: PlacedEdge) -> Iterator[_Stroke]:
    for curve in edge.path:
        points = list(curve.points(CHORDS))
        for a, b in pairwise(points):
            yield _Stroke(index, a, b, Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)))


def _length(stroke: _Stroke) -> float:
    dx, dy = stroke.end.x - stroke.start.x, stroke.end.y - stroke.start.y
    return float((dx * dx + dy * dy) ** 0.5)


def _crossings(strokes: Sequence[_Stroke]) -> int:
    """Places where edges cross, by a sweep along x; a common end is none."""
    ordered = sorted(strokes, key=lambda stroke: stroke.box.x)
    active: list[_Stroke] = []
    places = set[tuple[float, ...]]()
    for stroke in ordered:
        active = [other for other in active if other.box.right >= stroke.box.x]
        places |= {_corner(other, stroke) for other in active if other.edge != stroke.edge and _cross(other, stroke)}
        active.append(stroke)
    return len(places)


def _corner(a: _Stroke, b: _Stroke) -> tuple[float, ...]:
    """Where two strokes cross: lines of a bundle lie on one another, and cross another at one place."""
    share = _side(b, a.start) / (_side(b, a.start) - _side(b, a.end))
    x, y = (low + (high - low) * share for low, high in ((a.start.x, a.end.x), (a.start.y, a.end.y)))
    return round(x), round(y)


def _cross(a: _Stroke, b: _Stroke) -> bool:
    if a.box.y > b.box.bottom or b.box.y > a.box.bottom:
        return False
    return _side(a, b.start) * _side(a, b.end) < 0 and _side(b, a.start) * _side(b, a.end) < 0


def _side(stroke: _Stroke, point: Point) -> float:
    return (stroke.end.x - stroke.start.x) * (point.y - stroke.start.y) - (stroke.end.y - stroke.start.y) * (
        point.x - stroke.start.x
    )


def _through_nodes(placed: PlacedScene, strokes: Sequence[_Stroke]) -> int:
    ends = [(edge.edge.source, edge.edge.target) for edge in placed.edges]
    boxes = [node.box.grown(-TOUCH) for node in placed.nodes]
    return sum(placed.nodes[box].node.id not in ends[edge] for box, edge in _met(boxes, strokes))


def _label_overlaps(placed: PlacedScene, strokes: Sequence[_Stroke]) -> int:
    edges = [index for index, edge in enumerate(placed.edges) if edge.plate]
    plates = [edge.plate.box for edge in placed.edges if edge.plate]
    solid = [node.card for node in placed.nodes] + [boundary.title_box for boundary in placed.boundaries]
    count = sum(other > index for index, other in _overlapping(plates, plates))
    count += sum(1 for _ in _overlapping(plates, solid))
    crossed = _met([plate.grown(-TOUCH) for plate in plates], strokes)
    return count + sum(
        edges[plate] != edge and not are_bundled(placed.edges[edges[plate]], placed.edges[edge])
        for plate, edge in crossed
    )


def _title_overlaps(placed: PlacedScene, strokes: Sequence[_Stroke]) -> int:
    titles = [boundary.title_box for boundary in placed.boundaries]
    count = sum(1 for _ in _overlapping(titles, [node.box for node in placed.nodes]))
    return count + len(_met([title.grown(-TOUCH) for title in titles], strokes))


def _strange_frames(placed: PlacedScene, strokes: Sequence[_Stroke]) -> int:
    within = {boundary.boundary.id: boundary.boundary.within for boundary in placed.boundaries}
    around = {node.node.id: _chain(node.node.boundary, within) for node in placed.nodes}
    frames = [boundary.box for boundary in placed.boundaries]
    ids = [boundary.boundary.id for boundary in placed.boundaries]
    return sum(
        ids[frame] not in around[edge.source] | around[edge.target]
        for frame, index in _met([frame.grown(-TOUCH) for frame in frames], strokes)
        for edge in (placed.edges[index].edge,)
    )


def _chain(boundary: str | None, within: Mapping[str, str | None]) -> frozenset[str]:
    found = set[str]()
    while boundary is not None and boundary not in found:
        found.add(boundary)
        boundary = within.get(boundary)
    return frozenset(found)


def covers_a_strange_card(placed: PlacedScene) -> bool:
    """Whether a card lies over another, or over a frame that does not hold it."""
    within = {boundary.boundary.id: boundary.boundary.within for boundary in placed.boundaries}
    cards, frames = [node.box for node in placed.nodes], [boundary.box for boundary in placed.boundaries]
    if any(other != card for card, other in _overlapping(cards, cards)):
        return True
    return any(
        placed.boundaries[frame].boundary.id not in _chain(placed.nodes[card].node.boundary, within)
        for card, frame in _overlapping(cards, frames)
    ) or any(
        not {placed.boundaries[one].boundary.id, placed.boundaries[other].boundary.id}
        & (
            _chain(placed.boundaries[one].boundary.within, within)
            | _chain(placed.boundaries[other].boundary.within, within)
        )
        for one, other in _overlapping(frames, frames)
        if one != other
    )


def _overlapping(boxes: Sequence[Box], others: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Pairs (index of a box, index of another) that share an area."""
    grid = Grid.of(others)
    for index, box in enumerate(boxes):
        yield from ((index, other) for other in grid.near(box) if box.overlaps(others[other]))


def _met(boxes: Sequence[Box], strokes: Sequence[_Stroke]) -> set[tuple[int, int]]:
    """Pairs (index of a box, edge) where the edge runs through the box."""
    grid = Grid.of(boxes)
    return {
        (index, stroke.edge) for stroke in strokes for index in grid.near(stroke.box) if _meets(stroke, boxes[index])
    }


def _meets(stroke: _Stroke, box: Box) -> bool:
    """Whether the straight piece has a point inside the box (clipped as Liang and Barsky do)."""
    if stroke.box.right <= box.x or stroke.box.x >= box.right:
        return False
    if stroke.box.bottom <= box.y or stroke.box.y >= box.bottom:
        return False
    low, high = 0.0, 1.0
    for origin, delta, floor, ceiling in (
        (stroke.start.x, stroke.end.x - stroke.start.x, box.x, box.right),
        (stroke.start.y, stroke.end.y - stroke.start.y, box.y, box.bottom),
    ):
        if delta == 0:
            if not floor < origin < ceiling:
                return False
            continue
        first, second = sorted(((floor - origin) / delta, (ceiling - origin) / delta))
        low, high = max(low, first), min(high, second)
    return low < high

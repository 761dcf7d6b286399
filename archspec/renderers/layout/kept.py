"""Where a picture had its cards, lines, labels and frames, as the next one is to have them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from html import unescape
from math import hypot

from archspec.frozen import frozen
from archspec.renderers import Box, Direction, PlacedEdge, PlacedScene, Plan, Point

HALF = 0.5
"""How much of a picture must have been there before."""
_DIRECTION = re.compile(r'data-layer="nodes" data-direction="(\w+)"')
_PLACE = re.compile(r'data-id="([^"]+)"[^>]*? data-at="(-?[\d.]+) (-?[\d.]+) ([\d.]+)"')
_FRAME = re.compile(r'data-group="([^"]+)"[^>]*? data-at="(-?\d+) (-?\d+) (\d+) (\d+)"')
_LINE = re.compile(
    r'data-source="([^"]+)" data-target="([^"]+)"[^>]*? data-via="([-\d ]+)"(?: data-label="(-?\d+) (-?\d+)")?'
)

LineKey = tuple[str, str, int]
"""What a line starts and ends at, and how many lines between the two come before it."""


@frozen(slots=False)
class KeptLine:
    """Where a line turned, and the middle of its label if it has one."""

    points: tuple[Point, ...]
    label: Point | None = None


@frozen(slots=False)
class Kept:
    """Where a picture had its cards: the middle of each by id, and how broad most were; its lines; its frames by id.
    A picture of an older archspec tells of its cards alone.
    """

    direction: Direction
    places: Mapping[str, Point]
    breadth: float
    lines: Mapping[LineKey, KeptLine] = field(default_factory=dict)
    frames: Mapping[str, Box] = field(default_factory=dict)

    @classmethod
    def of(cls, placed: PlacedScene) -> "Kept":
        """The places of a picture."""
        places = {node.node.id: rounded(node.card.centre) for node in placed.nodes}
        lines = [edge for edge in placed.edges if not edge.edge.is_loop]
        keys = line_keys((edge.edge.source, edge.edge.end) for edge in lines)
        return cls(
            placed.scene.direction,
            places,
            round(_middle([node.card.width for node in placed.nodes])),
            {key: KeptLine(via(edge), label_at(edge)) for key, edge in zip(keys, lines, strict=True)},
            {each.boundary.id: whole(each.box) for each in placed.boundaries},
        )

    @classmethod
    def read(cls, svg: str) -> "Kept | None":
        """The places of a picture that archspec drew; None where the text is no such picture."""
        direction = _DIRECTION.search(svg)
        found = _PLACE.findall(svg)
        if not direction or not found or direction[1] not in {one.value for one in Direction}:
            return None
        places = {unescape(id_): rounded(Point(float(x), float(y))) for id_, x, y, _ in found}
        breadth = round(_middle([float(breadth) for *_, breadth in found]))
        lines = _LINE.findall(svg)
        keys = line_keys((unescape(source), unescape(end)) for source, end, *_ in lines)
        return cls(
            Direction(direction[1]),
            places,
            breadth,
            {key: _read_line(*line[2:]) for key, line in zip(keys, lines, strict=True)},
            {unescape(id_): Box(*map(float, numbers)) for id_, *numbers in _FRAME.findall(svg)},
        )

    def knows(self, plan: Plan) -> bool:
        """Whether enough of a scene was there before."""
        known = sum(node.id in self.places for node in plan.scene.nodes)
        return known >= HALF * len(plan.scene.nodes) > 0

    def mean_move(self, placed: PlacedScene) -> float:
        """How far the cards of another picture stand from their places, in px; the shift of most is taken out."""
        places = {node.node.id: node.card.centre for node in placed.nodes if node.node.id in self.places}
        shifts = [(at.x - self.places[id_].x, at.y - self.places[id_].y) for id_, at in places.items()]
        if not shifts:
            return 0.0
        dx, dy = (_middle([shift[axis] for shift in shifts]) for axis in (0, 1))
        return sum(hypot(x - dx, y - dy) for x, y in shifts) / len(shifts)


def line_keys(ends: Iterable[tuple[str, str]]) -> Iterator[LineKey]:
    """The keys of lines between these, in their order."""
    seen = Counter[tuple[str, str]]()
    for source, end in ends:
        yield source, end, seen[source, end]
        seen[source, end] += 1


def via(edge: PlacedEdge) -> tuple[Point, ...]:
    """The ends of a line's pieces, in whole px."""
    points = [edge.path[0].start, *(curve.end for curve in edge.path)]
    return tuple(dict.fromkeys(rounded(point) for point in points))


def label_at(edge: PlacedEdge) -> Point | None:
    """The middle of a line's label, in whole px."""
    return rounded(edge.plate.box.centre) if edge.plate else None


def rounded(point: Point) -> Point:
    """The place in whole px, so that it is the same after it was written and read."""
    return Point(float(round(round(point.x, 2))), float(round(round(point.y, 2))))


def whole(box: Box) -> Box:
    """The box in whole px."""
    start, end = rounded(Point(box.x, box.y)), rounded(Point(box.right, box.bottom))
    return Box(start.x, start.y, end.x - start.x, end.y - start.y)


def _read_line(numbers: str, x: str, y: str) -> KeptLine:
    found = [float(each) for each in numbers.split()]
    points = tuple(Point(*pair) for pair in zip(found[::2], found[1::2], strict=False))
    return KeptLine(points, Point(float(x), float(y)) if x else None)


def _middle(sizes: Sequence[float]) -> float:
    return sorted(sizes)[len(sizes) // 2] if sizes else 0.0

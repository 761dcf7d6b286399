"""How well the lines of a picture can be followed, in numbers."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from archspec.frozen import frozen
from archspec.renderers import STACK, Box, PlacedEdge, PlacedNode, PlacedScene, Point
from archspec.renderers.layout.ends import missing
from archspec.renderers.layout.siblings import siblings
from archspec.renderers.silhouette import Side

ON_BORDER, KINK, SAME_LINE, SHARED = 1.5, 8.0, 1.5, 24.0
"""px: from a card's border, of the shortest step aside, between lines that look like one, and how far they may."""


@frozen
class Lines:
    """What the eye loses a line by.

    `loose_ends`: ends that do not lie on the outline of their card. `closest_ports`: px between the two nearest ends at
    one card, none where no card has two. `kinks`: steps aside of less than 8 px. `shared`: pairs of edges that run on
    one line for more than 24 px. `in_order` of `siblings`: neighbouring targets of one caller that stand in the order
    in which they are called, to be read downwards, or to the right where requests run up or down.
    """

    loose_ends: int
    closest_ports: float | None
    kinks: int
    shared: int
    in_order: int
    siblings: int


def lines(placed: PlacedScene) -> Lines:
    """The figures of a placed scene."""
    pairs = list(_siblings(placed))
    return Lines(
        loose_ends=_loose_ends(placed),
        closest_ports=_closest_ports(placed),
        kinks=sum(1 for edge in placed.edges for _ in _kinks(edge)),
        shared=_shared(placed),
        in_order=sum(pairs),
        siblings=len(pairs),
    )


def solid(node: PlacedNode) -> Box:
    """The card with the layers behind it."""
    depth = STACK * node.layers
    return Box(node.card.x, node.card.y, node.card.width + depth, node.card.height + depth)


def _loose_ends(placed: PlacedScene) -> int:
    """How many ends lie neither on the outline of their card nor on the frame that they end at."""
    cards = {node.node.id: node for node in placed.nodes}
    frames = {each.boundary.id: each.box for each in placed.boundaries}
    loose = 0
    for edge in placed.edges:
        frame, end = frames.get(edge.edge.frame), edge.path[-1].end
        loose += not _touches(cards[edge.edge.source], edge.path[0].start)
        loose += not (_is_on(frame, end) if frame else _touches(cards[edge.edge.target], end))
    return loose


def _is_on(box: Box, end: Point) -> bool:
    return box.grown(ON_BORDER).contains(end) and not box.grown(-ON_BORDER).contains(end)


def _touches(node: PlacedNode, end: Point) -> bool:
    box = solid(node)
    if not box.grown(ON_BORDER).contains(end):
        return False
    far = {
        Side.TOP: end.y - box.y,
        Side.RIGHT: box.right - end.x,
        Side.BOTTOM: box.bottom - end.y,
        Side.LEFT: end.x - box.x,
    }
    return any(
        abs(way - missing(node.node, node.card, node.layers, side, end)) <= ON_BORDER for side, way in far.items()
    )


def _closest_ports(placed: PlacedScene) -> float | None:
    ends: dict[str, set[Point]] = defaultdict(set)
    for edge in placed.edges:
        ends[edge.edge.source].add(edge.path[0].start)
        ends[edge.edge.target].add(edge.path[-1].end)
    gaps = (abs(a.x - b.x) + abs(a.y - b.y) for found in ends.values() for a, b in combinations(found, 2))
    return min(gaps, default=None)


def _kinks(edge: PlacedEdge) -> Iterator[float]:
    """How far each short step aside goes: a turn, and the turn back at once."""
    for first, second in pairwise([curve for curve in edge.path if not curve.is_straight]):
        between = [abs(first.start.x - second.end.x), abs(first.start.y - second.end.y)]
        heading = _heading(first.start, first.control_1)
        if heading == _heading(second.control_2, second.end) and min(between) < KINK and first.end == second.start:
            yield min(between)


def _heading(start: Point, end: Point) -> tuple[bool, bool]:
    return abs(end.x - start.x) > abs(end.y - start.y), (end.x + end.y) > (start.x + start.y)


def are_bundled(one: PlacedEdge, other: PlacedEdge) -> bool:
    """Whether two edges are drawn as one line with stubs: they have an end in common."""
    return one.path[0].start == other.path[0].start or one.path[-1].end == other.path[-1].end


def _shared(placed: PlacedScene) -> int:
    """Pairs of edges that lie on one another; those of one bundle are meant to."""
    runs: dict[bool, list[tuple[float, float, float, int]]] = {True: [], False: []}
    for index, edge in enumerate(placed.edges):
        for curve in edge.path:
            a, b = curve.start, curve.end
            if curve.is_straight and a != b:
                level = a.y == b.y
                low, high = sorted((a.x, b.x) if level else (a.y, b.y))
                runs[level].append((a.y if level else a.x, low, high, index))
    found: dict[tuple[int, int], float] = defaultdict(float)
    for each in runs.values():
        each.sort()
        for at, (place, low, high, index) in enumerate(each):
            for other_place, other_low, other_high, other in each[at + 1 :]:
                if other_place - place > SAME_LINE:
                    break
                if other != index and not are_bundled(placed.edges[index], placed.edges[other]):
                    found[min(index, other), max(index, other)] += max(0.0, min(high, other_high) - max(low, other_low))
    return sum(length > SHARED for length in found.values())


def _siblings(placed: PlacedScene) -> Iterator[bool]:
    centres = {node.node.id: node.card.centre for node in placed.nodes}
    is_level = placed.scene.direction.is_horizontal
    across = {id_: centre.y if is_level else centre.x for id_, centre in centres.items()}
    return siblings([edge.edge for edge in placed.edges], across)

"""A picture that changed a little, at the places that it had: nobody has to find everything anew."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html import unescape
from itertools import pairwise

from archspec.renderers.geometry import Box, Curve, Point, around, line
from archspec.renderers.layout.dot_source import BOUNDARY_MARGIN, NODE_GAP, RANK_GAP, title_room
from archspec.renderers.layout.frame import Extent, Frame
from archspec.renderers.layout.lanes import ranks
from archspec.renderers.layout.plan import BOUNDARY_TITLE_HEIGHT, Plan
from archspec.renderers.layout.positions import Positions
from archspec.renderers.placed import PlacedScene
from archspec.renderers.scene import Direction, SceneEdge

TITLE_STRIP = 2 * BOUNDARY_TITLE_HEIGHT
HALF = 0.5
"""How much of a picture must have been there before."""
_DIRECTION = re.compile(r'data-layer="nodes" data-direction="(\w+)"')
_PLACE = re.compile(r'data-id="([^"]+)"[^>]*? data-at="(-?[\d.]+) (-?[\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Kept:
    """Where a picture had its cards: the middle of each by id, and how broad most were."""

    direction: Direction
    places: Mapping[str, Point]
    breadth: float

    @classmethod
    def of(cls, placed: PlacedScene) -> "Kept":
        """The places of a picture."""
        places = {node.node.id: rounded(node.card.centre) for node in placed.nodes}
        return cls(placed.scene.direction, places, round(_middle([node.card.width for node in placed.nodes])))

    @classmethod
    def read(cls, svg: str) -> "Kept | None":
        """The places of a picture that archspec drew; None where the text is no such picture."""
        direction = _DIRECTION.search(svg)
        found = _PLACE.findall(svg)
        if not direction or not found or direction[1] not in {one.value for one in Direction}:
            return None
        places = {unescape(id_): rounded(Point(float(x), float(y))) for id_, x, y, _ in found}
        return cls(Direction(direction[1]), places, round(_middle([float(breadth) for *_, breadth in found])))

    def knows(self, plan: Plan) -> bool:
        """Whether enough of a scene was there before."""
        known = sum(node.id in self.places for node in plan.scene.nodes)
        return known >= HALF * len(plan.scene.nodes) > 0


def rounded(point: Point) -> Point:
    """The place in whole px, so that it is the same after it was written and read."""
    return Point(float(round(round(point.x, 2))), float(round(round(point.y, 2))))


def _middle(sizes: Sequence[float]) -> float:
    return sorted(sizes)[len(sizes) // 2] if sizes else 0.0


class Way(Enum):
    """How a card that was not there before finds a place."""

    FREE = "in the free place nearest to those who ask it"
    BESIDE = "at the end of its frame, what stands behind makes room"
    BELOW = "in a rank of its own behind those who ask it, all that follows makes room"


def kept_positions(plan: Plan, kept: Kept, way: Way = Way.FREE) -> Positions:
    """The plan with all that was there before where it was, and the rest beside those who ask for it."""
    frame = Frame(plan.scene.direction)
    nodes = {
        node.id: _outer(plan, node.id, kept.places[node.id]) for node in plan.scene.nodes if node.id in kept.places
    }
    waiting = [node.id for node in plan.scene.nodes if node.id not in nodes]
    while waiting:
        id_ = next((one for one in waiting if _neighbours(plan, one, nodes)), waiting[0])
        waiting.remove(id_)
        _settle(plan, frame, nodes, id_, way)
    labels = _labels(plan, frame, nodes)
    curves = {
        index: _curve(plan, nodes, labels, index, edge)
        for index, edge in enumerate(plan.scene.edges)
        if not edge.is_loop
    }
    return Positions(nodes, _frames(plan, nodes, labels), labels, curves)


def _outer(plan: Plan, id_: str, centre: Point) -> Box:
    """The box of a card whose front has this middle."""
    card = plan.cards[id_]
    front = card.front(Box(0, 0, card.width, card.height))
    return Box(centre.x - front.centre.x, centre.y - front.centre.y, card.width, card.height)


def _neighbours(plan: Plan, id_: str, nodes: Mapping[str, Box]) -> Iterator[tuple[str, bool]]:
    """Who asks the node or is asked by it, and whether they stand before it."""
    for index, edge in enumerate(plan.scene.edges):
        if id_ in (edge.source, edge.target) and not edge.is_loop:
            other = edge.target if edge.source == id_ else edge.source
            if other in nodes:
                yield other, (edge.target == id_) != (index in plan.backward)


def _settle(plan: Plan, frame: Frame, nodes: dict[str, Box], id_: str, way: Way) -> None:
    """Put a card into the first rank that comes after all who ask for it, in its frame."""
    spans = {other: frame.span(box) for other, box in nodes.items()}
    beside = list(_neighbours(plan, id_, nodes))
    after = max((spans[other].u1 for other, comes_before in beside if comes_before), default=None)
    rank = next((rank for rank in ranks(list(spans.values())) if after is None or rank.u0 > after), None)
    size = frame.span(_outer(plan, id_, Point(0, 0)))
    depth, breadth = size.u1 - size.u0, size.v1 - size.v0
    u = rank.u if rank else max(span.u1 for span in spans.values()) + RANK_GAP + depth / 2
    if way is Way.BELOW and after is not None:
        u = after + RANK_GAP + depth / 2
        _push(frame, nodes, {other: span for other, span in spans.items() if span.u0 >= after}, depth + RANK_GAP, 0.0)
        spans = {other: frame.span(box) for other, box in nodes.items()}
    mates = [spans[other] for other in nodes if plan.boundary_of[other] == plan.boundary_of[id_]]
    wanted = _middle([spans[other].v for other, _ in beside] or [span.v for span in mates] or [0.0])
    if way is Way.BESIDE and mates:
        edge = max(span.v1 for span in mates)
        wanted = edge + NODE_GAP + breadth / 2
        behind = {other: span for other, span in spans.items() if span.v0 > edge}
        _push(frame, nodes, behind, 0.0, breadth + 2 * NODE_GAP)
        spans = {other: frame.span(box) for other, box in nodes.items()}
    others = [*spans.values(), *_strange(plan, frame, nodes, id_)]
    near = [span for span in others if span.u0 < u + depth / 2 and u - depth / 2 < span.u1]
    v = _free(near, wanted, breadth)
    nodes[id_] = frame.box(Extent(u - depth / 2, u + depth / 2, v - breadth / 2, v + breadth / 2))


def _push(frame: Frame, nodes: dict[str, Box], spans: Mapping[str, Extent], du: float, dv: float) -> None:
    for id_, span in spans.items():
        nodes[id_] = frame.box(Extent(span.u0 + du, span.u1 + du, span.v0 + dv, span.v1 + dv))


def _strange(plan: Plan, frame: Frame, nodes: Mapping[str, Box], id_: str) -> list[Extent]:
    """The frames that do not hold a card."""
    own = plan.chain(plan.boundary_of[id_])
    return [frame.span(box) for other, box in _frames(plan, nodes, {}).items() if other not in own]


def _free(others: Sequence[Extent], wanted: float, breadth: float) -> float:
    """The middle of a free stretch, nearest to the place wanted."""
    half = breadth / 2 + NODE_GAP
    tries = [wanted, *(span.v0 - half for span in others), *(span.v1 + half for span in others)]
    free = [v for v in tries if not any(span.v0 < v + half - 1 and v - half + 1 < span.v1 for span in others)]
    return min(free, key=lambda v: (abs(v - wanted), v))


def _labels(plan: Plan, frame: Frame, nodes: Mapping[str, Box]) -> dict[int, Box]:
    """Each label in the gap behind the first end of its edge, in the middle of the gap."""
    spans = {id_: frame.span(box) for id_, box in nodes.items()}
    all_ranks = ranks(list(spans.values()))
    found: dict[int, Box] = {}
    for index, (edge, plate) in enumerate(zip(plan.scene.edges, plan.plates, strict=True)):
        if plate is None or edge.is_loop:
            continue
        first, last = sorted((spans[edge.source], spans[edge.target]), key=lambda span: span.u)
        here = next(rank for rank in all_ranks if rank.u0 <= first.u <= rank.u1)
        ends = [rank.u0 for rank in all_ranks if rank.u0 > here.u1]
        u = (here.u1 + (ends[0] if ends else last.u0)) / 2
        centre = frame.place(u, last.v if abs(last.v - first.v) > 1 else first.v)
        size = plate.box
        found[index] = Box(centre.x - size.width / 2, centre.y - size.height / 2, size.width, size.height)
    return found


def _curve(
    plan: Plan, nodes: Mapping[str, Box], labels: Mapping[int, Box], index: int, edge: SceneEdge
) -> tuple[Curve, ...]:
    points = [nodes[edge.source].centre, nodes[edge.target].centre]
    if index in labels:
        points.insert(1, labels[index].centre)
    if index in plan.backward:
        points.reverse()
    return tuple(line(a, b) for a, b in pairwise(points))


def _frames(plan: Plan, nodes: Mapping[str, Box], labels: Mapping[int, Box]) -> dict[str, Box]:
    """The frames round what they hold, inner ones first, with room for their names."""
    found: dict[str, Box] = {}
    upwards = plan.scene.direction is Direction.UP
    for id_ in sorted(plan.occupied, key=lambda id_: -len(plan.chain(id_))):
        inside = [box for node, box in nodes.items() if plan.boundary_of[node] == id_]
        inside += [box for other, box in found.items() if plan.boundaries[other].within == id_]
        inside += [box for index, box in labels.items() if plan.common_boundary(plan.scene.edges[index]) == id_]
        if not inside:
            continue
        box = around(inside).grown(BOUNDARY_MARGIN)
        more = max(0.0, title_room(plan, plan.boundaries[id_]) - box.width)
        top = box.y if upwards else box.y - TITLE_STRIP + BOUNDARY_MARGIN
        found[id_] = Box(box.x, top, box.width + more, box.height + TITLE_STRIP - BOUNDARY_MARGIN)
    return found

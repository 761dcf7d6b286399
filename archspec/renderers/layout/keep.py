"""A picture that changed a little, at the places that it had: nobody has to find everything anew."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from math import inf

from archspec.frozen import frozen
from archspec.renderers import Direction, Extent, Frame, Positions
from archspec.renderers.geometry import Box, Curve, Point, around, line
from archspec.renderers.layout.dot_source import BOUNDARY_MARGIN, NODE_GAP, RANK_GAP, title_room
from archspec.renderers.layout.kept import Kept, KeptLine, line_keys
from archspec.renderers.layout.lanes import ranks
from archspec.renderers.layout.plan import BOUNDARY_TITLE_HEIGHT, Plan

TITLE_STRIP = 2 * BOUNDARY_TITLE_HEIGHT
INSIDE = 8.0
"""px that what a frame holds keeps from its border at least."""


class Way(Enum):
    """How a card that was not there before finds a place."""

    FREE = "in the free place nearest to those who ask it"
    BESIDE = "at the end of its frame, what stands behind makes room"
    BELOW = "in a rank of its own behind those who ask it, all that follows makes room"


@frozen
class _Push:
    """What lies from `u` on along the flow, or from `v` on across it, moves on by so much."""

    u: float = inf
    du: float = 0.0
    v: float = inf
    dv: float = 0.0

    def point(self, frame: Frame, at: Point) -> Point:
        u, v = frame.flow(at)
        return frame.place(u + self.du * (u >= self.u), v + self.dv * (v >= self.v))

    def card(self, frame: Frame, box: Box) -> Box:
        span = frame.span(box)
        du, dv = self.du * (span.u0 >= self.u), self.dv * (span.v0 >= self.v)
        return frame.box(Extent(span.u0 + du, span.u1 + du, span.v0 + dv, span.v1 + dv))

    def frame(self, frame: Frame, box: Box) -> Box:
        corners = [self.point(frame, at) for at in (Point(box.x, box.y), Point(box.right, box.bottom))]
        return Box(corners[0].x, corners[0].y, corners[1].x - corners[0].x, corners[1].y - corners[0].y)


def kept_positions(plan: Plan, kept: Kept, way: Way = Way.FREE) -> Positions:
    """The plan with all that was there before where it was, and the rest beside those who ask for it."""
    frame = Frame(plan.scene.direction)
    nodes = {
        node.id: _outer(plan, node.id, kept.places[node.id]) for node in plan.scene.nodes if node.id in kept.places
    }
    lines, frames = dict(_known_lines(plan, kept)), dict(kept.frames)
    waiting = [node.id for node in plan.scene.nodes if node.id not in nodes]
    while waiting:
        id_ = next((one for one in waiting if _neighbours(plan, one, nodes)), waiting[0])
        waiting.remove(id_)
        for push in _settle(plan, frame, nodes, id_, way, frames):
            lines = {index: _pushed(frame, push, each) for index, each in lines.items()}
            frames = {other: push.frame(frame, box) for other, box in frames.items()}
    labels = _labels(plan, frame, nodes, lines)
    curves = {
        index: _curve(plan, nodes, labels, index, lines.get(index))
        for index, edge in enumerate(plan.scene.edges)
        if not edge.is_loop
    }
    return Positions(nodes, _frames(plan, nodes, labels, frames), labels, curves)


def _known_lines(plan: Plan, kept: Kept) -> Iterator[tuple[int, KeptLine]]:
    """The lines that were there before, by index of the edge."""
    indices = [index for index, edge in enumerate(plan.scene.edges) if not edge.is_loop]
    keys = line_keys((plan.scene.edges[index].source, plan.scene.edges[index].end) for index in indices)
    return ((index, kept.lines[key]) for index, key in zip(indices, keys, strict=True) if key in kept.lines)


def _pushed(frame: Frame, push: _Push, each: KeptLine) -> KeptLine:
    points = tuple(push.point(frame, at) for at in each.points)
    return KeptLine(points, push.point(frame, each.label) if each.label else None)


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


def _settle(
    plan: Plan, frame: Frame, nodes: dict[str, Box], id_: str, way: Way, frames: Mapping[str, Box]
) -> Sequence[_Push]:
    """Put a card into the first rank that comes after all who ask for it, in its frame; the pushes that made room."""
    spans = {other: frame.span(box) for other, box in nodes.items()}
    beside = list(_neighbours(plan, id_, nodes))
    after = max((spans[other].u1 for other, comes_before in beside if comes_before), default=None)
    rank = next((rank for rank in ranks(list(spans.values())) if after is None or rank.u0 > after), None)
    size = frame.span(_outer(plan, id_, Point(0, 0)))
    depth, breadth = size.u1 - size.u0, size.v1 - size.v0
    u = rank.u if rank else max((span.u1 for span in spans.values()), default=0.0) + RANK_GAP + depth / 2
    mates = [spans[other] for other in nodes if plan.boundary_of[other] == plan.boundary_of[id_]]
    wanted = _middle([spans[other].v for other, _ in beside] or [span.v for span in mates] or [0.0])
    pushes: list[_Push] = []
    if way is Way.BELOW and after is not None:
        u = after + RANK_GAP + depth / 2
        pushes.append(_Push(u=after, du=depth + RANK_GAP))
    if way is Way.BESIDE and mates:
        edge = max(span.v1 for span in mates)
        wanted = edge + NODE_GAP + breadth / 2
        pushes.append(_Push(v=edge, dv=breadth + 2 * NODE_GAP))
    for push in pushes:
        nodes.update({other: push.card(frame, box) for other, box in nodes.items()})
        frames = {other: push.frame(frame, box) for other, box in frames.items()}
    others = [frame.span(box) for box in nodes.values()] + _strange(plan, frame, nodes, id_, frames)
    near = [span for span in others if span.u0 < u + depth / 2 and u - depth / 2 < span.u1]
    v = _free(near, wanted, breadth)
    nodes[id_] = frame.box(Extent(u - depth / 2, u + depth / 2, v - breadth / 2, v + breadth / 2))
    return pushes


def _strange(plan: Plan, frame: Frame, nodes: Mapping[str, Box], id_: str, frames: Mapping[str, Box]) -> list[Extent]:
    """The frames that do not hold a card."""
    own = plan.chain(plan.boundary_of[id_])
    return [frame.span(box) for other, box in _frames(plan, nodes, {}, frames).items() if other not in own]


def _middle(sizes: Sequence[float]) -> float:
    return sorted(sizes)[len(sizes) // 2]


def _free(others: Sequence[Extent], wanted: float, breadth: float) -> float:
    """The middle of a free stretch, nearest to the place wanted."""
    half = breadth / 2 + NODE_GAP
    tries = [wanted, *(span.v0 - half for span in others), *(span.v1 + half for span in others)]
    free = [v for v in tries if not any(span.v0 < v + half - 1 and v - half + 1 < span.v1 for span in others)]
    return min(free, key=lambda v: (abs(v - wanted), v))


def _labels(plan: Plan, frame: Frame, nodes: Mapping[str, Box], lines: Mapping[int, KeptLine]) -> dict[int, Box]:
    """Each label where it was; a new one in the gap behind the first end of its edge, in the middle of the gap."""
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
        old = lines[index].label if index in lines else None
        centre = old or frame.place(u, last.v if abs(last.v - first.v) > 1 else first.v)
        size = plate.box
        found[index] = Box(centre.x - size.width / 2, centre.y - size.height / 2, size.width, size.height)
    return found


def _curve(
    plan: Plan, nodes: Mapping[str, Box], labels: Mapping[int, Box], index: int, old: KeptLine | None
) -> tuple[Curve, ...]:
    edge = plan.scene.edges[index]
    points = [nodes[edge.source].centre, nodes[edge.target].centre]
    if old:
        points = list(old.points)
    elif index in labels:
        points.insert(1, labels[index].centre)
    return tuple(line(a, b) for a, b in pairwise(points))


def _frames(plan: Plan, nodes: Mapping[str, Box], labels: Mapping[int, Box], old: Mapping[str, Box]) -> dict[str, Box]:
    """The frames where they were, or so much larger that they go round what they hold, inner ones first, with room for
    their names.
    """
    found: dict[str, Box] = {}
    upwards = plan.scene.direction is Direction.UP
    for id_ in sorted(plan.occupied, key=lambda id_: -len(plan.chain(id_))):
        inside = [box for node, box in nodes.items() if plan.boundary_of[node] == id_]
        inside += [box for other, box in found.items() if plan.boundaries[other].within == id_]
        inside += [box for index, box in labels.items() if plan.common_boundary(plan.scene.edges[index]) == id_]
        if not inside:
            continue
        held, room = around(inside), title_room(plan, plan.boundaries[id_])
        if id_ in old and old[id_].width >= room and old[id_].holds(held.grown(INSIDE)):
            found[id_] = old[id_]
            continue
        box = held.grown(BOUNDARY_MARGIN)
        top = box.y if upwards else box.y - TITLE_STRIP + BOUNDARY_MARGIN
        needed = Box(box.x, top, max(box.width, room), box.height + TITLE_STRIP - BOUNDARY_MARGIN)
        found[id_] = around([needed, old[id_]]) if id_ in old else needed
    return found

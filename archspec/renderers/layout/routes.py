"""The way of each edge: straight through its lane in every rank, one smooth bend between two ranks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.layout.frame import Frame, Span
from archspec.renderers.layout.lanes import Rank, crossing, rank_at, ranks, spread
from archspec.renderers.layout.plan import Plan
from archspec.renderers.layout.positions import Positions

PORT_GAP, PORT_MARGIN, JOG = 14.0, 12.0, 1.5


@dataclass(frozen=True, slots=True)
class Passage:
    """An edge in flow coordinates and in the direction of the flow: ranks of its ends, lanes between."""

    edge: int
    tail: str
    head: str
    first: int
    last: int
    lanes: Mapping[int, float]


def routes(plan: Plan, placed: Positions, frame: Frame) -> dict[int, tuple[Curve, ...]]:
    """Each edge's path from source to target by index; edges from a node to itself are not among them."""
    spans = {id_: frame.span(box) for id_, box in placed.nodes.items()}
    labels = {index: frame.span(box) for index, box in placed.labels.items()}
    all_ranks = ranks([*spans.values(), *labels.values()])
    passages = _passages(plan, placed, frame, all_ranks, spans, labels)
    outs = _ports(passages, spans, outgoing=True)
    ins = _ports(passages, spans, outgoing=False)
    found: dict[int, tuple[Curve, ...]] = {}
    for passage in passages:
        start = (spans[passage.tail].u1, outs[passage.edge])
        end = (spans[passage.head].u0, ins[passage.edge])
        path = tuple(_path(frame, all_ranks, passage, start, end))
        found[passage.edge] = _turned(path) if passage.edge in plan.backward else path
    return found


def _passages(
    plan: Plan,
    placed: Positions,
    frame: Frame,
    all_ranks: tuple[Rank, ...],
    spans: Mapping[str, Span],
    labels: Mapping[int, Span],
) -> list[Passage]:
    ends: dict[int, tuple[str, str, int, int]] = {}
    wanted: dict[int, dict[int, float]] = {}
    fixed: dict[tuple[int, int], float] = {}
    for index in placed.curves:
        edge = plan.scene.edges[index]
        tail, head = (edge.target, edge.source) if index in plan.backward else (edge.source, edge.target)
        first, last = rank_at(all_ranks, spans[tail].u), rank_at(all_ranks, spans[head].u)
        ends[index] = (tail, head, first, last)
        label_rank = rank_at(all_ranks, labels[index].u) if index in labels else None
        for rank in range(first + 1, last):
            if rank == label_rank:
                fixed[index, rank] = labels[index].v
            else:
                v = crossing(frame, placed.curves[index], all_ranks[rank].u)
                wanted.setdefault(rank, {})[index] = spans[tail].v if v is None else v
    lanes = {(index, rank): v for rank, row in wanted.items() for index, v in spread(all_ranks[rank], row).items()}
    lanes |= fixed
    return [
        Passage(index, tail, head, first, last, {r: lanes[index, r] for r in range(first + 1, last)})
        for index, (tail, head, first, last) in sorted(ends.items())
    ]


def _ports(passages: list[Passage], spans: Mapping[str, Span], *, outgoing: bool) -> dict[int, float]:
    """Where on its node's side each edge ends: in the order of where they come from, evenly spread."""
    sides: dict[str, list[tuple[float, int]]] = {}
    for passage in passages:
        near = passage.first + 1 if outgoing else passage.last - 1
        other = passage.head if outgoing else passage.tail
        toward = passage.lanes.get(near, spans[other].v)
        sides.setdefault(passage.tail if outgoing else passage.head, []).append((toward, passage.edge))
    ports: dict[int, float] = {}
    for node, edges in sides.items():
        span = spans[node]
        room = span.v1 - span.v0 - 2 * PORT_MARGIN
        gap = min(PORT_GAP, room / max(1, len(edges) - 1))
        for position, (_, edge) in enumerate(sorted(edges)):
            ports[edge] = span.v + gap * (position - (len(edges) - 1) / 2)
    return ports


def _path(
    frame: Frame,
    all_ranks: tuple[Rank, ...],
    passage: Passage,
    start: tuple[float, float],
    end: tuple[float, float],
) -> Iterator[Curve]:
    """Straight to the border of the rank, a bend to the next lane, straight through it, and so on."""
    here = start
    for rank in range(passage.first, passage.last):
        leave = (max(all_ranks[rank].u1, here[0]), here[1])
        if leave[0] > here[0]:
            yield line(frame.place(*here), frame.place(*leave))
        v = passage.lanes.get(rank + 1, end[1])
        is_straight = abs(leave[1] - v) < JOG
        arrive = (all_ranks[rank + 1].u0, leave[1] if is_straight else v)
        yield line(frame.place(*leave), frame.place(*arrive)) if is_straight else frame.bend(leave, arrive)
        here = arrive
    if here[0] < end[0]:
        yield line(frame.place(*here), frame.place(end[0], here[1]))


def _turned(path: tuple[Curve, ...]) -> tuple[Curve, ...]:
    return tuple(Curve(c.end, c.control_2, c.control_1, c.start) for c in reversed(path))


def loop(card: Box) -> tuple[Curve, ...]:
    """An edge from a node to itself: a bow over the right half of the card's upper side."""
    left, right, top = card.right - 64, card.right - 20, card.y - 22
    return (Curve(Point(left, card.y), Point(left, top), Point(right, top), Point(right, card.y)),)

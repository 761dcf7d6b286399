"""Every edge as a row of stops, one per rank that it passes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from archspec.frozen import frozen
from archspec.renderers import Extent, Frame, Plan, Positions
from archspec.renderers.layout.bundles import joined
from archspec.renderers.layout.lanes import Rank, crossing, rank_at, ranks
from archspec.renderers.layout.stops import (
    CLEARANCE,
    EVERYWHERE,
    Key,
    Row,
    Stop,
    side_row,
    smooth,
    spread_evenly,
    straighten,
)

SWEEPS = 3
REACH, REACH_BELOW_TITLES = float("inf"), 24.0
"""How far from the middle of a card's side edges end; downwards they leave room for titles of frames."""


@frozen
class Field:
    """The layout in flow coordinates: nodes and boundaries by id, labels by edge, ranks in order.

    `fronts` are the nodes without their stacks: edges end at the fronts' sides.
    """

    nodes: Mapping[str, Extent]
    fronts: Mapping[str, Extent]
    boundaries: Mapping[str, Extent]
    labels: Mapping[int, Extent]
    ranks: tuple[Rank, ...]

    def rank_of(self, span: Extent) -> int:
        """The rank that the box stands in."""
        return rank_at(self.ranks, span.u)


def field_of(plan: Plan, placed: Positions, frame: Frame) -> Field:
    """Graphviz's answer in flow coordinates."""
    nodes = {id_: frame.span(box) for id_, box in placed.nodes.items()}
    labels = {index: frame.span(box) for index, box in placed.labels.items()}
    boundaries = {id_: frame.span(box) for id_, box in placed.boundaries.items()}
    fronts = {id_: frame.span(plan.cards[id_].front(box)) for id_, box in placed.nodes.items()}
    return Field(nodes, fronts, boundaries, labels, ranks([*nodes.values(), *labels.values()]))


def turned_round(plan: Plan, field: Field) -> frozenset[int] | None:
    """The edges that run against the flow as they were placed: where each boundary is ranked by itself, Graphviz may
    put a caller behind its callee. None where both ends, or an end and the label, share a rank: no such edge can be
    drawn.
    """
    against = set[int]()
    for index, edge in enumerate(plan.scene.edges):
        if edge.is_loop:
            continue
        ends = [field.rank_of(field.nodes[end]) for end in (edge.source, edge.target)]
        label = field.rank_of(field.labels[index]) if index in field.labels else None
        if ends[0] == ends[1] or (label is not None and not min(ends) < label < max(ends)):
            return None
        if ends[0] > ends[1]:
            against.add(index)
    return frozenset(against)


def stops_of(
    plan: Plan, placed: Positions, frame: Frame, field: Field, backward: frozenset[int]
) -> dict[int, tuple[Stop, ...]]:
    """The stops of each edge in the direction of the flow, where Graphviz drew it; `backward` edges run from target to
    source.
    """
    edges = {index: _stops(plan, placed, frame, field, index, backward) for index in sorted(placed.curves)}
    for index, stops in edges.items():
        strange = strange_frames(plan, field, index)
        for stop in stops[1:-1]:
            if not stop.half:
                stop.v = _outside(field, strange, stop)
    joined(edges, plan.bundles)
    return edges


def straightened(field: Field, edges: Mapping[int, tuple[Stop, ...]], frame: Frame) -> None:
    """Move the stops so that the edges are as straight as they can be."""
    rows = _rows(field, edges, REACH_BELOW_TITLES if not frame.direction.is_horizontal else REACH)
    for stop in _each(stop for stops in edges.values() for stop in stops[1:-1]):
        rows[stop.row].add(stop)
    for key, row in rows.items():
        if key[0] == "rank":
            row.settle()
    _ports(edges, rows)
    fences = {id(stop): _fence(field, stop) for stops in edges.values() for stop in stops[1:-1]}
    longest_first = sorted(edges.values(), key=lambda stops: (-len(stops), stops[0].edge))
    for _ in range(SWEEPS):
        straighten(longest_first, rows, fences)
    smooth(edges.values(), rows)


def _stops(
    plan: Plan, placed: Positions, frame: Frame, field: Field, index: int, backward: frozenset[int]
) -> tuple[Stop, ...]:
    edge = plan.scene.edges[index]
    tail, head = (edge.target, edge.source) if index in backward else (edge.source, edge.target)
    first, last = field.rank_of(field.nodes[tail]), field.rank_of(field.nodes[head])
    label = field.labels.get(index)
    label_rank = field.rank_of(label) if label else None
    stops = [Stop(index, first, ("out", tail), field.fronts[tail].v)]
    for rank in range(first + 1, last):
        key = ("rank", str(rank))
        if label and rank == label_rank:
            stops.append(Stop(index, rank, key, label.v, (label.v1 - label.v0) / 2))
        else:
            v = crossing(frame, placed.curves[index], field.ranks[rank].u)
            stops.append(Stop(index, rank, key, stops[-1].v if v is None else v))
    return (*stops, Stop(index, last, ("in", head), field.fronts[head].v))


def strange_frames(plan: Plan, field: Field, index: int) -> list[Extent]:
    """The frames that hold neither end of the edge, outermost first."""
    edge = plan.scene.edges[index]
    home = {id_ for end in (edge.source, edge.target) for id_ in plan.chain(plan.boundary_of[end])}
    strange = [id_ for id_ in field.boundaries if id_ not in home]
    return [field.boundaries[id_] for id_ in sorted(strange, key=lambda id_: len(plan.chain(id_)))]


def _outside(field: Field, frames: list[Extent], stop: Stop) -> float:
    """The lane, moved out of frames that it has no business in where no card of its rank is in the way."""
    rank, v = field.ranks[stop.rank], stop.v
    cards = [span for span in field.nodes.values() if span.u0 < rank.u1 and rank.u0 < span.u1]
    for span in frames:
        if span.u0 < rank.u1 and rank.u0 < span.u1 and span.v0 < v < span.v1:
            ways = [span.v0 - CLEARANCE, span.v1 + CLEARANCE]
            free = [way for way in ways if not any(min(v, way) < card.v < max(v, way) for card in cards)]
            v = min(free, key=lambda way: abs(way - v), default=v)
    return v


def _rows(field: Field, edges: Mapping[int, tuple[Stop, ...]], reach: float) -> dict[Key, Row]:
    walls: dict[int, list[tuple[float, float]]] = {rank: [] for rank in range(len(field.ranks))}
    for span in field.nodes.values():
        walls[field.rank_of(span)].append((span.v0, span.v1))
    rows: dict[Key, Row] = {("rank", str(rank)): Row(tuple(sorted(found))) for rank, found in walls.items()}
    counts = Counter(stop.row for stop in _each(stop for stops in edges.values() for stop in (stops[0], stops[-1])))
    for key, count in counts.items():
        span = field.fronts[key[1]]
        rows[key] = side_row(span.v0, span.v1, count, reach=reach)
    return rows


def _ports(edges: Mapping[int, tuple[Stop, ...]], rows: Mapping[Key, Row]) -> None:
    """Ports on each side in the order of where their edges come from or go to."""
    toward: dict[Key, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    ends: dict[Key, dict[int, Stop]] = defaultdict(dict)
    for stops in edges.values():
        for end, beside in ((stops[0], stops[1]), (stops[-1], stops[-2])):
            ends[end.row].setdefault(id(end), end)
            toward[end.row][id(end)].append(beside.v)
    for key, found in ends.items():
        middles = {each: sorted(places)[len(places) // 2] for each, places in toward[key].items()}
        rows[key].stops = sorted(found.values(), key=lambda end: (middles[id(end)], end.edge))
        spread_evenly(rows[key])


def _each(stops: Iterable[Stop]) -> Iterable[Stop]:
    """Every stop once, which edges of a bundle have in common."""
    return {id(stop): stop for stop in stops}.values()


def _fence(field: Field, stop: Stop) -> tuple[float, float]:
    """How far the stop may move without passing the border of a group that its rank meets."""
    low, high = EVERYWHERE
    rank = field.ranks[stop.rank]
    for span in field.boundaries.values():
        if span.u0 < rank.u1 and rank.u0 < span.u1:
            if span.v0 < stop.v < span.v1:
                low, high = max(low, span.v0 + CLEARANCE + stop.half), min(high, span.v1 - CLEARANCE - stop.half)
            elif stop.v <= span.v0:
                high = min(high, span.v0 - CLEARANCE - stop.half)
            else:
                low = max(low, span.v1 + CLEARANCE + stop.half)
    return low, high

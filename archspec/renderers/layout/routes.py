"""Edges at right angles with round corners: straight through the ranks, turning in the channels between."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf

from archspec.frozen import frozen
from archspec.renderers import Direction, Extent, Frame, Plan, Positions
from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.layout.channels import channels, moved
from archspec.renderers.layout.detours import detours
from archspec.renderers.layout.dot_source import title_room
from archspec.renderers.layout.passages import Field, field_of, stops_of, straightened, turned_round
from archspec.renderers.layout.squeeze import squeezed
from archspec.renderers.layout.stops import Stop

RADIUS, ROUND = 9.0, 0.4477  # a quarter circle's control points lie at 1 - 0.5523 of its legs

LOOP_FROM, LOOP_TO, LOOP_BOW, LOOP_HALF = 56.0, 100.0, 22.0, 14.0


@frozen
class Routed:
    """Final boxes by id (labels by index of the edge), and the path of each edge from source to target.

    Edges from a node to itself have no path here.
    """

    nodes: Mapping[str, Box]
    boundaries: Mapping[str, Box]
    labels: Mapping[int, Box]
    paths: Mapping[int, tuple[Curve, ...]]


def routed(plan: Plan, placed: Positions, frame: Frame, room: float = inf) -> Routed | None:
    """The layout with its edges, no broader across the flow than `room` px where that can be; None where an edge has no
    way from one end to the other.
    """
    before = field_of(plan, placed, frame)
    backward = turned_round(plan, before)
    if backward is None:
        return None
    edges = stops_of(plan, placed, frame, before, backward)
    detours(plan, before, edges)
    least = {id_: title_room(plan, plan.boundaries[id_]) for id_ in before.boundaries}
    before = squeezed(before, edges, room, least)
    straightened(before, edges, frame)
    found = channels(before, edges, {index: plan.lead(index) for index in edges})
    after = moved(before, found.shifts)
    labels = dict(after.labels)
    paths: dict[int, tuple[Curve, ...]] = {}
    for index, stops in edges.items():
        middle = next((stop.v for stop in stops if stop.half), None)
        if index in labels and middle is not None:
            labels[index] = _at(labels[index], middle)
        start, end = (_solid(plan, frame, after, stop.row[1]) for stop in (stops[0], stops[-1]))
        corners = tuple(_corners(index, stops, found.turns, start.u1, end.u0))
        path = tuple(_rounded([frame.place(u, v) for u, v in corners]))
        paths[index] = _turned(path) if index in backward else path
    return Routed(
        {id_: frame.box(span) for id_, span in after.nodes.items()},
        {id_: frame.box(span) for id_, span in after.boundaries.items()},
        {index: frame.box(span) for index, span in labels.items()},
        paths,
    )


def _solid(plan: Plan, frame: Frame, field: Field, id_: str) -> Extent:
    return frame.span(plan.cards[id_].solid(frame.box(field.nodes[id_])))


def _at(span: Extent, v: float) -> Extent:
    half = (span.v1 - span.v0) / 2
    return Extent(span.u0, span.u1, v - half, v + half)


def _corners(
    index: int, stops: Sequence[Stop], turns: Mapping[tuple[int, int], float], start: float, end: float
) -> Iterator[tuple[float, float]]:
    yield start, stops[0].v
    v = stops[0].v
    for before, after in pairwise(stops):
        turn = turns.get((index, before.rank))
        if turn is not None:
            yield turn, v
            v = after.v
            yield turn, v
    yield end, v


def _rounded(corners: Sequence[Point]) -> Iterator[Curve]:
    """Straight lines between the corners, each inner corner cut by a quarter of a circle."""
    here = corners[0]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        enter, leave = _toward(corner, before, radius), _toward(corner, after, radius)
        if enter != here:
            yield line(here, enter)
        yield Curve(enter, _toward(corner, before, radius * ROUND), _toward(corner, after, radius * ROUND), leave)
        here = leave
    yield line(here, corners[-1])


def _distance(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _toward(start: Point, end: Point, distance: float) -> Point:
    """The point at this distance from `start` on the upright or level line to `end`."""
    length = _distance(start, end)
    share = distance / length if length else 0.0
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _turned(path: tuple[Curve, ...]) -> tuple[Curve, ...]:
    return tuple(Curve(c.end, c.control_2, c.control_1, c.start) for c in reversed(path))


def loop(card: Box, direction: Direction) -> tuple[Curve, ...]:
    """An edge from a node to itself: a bow over the left half of the card, clear of the count of replicas; at its right
    where other edges run up and down.
    """
    if direction.is_horizontal:
        left, right, top = card.x + LOOP_FROM, card.x + LOOP_TO, card.y - LOOP_BOW
        return (Curve(Point(left, card.y), Point(left, top), Point(right, top), Point(right, card.y)),)
    upper, lower, right = card.centre.y - LOOP_HALF, card.centre.y + LOOP_HALF, card.right + LOOP_BOW
    return (Curve(Point(card.right, upper), Point(right, upper), Point(right, lower), Point(card.right, lower)),)


def loop_label(card: Box, direction: Direction, width: float) -> Point:
    """The middle of such an edge's label of this width."""
    if direction.is_horizontal:
        return Point(card.x + (LOOP_FROM + LOOP_TO) / 2, card.y - 28)
    return Point(card.right + LOOP_BOW + width / 2, card.centre.y)

"""What a card asks, put in the order in which it is asked as far as that costs nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from archspec.renderers import Box, Curve, Frame, Plan, Point, Positions, SceneEdge
from archspec.renderers.layout.lanes import SAME_RANK

Place = tuple[int, str]
"""An edge and the leaf at its end."""


def siblings(edges: Iterable[SceneEdge], across: Mapping[str, float]) -> Iterator[bool]:
    """For each two targets that one caller asks one after the other: whether they stand in that order, by where each
    node stands across the flow.
    """
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for edge in edges:
        if not edge.is_loop:
            asked[edge.source].setdefault(edge.target)
    for targets in asked.values():
        for first, second in pairwise(targets):
            yield across[first] <= across[second]


def in_order(plan: Plan, placed: Positions, frame: Frame) -> Positions:
    """The layout as its mirror image where more stands in order there, then with leaves of one caller, which can change
    places freely, in the order of their edges.
    """
    return _sorted(plan, _faced(plan, placed, frame), frame)


def _faced(plan: Plan, placed: Positions, frame: Frame) -> Positions:
    """The layout, or its mirror image. Frames in columns stay as they are: their names stand above what they hold."""
    if frame.direction.is_horizontal and placed.boundaries:
        return placed
    across = {id_: frame.flow(box.centre)[1] for id_, box in placed.nodes.items()}
    pairs = list(siblings(plan.scene.edges, across))
    mirrored = sum(siblings(plan.scene.edges, {id_: -v for id_, v in across.items()}))
    return _mirrored(placed, frame) if mirrored > max(sum(pairs), len(pairs) / 2) else placed


def _mirrored(placed: Positions, frame: Frame) -> Positions:
    def point(at: Point) -> Point:
        u, v = frame.flow(at)
        return frame.place(u, -v)

    def box(size: Box) -> Box:
        return _centred(size, point(size.centre))

    return Positions(
        {id_: box(each) for id_, each in placed.nodes.items()},
        {id_: box(each) for id_, each in placed.boundaries.items()},
        {index: box(each) for index, each in placed.labels.items()},
        {
            index: tuple(Curve(*map(point, (c.start, c.control_1, c.control_2, c.end))) for c in curves)
            for index, curves in placed.curves.items()
        },
    )


def _sorted(plan: Plan, placed: Positions, frame: Frame) -> Positions:
    """The layout with leaves of one caller, in one rank and frame and equally broad, in the order of their edges."""
    nodes, labels, curves = dict(placed.nodes), dict(placed.labels), dict(placed.curves)
    for found in _leaves(plan, placed, frame):
        places = sorted(found, key=lambda place: frame.flow(placed.nodes[place[1]].centre)[1])
        for (index, id_), (old, place) in zip(found, places, strict=True):
            nodes[id_] = _centred(placed.nodes[id_], placed.nodes[place].centre)
            if index in labels:
                labels[index] = _centred(placed.labels[index], placed.labels[old].centre)
            curves[index] = placed.curves[old]
    return replace(placed, nodes=nodes, labels=labels, curves=curves)


def _leaves(plan: Plan, placed: Positions, frame: Frame) -> list[list[Place]]:
    """The leaves that can change places, each list in the order of their edges."""
    degrees = Counter(end for edge in plan.scene.edges for end in (edge.source, edge.target))
    found: dict[tuple[object, ...], list[Place]] = defaultdict(list)
    for index, edge in enumerate(plan.scene.edges):
        if index in placed.curves and degrees[edge.target] == 1 and not edge.is_loop:
            box = placed.nodes[edge.target]
            span = frame.span(box)
            rank = round(span.u / SAME_RANK)
            where = (edge.source, index in placed.labels, plan.boundary_of[edge.target], rank, round(span.v1 - span.v0))
            found[where].append((index, edge.target))
    return [places for places in found.values() if len(places) > 1]


def _centred(size: Box, centre: Point) -> Box:
    return Box(centre.x - size.width / 2, centre.y - size.height / 2, size.width, size.height)

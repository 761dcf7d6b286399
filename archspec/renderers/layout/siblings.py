"""What one card asks, and nobody else, put in the order in which it is asked: such cards can change places freely."""

from collections import Counter, defaultdict
from dataclasses import replace

from archspec.renderers.geometry import Box, Point
from archspec.renderers.layout.frame import Frame
from archspec.renderers.layout.lanes import SAME_RANK
from archspec.renderers.layout.plan import Plan
from archspec.renderers.layout.positions import Positions

Place = tuple[int, str]
"""An edge and the leaf at its end."""


def in_order(plan: Plan, placed: Positions, frame: Frame) -> Positions:
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

"""A card's outline tells its family, and edges know where it runs."""

from itertools import pairwise

import pytest

from archspec.model import Shape
from archspec.renderers.geometry import Box
from archspec.renderers.layout.plan import Plan
from archspec.renderers.scene import Scene, SceneEdge, SceneNode
from archspec.renderers.silhouette import Family, Side, family, family_of, inset, outline

CARD = Box(100, 50, 180, 66)


def runs_at(kind: Family, side: Side, at: float) -> float:
    """How far inside the box the outline runs there, read off many short strokes of it."""
    is_level = side in (Side.TOP, Side.BOTTOM)
    found = []
    for curve in outline(kind, CARD):
        for a, b in pairwise(curve.points(200)):
            (low, u), (high, v) = sorted([(a.x, a.y), (b.x, b.y)] if is_level else [(a.y, a.x), (b.y, b.x)])
            if low <= at <= high and low < high:
                found.append(u + (v - u) * (at - low) / (high - low))
    borders = {Side.TOP: CARD.y, Side.BOTTOM: CARD.bottom, Side.LEFT: CARD.x, Side.RIGHT: CARD.right}
    return min(abs(place - borders[side]) for place in found)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("kind", Family)
def test_an_outline_runs_where_edges_are_told_that_it_does(kind: Family, side: Side):
    low, high = (CARD.x, CARD.right) if side in (Side.TOP, Side.BOTTOM) else (CARD.y, CARD.bottom)
    places = [low + 12, low + 20, (low + high) / 2, high - 17, high - 12]
    far = [abs(runs_at(kind, side, at) - inset(kind, CARD, side, at)) for at in places]
    assert max(far) < 0.3


@pytest.mark.parametrize("kind", Family)
def test_an_outline_is_closed_and_fills_its_box(kind: Family):
    curves = outline(kind, CARD)
    assert all(a.end == b.start for a, b in pairwise([*curves, curves[0]]))
    xs, ys = [curve.start.x for curve in curves], [curve.start.y for curve in curves]
    assert (min(xs), max(xs), min(ys), max(ys)) == (CARD.x, CARD.right, CARD.y, CARD.bottom)


def test_each_shape_has_its_family_and_a_box_of_several_its_own():
    assert [family_of(shape).value for shape in (Shape.CACHE, Shape.BALANCER, Shape.CLOUD)] == [
        "store",
        "edge",
        "external",
    ]
    assert family(SceneNode("a", "A", Shape.STORE, members=3)) is Family.SEVERAL


def test_facts_stand_on_lines_where_they_are_asked_for():
    nodes = (SceneNode("a", "A", Shape.SERVER), SceneNode("b", "B", Shape.STORE))
    scene = Scene("t", "t", nodes, (SceneEdge("a", "b", label="read", facts=("postgresql", "timeout 2s")),))
    said = [
        plan.plates[0].text.lines for plan in (Plan(scene), Plan(Scene("t", "t", nodes, scene.edges, with_facts=True)))
    ]
    assert said == [("read",), ("read", "postgresql", "timeout 2s")]

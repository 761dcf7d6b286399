"""What holds of every layout, whatever it looks like."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given

from archspec.renderers.card import STACK
from archspec.renderers.geometry import Box, Point
from archspec.renderers.layout.bundles import bundles
from archspec.renderers.layout.engine import lay_out
from archspec.renderers.layout.lines import lines
from archspec.renderers.layout.place import place
from archspec.renderers.layout.quality import quality
from archspec.renderers.placed import PlacedScene
from archspec.renderers.scene import Direction, Scene
from archspec.renderers.svg.diagram import draw
from tests.properties import examples
from tests.renderers.scenes_for_tests import scenes

CLOSEST_PORTS = 13.9
"""Pixels between two ends at one card."""
LEANS = 2 * STACK


def meet(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def gap(one: Point, other: Point) -> float:
    return abs(one.x - other.x) + abs(one.y - other.y)


def ports(placed: PlacedScene) -> dict[str, list[Point]]:
    """Where lines end at each card: those of a bundle once, every other by itself."""
    found = defaultdict(list)
    leads = {index: bundle for bundle in bundles(placed.scene) for index in bundle.edges}
    for index, each in enumerate(placed.edges):
        for card, end in ((each.edge.source, each.path[0].start), (each.edge.target, each.path[-1].end)):
            if index not in leads or leads[index].hub != card or end not in found[card]:
                found[card].append(end)
    return found


@examples(20)
@given(scenes())
def test_lines_are_whole_and_labels_lie_on_their_own(scene: Scene):
    """Pieces are joined, the last ends at the tip, and a label interrupts its own line (a loop's stands beside it)."""
    placed = place(scene)
    assert [e.edge for e in placed.edges if any(gap(a.end, b.start) > 0.01 for a, b in pairwise(e.path))] == []
    assert [e.edge for e in placed.edges if gap(e.path[-1].end, e.tip) > 0.01] == []
    assert [e.edge for e in placed.edges if e.tip == e.tip_from] == []
    away = [
        each.edge
        for each in placed.edges
        if each.plate
        and each.edge.source != each.edge.target
        and not any(meet(each.plate.box.grown(1), around(curve.start, curve.end)) for curve in each.path)
    ]
    assert away == []


def around(start: Point, end: Point) -> Box:
    x, y = min(start.x, end.x), min(start.y, end.y)
    return Box(x, y, max(abs(start.x - end.x), 0.1), max(abs(start.y - end.y), 0.1))


@examples(20)
@given(scenes())
def test_cards_keep_clear_of_each_other_and_of_frames_that_do_not_hold_them(scene: Scene):
    placed = place(scene)
    assert [(a.node.id, b.node.id) for a, b in combinations(placed.nodes, 2) if meet(a.box, b.box)] == []
    within = {each.boundary.id: each.boundary.within for each in placed.boundaries}
    strange = [
        (frame.boundary.id, node.node.id)
        for frame in placed.boundaries
        for node in placed.nodes
        if frame.boundary.id not in chain(node.node.boundary, within) and meet(frame.box, node.box)
    ]
    assert strange == []


def chain(boundary: str | None, within: dict[str, str | None]) -> list[str]:
    """A frame and all round it."""
    return [boundary, *chain(within[boundary], within)] if boundary else []


@examples(20)
@given(scenes())
def test_ends_at_one_card_are_told_apart(scene: Scene):
    close = [
        (card, round(gap(a, b), 2))
        for card, ends in ports(place(scene)).items()
        for a, b in combinations(ends, 2)
        if gap(a, b) < CLOSEST_PORTS
    ]
    assert close == []


@examples(25)
@given(scenes())
def test_no_line_steps_aside_by_a_hair_or_runs_along_another(scene: Scene):
    found = lines(place(scene))
    assert (found.kinks, found.shared) == (0, 0)


@examples(8)
@given(scenes())
def test_the_same_scene_gives_the_same_bytes(scene: Scene):
    """Laid out anew, and not remembered."""
    first = draw(place(scene))
    lay_out.cache_clear()
    assert draw(place(scene)) == first


@examples(12)
@given(scenes())
def test_to_the_left_is_the_mirror_of_to_the_right(scene: Scene):
    """But for stacks, which lean to the right in both."""
    right, left = (place(replace(scene, direction=each)) for each in (Direction.RIGHT, Direction.LEFT))
    assert (abs(right.width - left.width) <= LEANS, right.height) == (True, left.height)
    assert quality(right).crossings == quality(left).crossings

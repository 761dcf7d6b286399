"""Every label, card, frame and edge has its place, and none lies over another."""

from dataclasses import replace
from itertools import pairwise
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given

from archspec.language import load
from archspec.renderers import build_scene, views
from archspec.renderers.card import STACK
from archspec.renderers.geometry import Point
from archspec.renderers.layout.place import place
from archspec.renderers.layout.quality import quality
from archspec.renderers.placed import PlacedNode, PlacedScene
from archspec.renderers.scene import Direction, Scene
from archspec.renderers.scenes.default_views import flow_view
from archspec.renderers.silhouette import family, outline
from tests.properties import examples
from tests.renderers.scenes_for_tests import scenes, small_scene

NEAR = 0.3
"""px within which an end touches, as the quarters of an ellipse are drawn to."""
SPECS = sorted((Path(__file__).parents[3] / "specs").glob("*/architecture.yaml"))


def every_scene(spec: Path) -> list[Scene]:
    architecture = load(spec)
    shown = {view.id: view for view in views(architecture)}
    shown |= {view.id: view for view in (flow_view(architecture, flow) for flow in architecture.flows)}
    return [build_scene(architecture, view) for view in shown.values()]


def loose_ends(placed: PlacedScene) -> list[tuple[str, str]]:
    """The edges of which an end does not lie on the outline of its card, or of the last layer behind it."""
    cards = {node.node.id: node for node in placed.nodes}
    return [
        (each.edge.source, each.edge.target)
        for each in placed.edges
        for id_, end in ((each.edge.source, each.path[0].start), (each.edge.target, each.path[-1].end))
        if not each.edge.frame and from_outline(cards[id_], end) > NEAR
    ]


def from_outline(card: PlacedNode, end: Point) -> float:
    """How far a point is from the outlines of the first and the last card of a stack, in px."""
    depth = STACK * card.layers
    strokes = [
        pair
        for box in (card.card, card.card.moved(depth, depth))
        for curve in outline(family(card.node), box)
        for pair in pairwise(curve.points(24))
    ]
    return min(from_stroke(a, b, end) for a, b in strokes)


def from_stroke(a: Point, b: Point, point: Point) -> float:
    dx, dy = b.x - a.x, b.y - a.y
    share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / ((dx * dx + dy * dy) or 1.0)
    at = min(1.0, max(0.0, share))
    return hypot(a.x + at * dx - point.x, a.y + at * dy - point.y)


def faults(placed: PlacedScene) -> dict[str, int]:
    found = quality(placed)
    return {
        "edges through nodes": found.edges_through_nodes,
        "label overlaps": found.label_overlaps,
        "title overlaps": found.title_overlaps,
        "loose ends": len(loose_ends(placed)),
    }


DIRECTIONS = [
    Direction.RIGHT,
    Direction.DOWN,
    pytest.param(Direction.LEFT, marks=pytest.mark.slow),
    pytest.param(Direction.UP, marks=pytest.mark.slow),
]
NONE = {"edges through nodes": 0, "label overlaps": 0, "title overlaps": 0, "loose ends": 0}


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_no_picture_of_a_spec_has_an_overlap_in_any_direction(spec: Path, direction: Direction):
    turned = [replace(scene, direction=direction) for scene in every_scene(spec)]
    assert {scene.name: faults(place(scene)) for scene in turned} == {scene.name: NONE for scene in turned}


def test_the_same_scene_gives_the_same_places():
    assert place(small_scene()) == place(small_scene())


def test_cards_stand_inside_their_frames():
    placed = place(small_scene())
    frames = {boundary.boundary.id: boundary.box for boundary in placed.boundaries}
    outside = [n.node.id for n in placed.nodes if n.node.boundary and not frames[n.node.boundary].holds(n.box)]
    assert outside == []


def test_requests_flow_to_the_right():
    placed = place(small_scene())
    assert [node.node.id for node in sorted(placed.nodes, key=lambda node: node.box.x)] == ["viewer", "lb", "api", "db"]


def test_a_caller_that_stands_behind_its_callee_is_joined_with_it():
    scene = every_scene(Path(__file__).parents[1] / "specs" / "arrow-ends-in-nothing.yaml")[0]
    assert [loose_ends(place(replace(scene, direction=direction))) for direction in Direction] == [[], [], [], []]


@examples(25)
@given(scenes())
def test_every_edge_of_any_scene_begins_and_ends_at_its_cards(scene: Scene):
    assert loose_ends(place(scene)) == []


def test_a_scene_without_nodes_is_its_heading():
    placed = place(Scene("none", "Nothing", ()))
    assert (placed.nodes, placed.edges, placed.title.lines) == ((), (), ("Nothing",))


@examples(25)
@given(scenes())
def test_any_scene_finds_a_place_inside_the_picture(scene: Scene):
    placed = place(scene)
    boxes = [node.box for node in placed.nodes] + [boundary.box for boundary in placed.boundaries]
    boxes += [edge.plate.box for edge in placed.edges if edge.plate]
    outside = [b for b in boxes if b.x < 0 or b.y < 0 or b.right > placed.width or b.bottom > placed.height]
    assert outside == []


@examples(25)
@given(scenes())
def test_no_scene_has_a_label_over_anything_or_an_edge_through_a_card(scene: Scene):
    found = quality(place(scene))
    assert (found.label_overlaps, found.edges_through_nodes) == (0, 0)

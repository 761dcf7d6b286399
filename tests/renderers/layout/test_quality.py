"""The metric counts the faults that a picture has, and no others."""

from dataclasses import replace

from archspec.model import Shape
from archspec.renderers.geometry import Box, Point, line
from archspec.renderers.layout.lines import lines
from archspec.renderers.layout.quality import quality
from archspec.renderers.placed import PlacedBoundary, PlacedEdge, PlacedNode, PlacedScene, Plate
from archspec.renderers.scene import Boundary, BoundaryKind, Scene, SceneEdge, SceneNode
from archspec.renderers.text import TextBlock

EMPTY = TextBlock((), 0.0)


def node(id_: str, box: Box) -> PlacedNode:
    return PlacedNode(SceneNode(id_, id_, Shape.SERVER), box, box, EMPTY, EMPTY)


def edge(source: str, target: str, start: Point, end: Point, plate: Box | None = None) -> PlacedEdge:
    label = Plate(plate, EMPTY) if plate else None
    return PlacedEdge(SceneEdge(source, target), (line(start, end),), end, start, label)


def picture(nodes: tuple[PlacedNode, ...], edges: tuple[PlacedEdge, ...]) -> PlacedScene:
    return PlacedScene(Scene("q", "q", ()), 200, 100, EMPTY, EMPTY, (), nodes, edges, ())


def test_two_edges_that_cross_are_one_crossing():
    edges = (edge("a", "b", Point(0, 0), Point(100, 100)), edge("c", "d", Point(0, 90), Point(100, 0)))
    assert quality(picture((), edges)).crossings == 1


def test_edges_that_meet_at_a_common_end_do_not_cross():
    edges = (edge("a", "b", Point(0, 0), Point(100, 50)), edge("c", "b", Point(0, 100), Point(100, 50)))
    assert quality(picture((), edges)).crossings == 0


def test_an_edge_over_a_strange_card_is_counted_and_one_at_its_own_end_is_not():
    nodes = (node("a", Box(0, 40, 20, 20)), node("x", Box(50, 40, 20, 20)), node("b", Box(100, 40, 20, 20)))
    assert quality(picture(nodes, (edge("a", "b", Point(10, 50), Point(110, 50)),))).edges_through_nodes == 1


def test_a_label_over_a_card_and_one_crossed_by_a_strange_edge_are_two_overlaps():
    nodes = (node("a", Box(0, 0, 30, 30)),)
    edges = (
        edge("a", "b", Point(30, 10), Point(100, 10), plate=Box(20, 5, 20, 10)),
        edge("c", "d", Point(35, -50), Point(35, 50)),
    )
    assert quality(picture(nodes, edges)).label_overlaps == 2


def test_aspect_and_area_are_those_of_the_picture():
    found = quality(picture((), ()))
    assert (found.aspect, found.area, found.bends) == (2.0, 20_000, 0)


def test_an_edge_through_a_frame_that_holds_neither_end_is_counted():
    frame = Boundary("g", "g", BoundaryKind.ZONE)
    box = Box(40, 0, 40, 100)
    placed = PlacedBoundary(frame, box, EMPTY, "", Box(45, 5, 10, 10), 1)
    inside = replace(node("x", Box(50, 70, 20, 20)), node=SceneNode("x", "x", Shape.SERVER, boundary="g"))
    edges = (edge("a", "b", Point(0, 50), Point(200, 50)), edge("a", "x", Point(0, 80), Point(50, 80)))
    made = replace(picture((inside, node("a", box), node("b", box)), edges), boundaries=(placed,))
    assert quality(made).strange_frames == 1


def test_ends_that_touch_neither_their_card_nor_their_frame_are_counted():
    nodes = (node("a", Box(0, 40, 20, 20)), node("b", Box(100, 40, 20, 20)))

    def loose(start: Point, end: Point) -> int:
        return lines(picture(nodes, (edge("a", "b", start, end),))).loose_ends

    assert loose(Point(20, 50), Point(100, 50)) == 0
    assert loose(Point(30, 50), Point(100, 50)) == 1
    assert loose(Point(20, 50), Point(90, 50)) == 1
    assert loose(Point(30, 50), Point(90, 50)) == 2

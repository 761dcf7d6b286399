"""What asks each other is one line with two heads."""

import pytest
from lxml import etree

from archspec.model import Shape
from archspec.renderers.layout.place import place
from archspec.renderers.scene import EdgeStyle, Scene, SceneEdge, SceneNode
from archspec.renderers.scenes.both_ways import both_ways
from archspec.renderers.svg.diagram import draw

SVG = {"s": "http://www.w3.org/2000/svg"}
NODES = tuple(SceneNode(id_, id_.upper(), Shape.SERVER) for id_ in "ab")


def test_two_arrows_there_and_back_are_one_line_with_two_heads():
    scene = Scene("both", "t", NODES, (SceneEdge("a", "b", label="http"), SceneEdge("b", "a", label="http")))
    tree = etree.fromstring(draw(place(both_ways(scene))).encode())
    (line,) = tree.xpath("//s:g[@data-source]", namespaces=SVG)
    assert (line.get("data-source"), line.get("data-target"), line.get("data-both")) == ("a", "b", "true")
    assert line.findall("s:path", SVG)[-1].get("d").count("M") == 2
    assert tree.xpath("//s:g[@data-layer='labels']/s:text/text()", namespaces=SVG) == ["http"]


def test_counts_of_both_ways_are_added():
    edges = (SceneEdge("a", "b", label="grpc ×3", count=3), SceneEdge("b", "a", label="grpc"))
    (joined,) = both_ways(Scene("both", "t", NODES, edges)).edges
    assert (joined.label, joined.count) == ("grpc ×4", 4)


@pytest.mark.parametrize(
    ("there", "back", "words"),
    [("", "", ""), ("http", "", "http"), ("", "grpc", "back: grpc"), ("http", "grpc", "http; back: grpc")],
)
def test_only_what_is_said_of_a_way_is_told(there: str, back: str, words: str):
    edges = (SceneEdge("a", "b", label=there), SceneEdge("b", "a", label=back))
    (joined,) = both_ways(Scene("both", "t", NODES, edges)).edges
    assert joined.description == words


def test_what_says_something_of_its_own_stays_by_itself():
    steps = (SceneEdge("a", "b", step="1"), SceneEdge("b", "a", step="2"))
    styles = (SceneEdge("a", "b"), SceneEdge("b", "a", EdgeStyle.ASYNCHRONOUS))
    assert [len(both_ways(Scene("both", "t", NODES, edges)).edges) for edges in (steps, styles)] == [2, 2]

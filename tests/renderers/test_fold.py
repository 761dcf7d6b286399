"""A picture of too many cards is folded until few enough stand there, and nothing is lost in it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from archspec.model import Shape
from archspec.renderers.scene import Boundary, BoundaryKind, Scene, SceneEdge, SceneNode
from archspec.renderers.scenes.fold import readable
from tests.properties import examples


@st.composite
def crowds(draw: st.DrawFn) -> Scene:
    """Up to ninety cards in groups within groups, with arrows between any of them."""
    count = draw(st.integers(2, 90))
    groups = [f"g{index}" for index in range(draw(st.integers(0, 6)))]
    boundaries = tuple(
        Boundary(id_, id_, BoundaryKind.TEAM, draw(st.sampled_from([None, *groups[:index]])))
        for index, id_ in enumerate(groups)
    )
    places = st.sampled_from([None, *groups])
    kinds = st.sampled_from(["Server", "Database"])
    nodes = tuple(
        SceneNode(f"n{index}", f"n{index}", Shape.SERVER, draw(kinds), boundary=draw(places)) for index in range(count)
    )
    ends = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=2 * count, unique=True))
    return Scene("crowd", "Crowd", nodes, tuple(SceneEdge(f"n{a}", f"n{b}") for a, b in pairs), boundaries)


@examples(60)
@given(crowds(), st.integers(2, 12))
def test_at_most_so_many_boxes_stand_there_and_hold_every_card_once(scene: Scene, limit: int):
    found = readable(scene, limit)
    assert min(2, len(scene.nodes)) <= len(found.nodes) <= limit or found is scene
    held = [id_ for node in found.nodes for id_ in (node.holds or (node.id,))]
    assert sorted(held) == sorted(node.id for node in scene.nodes)


@examples(60)
@given(crowds(), st.integers(2, 12))
def test_arrows_between_boxes_say_for_how_many_they_stand(scene: Scene, limit: int):
    found = readable(scene, limit)
    home = {id_: node.id for node in found.nodes for id_ in (node.holds or (node.id,))}
    pairs = [(home[edge.source], home[edge.target]) for edge in scene.edges]
    boxes = {node.id for node in found.nodes if node.members}
    between = Counter(pair for pair in pairs if pair[0] != pair[1] or pair[0] not in boxes)
    assert {(edge.source, edge.target): edge.count for edge in found.edges} == dict(between)


def test_servers_behind_one_gateway_become_one_box_with_their_number():
    nodes = (
        SceneNode("gw", "gw", Shape.BALANCER),
        *(SceneNode(f"s{i}", f"s{i}", Shape.SERVER, "Server") for i in range(60)),
    )
    scene = Scene("star", "Star", nodes, tuple(SceneEdge("gw", f"s{i}", label="https") for i in range(60)))
    found = readable(scene)
    assert [(node.label, node.members) for node in found.nodes] == [("gw", 0), ("60 servers", 60)]
    assert [edge.label for edge in found.edges] == ["https ×60"]
    assert found.notes[0].startswith("61 components are more than a picture can show: 2 boxes stand for them")


def test_a_chain_is_folded_by_what_talks_together():
    nodes = tuple(SceneNode(f"c{i}", f"c{i}", Shape.SERVER) for i in range(50))
    edges = tuple(SceneEdge(f"c{i}", f"c{i + 1}") for i in range(49))
    found = readable(Scene("chain", "Chain", nodes, edges))
    assert [node.label for node in found.nodes][:2] == ["c1 and c0", "c2 and c3"]
    assert len(found.nodes) == 40

"""Lines that say the same run as one with stubs, and every end still touches its card."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.model.shape import Shape
from archspec.renderers.layout.bundles import bundles
from archspec.renderers.layout.lines import lines
from archspec.renderers.layout.place import place
from archspec.renderers.layout.quality import quality
from archspec.renderers.scene import Direction, EdgeStyle, Scene, SceneEdge, SceneNode
from archspec.renderers.svg.diagram import draw
from tests.properties import examples


def hub(leaves: int, label: str = "", style: EdgeStyle = EdgeStyle.REQUEST, *, inwards: bool = False) -> Scene:
    names = [f"leaf-{number}" for number in range(leaves)]
    nodes = [SceneNode(name, name, Shape.SERVER) for name in ("hub", *names)]
    ends = [(name, "hub") if inwards else ("hub", name) for name in names]
    return Scene("hub", "Hub", tuple(nodes), tuple(SceneEdge(*pair, style, label) for pair in ends))


def starts(scene: Scene) -> int:
    return len({edge.path[0].start for edge in place(scene).edges})


def test_five_leaves_that_are_alike_hang_on_one_line():
    assert starts(hub(5)) == 1


def test_four_leaves_have_a_line_each():
    assert starts(hub(4)) == 4


def test_a_leaf_that_asks_somebody_else_has_a_line_of_its_own():
    scene = hub(6)
    more = replace(scene, edges=(*scene.edges, SceneEdge("leaf-0", "leaf-1")))
    assert [bundle.edges for bundle in bundles(more)] == []


def test_steps_of_a_flow_stand_by_themselves():
    scene = hub(6)
    steps = tuple(replace(edge, step=str(number)) for number, edge in enumerate(scene.edges))
    assert bundles(replace(scene, edges=steps)) == ()


def test_telemetry_of_three_goes_to_its_service_on_one_line():
    placed = place(hub(3, style=EdgeStyle.TELEMETRY, inwards=True))
    assert len({edge.tip for edge in placed.edges}) == 1


def test_a_label_of_many_lines_is_written_once_with_their_number():
    scene = hub(6, "kafka")
    mixed = replace(
        scene,
        nodes=(*scene.nodes, *(SceneNode(f"other-{number}", f"other {number}", Shape.SERVER) for number in range(5))),
        edges=(*scene.edges, *(SceneEdge("leaf-0", f"other-{number}", label=f"l{number}") for number in range(5))),
    )
    labels = [" ".join(edge.plate.text.lines) for edge in place(mixed).edges if edge.plate]
    assert sorted(labels) == ["kafka", "kafka ×5", "l0", "l1", "l2", "l3", "l4"]


def test_dots_of_lines_that_end_together_lie_on_one_another():
    assert "stroke-dashoffset" in draw(place(hub(3, style=EdgeStyle.TELEMETRY, inwards=True)))
    assert "stroke-dashoffset" not in draw(place(hub(2, style=EdgeStyle.TELEMETRY, inwards=True)))


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("inwards", [False, True])
def test_a_comb_of_twenty_keeps_to_what_holds_of_every_layout(direction: Direction, inwards: bool):
    placed = place(replace(hub(20, "https", inwards=inwards), direction=direction))
    found, followed = quality(placed), lines(placed)
    assert (found.crossings, found.edges_through_nodes, found.label_overlaps) == (0, 0, 0)
    assert (followed.loose_ends, followed.kinks, followed.shared) == (0, 0, 0)


@st.composite
def buses(draw_one: st.DrawFn) -> Scene:
    """Some that log here and measure there, beside what they ask."""
    count = draw_one(st.integers(3, 9))
    names = [f"c{number}" for number in range(count)]
    nodes = [SceneNode(name, name, Shape.SERVER) for name in (*names, "logs", "metrics")]
    pairs = draw_one(st.sets(st.sampled_from([(a, b) for a in names for b in names if a < b]), max_size=count))
    edges = [SceneEdge(a, b) for a, b in sorted(pairs)]
    for name in names:
        services = draw_one(st.sampled_from([(), ("logs",), ("metrics",), ("logs", "metrics")]))
        edges += [SceneEdge(name, service, EdgeStyle.TELEMETRY) for service in services]
    return Scene("bus", "Bus", tuple(nodes), tuple(edges), direction=draw_one(st.sampled_from(list(Direction))))


@examples(25)
@given(buses())
def test_a_bus_keeps_to_what_holds_of_every_layout(scene: Scene):
    placed = place(scene)
    found, followed = quality(placed), lines(placed)
    assert (found.edges_through_nodes, found.label_overlaps) == (0, 0)
    assert (followed.loose_ends, followed.kinks, followed.shared) == (0, 0, 0)
    assert followed.closest_ports is None or followed.closest_ports >= 13.9

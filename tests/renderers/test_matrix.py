"""Where lines would be too many a table says who asks whom, and what stands where."""

from pathlib import Path

import pytest
from lxml import etree

from archspec.language import load, load_text
from archspec.model import Shape
from archspec.renderers import build_scene, find_view, matrix_of, render, renderers
from archspec.renderers.matrix import dependency_matrix, is_dense
from archspec.renderers.scene import Scene, SceneEdge, SceneNode

SPECS = Path(__file__).parent / "specs"


def scene(pairs: list[tuple[str, str]]) -> Scene:
    ids = dict.fromkeys(end for pair in pairs for end in pair)
    nodes = tuple(SceneNode(id_, id_.upper(), Shape.SERVER) for id_ in ids)
    return Scene("s", "S", nodes, tuple(SceneEdge(*pair) for pair in pairs))


def test_callers_stand_above_those_whom_they_ask():
    found = dependency_matrix(scene([("c", "d"), ("a", "b"), ("b", "c")]))
    assert [row.id for row in found.rows] == ["a", "b", "c", "d"]
    assert sorted(found.cells) == [(0, 1), (1, 2), (2, 3)]


def test_a_field_says_how_many_connections_it_stands_for_and_who_asks_whom():
    made = dependency_matrix(Scene("s", "S", scene([("a", "b")]).nodes, (SceneEdge("a", "b", count=7),)))
    assert (made.cells[0, 1].count, made.cells[0, 1].tip) == (7, "A asks B")


def test_ten_cards_that_all_ask_each_other_are_a_table():
    ids = "abcdefghij"
    everybody = scene([(a, b) for a in ids for b in ids if a != b])
    assert (is_dense(everybody), is_dense(scene([("a", "b")]))) == (True, False)


def test_a_deployment_of_many_components_says_once_whom_each_asks_and_where_that_stands_alone():
    text = "archspec: 1\nname: Zones\ngroups: {a: {kind: zone}, b: {kind: zone}}\ncomponents:\n"
    text += "".join(f"  s{i}: {{kind: server, replicas: 2, zones: [a, b]}}\n" for i in range(15))
    text += "  db: {kind: database, zones: [a]}\nconnections:\n  - s0 -> s1\n  - s0 -> db\n"
    architecture = load_text(text)
    view = find_view(architecture, "deployment")
    made = matrix_of(architecture, view, build_scene(architecture, view))
    assert made is not None
    assert [column.label for column in made.columns] == ["a", "b"]
    assert (made.asks[0], made.cells[0, 0].id, made.cells[15, 0].count) == ("s1, db (a)", "s0.a", 1)
    assert (15, 1) not in made.cells
    assert made.scene.notes == ()


@pytest.mark.parametrize("name", ["svg", "png", "pdf"])
def test_a_hundred_and_fifty_components_in_three_zones_fit_a_column_of_docs(name: str):
    architecture = load(SPECS / "zones-150.yaml")
    made = render(renderers()[name], architecture, find_view(architecture, "deployment"))
    if name == "svg":
        tree = etree.fromstring(made.data)
        assert tree.get("width") == "860"
        assert len(tree.xpath("//s:g[@data-id='edge']", namespaces={"s": "http://www.w3.org/2000/svg"})) == 1
    assert not any("more than a picture can show" in note for note in made.notes)


def test_tools_that_draw_by_themselves_get_every_arrow():
    ids = "abcdefghij"
    text = "archspec: 1\nname: Dense\ncomponents:\n" + "".join(f"  {id_}: {{kind: server}}\n" for id_ in ids)
    text += "connections:\n" + "".join(f"  - {a} -> {b}\n" for a in ids for b in ids if a != b)
    architecture = load_text(text)
    view = find_view(architecture, None)
    assert render(renderers()["mermaid"], architecture, view).data.count(b"-->") == 90

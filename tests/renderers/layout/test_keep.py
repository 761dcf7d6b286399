"""What was drawn before stays where it was when a picture changes a little."""

from dataclasses import replace
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load
from archspec.model import Shape
from archspec.renderers import build_scene, views
from archspec.renderers.fit import DOCS
from archspec.renderers.layout.kept import Kept
from archspec.renderers.layout.place import place
from archspec.renderers.layout.quality import covers_a_strange_card, quality
from archspec.renderers.placed import PlacedScene
from archspec.renderers.scene import Scene, SceneEdge, SceneNode
from archspec.renderers.svg.diagram import draw
from tests.renderers.scenes_for_tests import small_scene

SPECS = Path(__file__).parents[3] / "specs"
PICTURES = ["first_server", "scaled_out", "sock_shop", "video_platform", "web_shop"]


def overview(name: str) -> Scene:
    architecture = load(SPECS / name / "architecture.yaml")
    return build_scene(architecture, views(architecture)[0])


def with_one_more(scene: Scene) -> Scene:
    caller = scene.nodes[len(scene.nodes) // 2]
    node = SceneNode("one-more", "one more", Shape.SERVER, boundary=caller.boundary)
    return replace(scene, nodes=(*scene.nodes, node), edges=(*scene.edges, SceneEdge(caller.id, node.id)))


def mean_move(before: PlacedScene, after: PlacedScene) -> float:
    old = {node.node.id: node.card.centre for node in before.nodes}
    moves = [
        abs(node.card.centre.x - old[node.node.id].x) + abs(node.card.centre.y - old[node.node.id].y)
        for node in after.nodes
        if node.node.id in old
    ]
    return sum(moves) / len(moves)


@pytest.mark.parametrize("name", PICTURES)
def test_a_card_more_leaves_the_others_about_where_they_were(name: str):
    scene = overview(name)
    before = place(scene)
    after = place(with_one_more(scene), DOCS, Kept.of(before))
    assert mean_move(before, after) <= 40
    found = quality(after)
    assert (found.label_overlaps, found.edges_through_nodes, covers_a_strange_card(after)) == (0, 0, False)


def test_a_card_more_moves_the_others_by_at_most_a_dozen_px_in_the_mean():
    kept = [(overview(name), Kept.of(place(overview(name)))) for name in PICTURES]
    moves = [before.mean_move(place(with_one_more(scene), DOCS, before)) for scene, before in kept]
    assert sum(moves) / len(moves) <= 12


def test_a_line_that_was_there_keeps_its_way_past_cards_and_its_label():
    scene = overview("web_shop")
    before = Kept.of(place(scene))
    after = Kept.of(place(with_one_more(scene), DOCS, before))
    same = [key for key, line in before.lines.items() if after.lines[key] == line]
    assert len(same) >= 0.7 * len(before.lines)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_was_kept_is_the_same_to_the_byte_when_it_is_kept_again(name: str):
    scene = with_one_more(overview(name))
    first = draw(place(scene, DOCS, Kept.of(place(overview(name)))))
    assert draw(place(scene, DOCS, Kept.read(first))) == first


def test_places_are_read_from_the_picture_as_they_were_written():
    placed = place(small_scene())
    assert Kept.read(draw(placed)) == Kept.of(placed)


def test_what_is_no_picture_has_no_places():
    assert Kept.read("<svg><g data-id='a'/></svg>") is None


def test_a_picture_of_something_else_is_laid_out_afresh():
    assert place(small_scene(), DOCS, Kept.of(place(overview("sock_shop")))) == place(small_scene())


def test_a_file_that_is_no_picture_is_refused_with_a_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "old.svg").write_text("<svg/>")
    spec = str(SPECS / "first_server" / "architecture.yaml")
    assert run(["render", spec, "--keep", str(tmp_path / "old.svg"), "-o", str(tmp_path / "new.svg")]) == 2
    assert "has no cards in it that archspec drew" in capsys.readouterr().err


def test_build_leaves_cards_where_its_folder_has_them_unless_told_not_to(tmp_path: Path):
    short = "archspec: 1\nname: Shop\ncomponents:\n  a: {kind: server}\n  b: {kind: server}\nconnections:\n  - a -> b\n"
    more = short.replace(
        "connections:", "  c: {kind: server}\n  d: {kind: database}\nconnections:\n  - b -> c\n  - a -> d"
    )
    spec, out = tmp_path / "shop.yaml", tmp_path / "out"
    pictures = []
    for text, options in ((short, []), (more, []), (more, []), (more, ["--no-keep"])):
        spec.write_text(text)
        run(["build", str(spec), "-o", str(out), "-q", *options])
        pictures.append((out / "views" / "overview.svg").read_bytes())
    assert pictures[1] == pictures[2]
    fresh = place(build_scene(load(spec), views(load(spec))[0]))
    assert pictures[3] == draw(fresh).encode()

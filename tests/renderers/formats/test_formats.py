"""Every format takes any scene, and what it writes is read by that format's own parser where one is at hand."""

import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import graphviz
import pytest
from hypothesis import given

from archspec.errors import UsageError
from archspec.renderers import renderer_for, renderers
from archspec.renderers.layout.engine import lay_out
from archspec.renderers.layout.place import place
from archspec.renderers.renderer import FromPlacedScene, FromScene, Options, Output
from archspec.renderers.scene import EdgeStyle, Scene, SceneEdge
from tests.properties import examples
from tests.renderers.scenes_for_tests import scenes, small_scene

OURS = ("svg", "png", "dot", "mermaid", "diagrams")


def made(name: str, scene: Scene, options: Options | None = None) -> Output:
    source = renderers()[name].source
    if isinstance(source, FromPlacedScene):
        return source.run(place(scene), options or Options())
    assert isinstance(source, FromScene)
    return source.run(scene, options or Options())


def text_of(name: str, scene: Scene) -> str:
    return made(name, scene).data.decode()


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("name", OURS)
def test_each_format_gives_the_same_bytes_twice(name: str):
    assert made(name, small_scene()) == made(name, small_scene())


@pytest.mark.parametrize("name", [name for name in OURS if name != "png"])
def test_each_text_format_is_as_expected(name: str, golden: Callable[[str, bytes], None]):
    suffix = renderers()[name].suffixes[0]
    golden(f"tests/renderers/formats/expected/small{suffix}.txt", made(name, small_scene()).data)


def test_a_bitmap_is_twice_the_size_of_the_picture_unless_told():
    placed = place(small_scene())
    assert size_of(made("png", small_scene()).data) == (2 * placed.width, 2 * placed.height)
    assert size_of(made("png", small_scene(), Options(scale=1)).data) == (placed.width, placed.height)


@pytest.mark.parametrize("scale", [0, -1])
def test_a_scale_that_makes_no_picture_is_refused(scale: float):
    with pytest.raises(UsageError, match="scale of"):
        made("png", small_scene(), Options(scale=scale))


@examples(20)
@given(scenes())
def test_graphviz_reads_any_dot_and_finds_every_node(scene: Scene):
    found = lay_out(text_of("dot", scene))
    names = {item["name"] for item in found.get("objects", ()) if item["name"].startswith("n")}
    assert names == {f"n{index}" for index in range(len(scene.nodes))}


@examples(20)
@given(scenes())
def test_python_compiles_any_diagrams_program(scene: Scene):
    compile(text_of("diagrams", scene), "picture.py", "exec")


def test_the_diagrams_program_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run as its user would; only Graphviz's command is replaced by the engine inside archspec."""
    drawn: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(graphviz.Digraph, "render", lambda self, *args, **named: drawn.append(self.source))
    monkeypatch.setattr("os.remove", lambda path: None)
    monkeypatch.setattr(sys, "argv", ["picture.py"])
    exec(compile(text_of("diagrams", small_scene()), "picture.py", "exec"), {"__name__": "__main__"})
    objects = lay_out(drawn[0])["objects"]
    assert sorted(item["label"].split("\\n")[0].split("\n")[0] for item in objects if "image" in item) == [
        "API ×4",
        "Browser",
        "Load balancer",
        "Orders",
    ]


@examples(20)
@given(scenes())
def test_a_mermaid_label_has_no_character_that_ends_it(scene: Scene):
    for line in text_of("mermaid", scene).split("\n---\n")[-1].splitlines():
        quotes = line.count('"')
        assert quotes in (0, 2), line
        if quotes:
            inner = line[line.index('"') + 1 : line.rindex('"')].replace("<br>", "")
            assert not set(inner) & set('<>`{}"'), line


def test_a_format_is_found_by_name_or_by_suffix():
    assert [renderer_for(None, name).name for name in ("a.svg", "a.PNG", "a.gv", "a.mmd", "b/a.diagrams.py")] == [
        "svg",
        "png",
        "dot",
        "mermaid",
        "diagrams",
    ]
    assert renderer_for("dot", "a.txt").name == "dot"
    assert renderer_for(None).name == "svg"


@pytest.mark.parametrize("ask", [("gif", None), (None, "picture.gif")])
def test_an_unknown_format_is_refused_with_those_there_are(ask: tuple[str | None, str | None]):
    with pytest.raises(UsageError, match="svg"):
        renderer_for(*ask)


def test_what_a_format_cannot_express_is_said():
    assert made("mermaid", small_scene()).notes == (
        "mermaid shows no icons and no stacks of replicas; it says the count.",
    )


def framed_scene() -> Scene:
    """An arrow to a frame, and two of one pair."""
    scene = small_scene()
    edges = (
        SceneEdge("lb", "api", label="calls", frame="inner"),
        SceneEdge("api", "db", label="reads", name="sql"),
        SceneEdge("api", "db", EdgeStyle.ASYNCHRONOUS, "copies", name="copy"),
    )
    return replace(scene, edges=edges)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("mermaid", '  n1 -->|"calls"| b2'),
        ("plantuml", "n1 --> b2 : calls"),
        ("d2", 'b0.b1.n1 -> b0.b2: "calls"'),
        ("likec4", "  b0.b1.n1 -[request]-> b0.b2 'calls'"),
        ("dot", '\tn1 -> n2 [label=calls color="#46566b" fontcolor="#46566b" lhead=cluster_2 style=solid]'),
    ],
)
def test_an_arrow_to_a_frame_ends_at_it(name: str, line: str) -> None:
    assert f"{line}\n" in text_of(name, framed_scene())


def test_a_form_without_arrows_to_frames_says_to_what_it_draws_them() -> None:
    assert made("graphml", framed_scene()).notes[-1] == "graphml draws arrows to groups to a card inside: inner."


def test_two_connections_of_one_pair_are_drawn_apart() -> None:
    assert [line for line in text_of("mermaid", framed_scene()).splitlines() if "n2" in line and "n3" in line] == [
        '  n2 -->|"reads"| n3',
        '  n2 -.->|"copies"| n3',
    ]

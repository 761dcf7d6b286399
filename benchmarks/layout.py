"""How good layouts are, in numbers: archspec against plain dot, the library `diagrams` and LikeC4.

    python benchmarks/layout.py [SPEC…]

Every picture of every spec is laid out by each, from the same scene; the peers' DOT is laid out by the same
Graphviz that archspec carries, with the label sizes that they ask for. LikeC4 takes part where its command
`likec4` is found (or named by the variable LIKEC4). Figures are explained in docs/layout.md.
"""

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

from archspec.language import load
from archspec.model import Shape
from archspec.renderers import build_scene, renderers, views
from archspec.renderers.fit import DOCS
from archspec.renderers.geometry import Box, Curve, Point, line
from archspec.renderers.layout.engine import lay_out
from archspec.renderers.layout.kept import Kept
from archspec.renderers.layout.lines import Lines, lines
from archspec.renderers.layout.place import place
from archspec.renderers.layout.quality import Quality, quality
from archspec.renderers.placed import PlacedEdge, PlacedNode, PlacedScene, Plate
from archspec.renderers.renderer import FromScene, Options
from archspec.renderers.scene import Scene, SceneEdge, SceneNode
from archspec.renderers.text import Style, TextBlock, width

KEPT = "archspec --keep"
ROOT = Path(__file__).parent.parent
EMPTY = TextBlock((), 0.0)


@dataclass(frozen=True)
class Measured:
    """What a tool drew: the figures of its lines and labels, its size, and where its nodes stand."""

    quality: Quality
    lines: Lines
    width: float
    height: float
    places: dict[str, Point]

    @property
    def text(self) -> float:
        return DOCS.text(self.width, self.height)


@dataclass
class Totals:
    """The sums and extremes of a tool over all pictures."""

    pictures: int = 0
    legible: int = 0
    least_text: float = 99.0
    texts: float = 0.0
    crossings: int = 0
    faults: int = 0
    loose_ends: int = 0
    closest_ports: float = 99.0
    in_order: int = 0
    siblings: int = 0
    least_aspect: float = 99.0
    most_aspect: float = 0.0
    moved: float = 0.0
    relabelled: float = 0.0
    seconds: float = 0.0

    def add(self, found: Measured, moved: float, relabelled: float, seconds: float) -> None:
        quality, followed = found.quality, found.lines
        self.pictures += 1
        self.legible += found.text >= 12
        self.least_text = min(self.least_text, found.text)
        self.texts += found.text
        self.crossings += quality.crossings
        self.faults += quality.label_overlaps + quality.title_overlaps + quality.edges_through_nodes
        self.loose_ends += followed.loose_ends
        self.closest_ports = min(self.closest_ports, followed.closest_ports or 99.0)
        self.in_order += followed.in_order
        self.siblings += followed.siblings
        self.least_aspect = min(self.least_aspect, quality.aspect)
        self.most_aspect = max(self.most_aspect, quality.aspect)
        self.moved += moved
        self.relabelled += relabelled
        self.seconds += seconds


def main(paths: list[str]) -> None:
    specs = [Path(path) for path in paths] or sorted((ROOT / "specs").glob("*/architecture.yaml"))
    tools = {"archspec": ours, KEPT: ours, "dot": plain_dot, "diagrams": diagrams_library}
    likec4 = os.environ.get("LIKEC4") or shutil.which("likec4")
    if likec4:
        tools["likec4"] = lambda scene: likec4_tool(scene, likec4)
    lay_out("digraph { warm }")
    columns = (
        "size",
        "text at 860 px",
        "crossings",
        "overlaps",
        "loose ends",
        "ports",
        "in order",
        "moved, px",
        "s",
    )
    print(f"| picture | tool | {' | '.join(columns)} |")
    print(f"|---|---|{'--:|' * len(columns)}")
    totals = {name: Totals() for name in tools}
    for spec in specs:
        architecture = load(spec)
        for view in views(architecture):
            scene = build_scene(architecture, view)
            for name, tool in tools.items():
                print(f"| {spec.parent.name}/{view.id} {row(name, tool, scene, totals[name])}", flush=True)
    print()
    for name, total in totals.items():
        print(f"{name}: {summary(total)}")


def row(name: str, tool: Callable[[Scene], Measured], scene: Scene, total: Totals) -> str:
    start = perf_counter()
    found = tool(scene)
    seconds = perf_counter() - start
    again = partial(kept, scene) if name == KEPT else tool
    moves = [mean_move(found.places, again(changed).places) for changed in with_one_more(scene)]
    moved = sum(moves) / len(moves)
    relabelled = mean_move(found.places, again(with_a_longer_name(scene)).places)
    total.add(found, moved, relabelled, seconds)
    quality, followed = found.quality, found.lines
    overlaps = quality.label_overlaps + quality.title_overlaps + quality.edges_through_nodes
    ports = f"{followed.closest_ports:.0f}" if followed.closest_ports is not None else "–"
    size, order = f"{found.width:.0f} x {found.height:.0f}", f"{followed.in_order} of {followed.siblings}"
    counts = f"{quality.crossings} | {overlaps} | {followed.loose_ends}"
    return f"| {name} | {size} | {found.text:.1f} | {counts} | {ports} | {order} | {moved:.0f} | {seconds:.2f} |"


def summary(total: Totals) -> str:
    count = total.pictures
    return (
        f"{count} pictures; text at 860 px {total.texts / count:.1f} in the mean, {total.least_text:.1f} at least, "
        f"12 or more in {total.legible}; crossings {total.crossings}; overlaps {total.faults}; "
        f"loose ends {total.loose_ends}; ports {total.closest_ports:.1f} px; in order {total.in_order} of "
        f"{total.siblings}; width to height {total.least_aspect:.2f} to {total.most_aspect:.2f}; "
        f"moved {total.moved / count:.0f} px by a card more, {total.relabelled / count:.0f} px by a longer name; "
        f"{total.seconds / count:.2f} s a picture"
    )


def with_one_more(scene: Scene) -> Iterator[Scene]:
    """The scene with a node more, asked by the first, by the last, and by one in between."""
    for index in sorted({0, len(scene.nodes) // 2, len(scene.nodes) - 1}):
        caller = scene.nodes[index]
        node = SceneNode("one-more", "one more", Shape.SERVER, boundary=caller.boundary)
        yield replace(scene, nodes=(*scene.nodes, node), edges=(*scene.edges, SceneEdge(caller.id, node.id)))


def with_a_longer_name(scene: Scene) -> Scene:
    """The scene with a few words more in the name of the node in the middle."""
    middle = len(scene.nodes) // 2
    named = replace(scene.nodes[middle], label=f"{scene.nodes[middle].label} with a longer name")
    return replace(scene, nodes=(*scene.nodes[:middle], named, *scene.nodes[middle + 1 :]))


def mean_move(before: dict[str, Point], after: dict[str, Point]) -> float:
    """How far the nodes moved on average, the picture's own shift taken out."""
    shifts = [(after[id_].x - at.x, after[id_].y - at.y) for id_, at in before.items() if id_ in after]
    dx, dy = (sorted(shift[axis] for shift in shifts)[len(shifts) // 2] for axis in (0, 1))
    return sum(((x - dx) ** 2 + (y - dy) ** 2) ** 0.5 for x, y in shifts) / len(shifts)


def ours(scene: Scene) -> Measured:
    placed = place(scene)
    return figures(placed, {node.node.id: node.card.centre for node in placed.nodes})


def kept(scene: Scene, changed: Scene) -> Measured:
    """The changed picture where the first one leaves its cards."""
    placed = place(changed, DOCS, Kept.of(place(scene)))
    return figures(placed, {node.node.id: node.card.centre for node in placed.nodes})


def figures(placed: PlacedScene, places: dict[str, Point]) -> Measured:
    return Measured(quality(placed), lines(placed), placed.width, placed.height, places)


def written(name: str, scene: Scene) -> str:
    source = renderers()[name].source
    assert isinstance(source, FromScene)
    return source.run(scene, Options()).data.decode()


def plain_dot(scene: Scene) -> Measured:
    return measured(written("dot", scene), scene)


def diagrams_library(scene: Scene) -> Measured:
    """The program is run; its nodes carry names of the library's own, in the order of the program."""
    import graphviz

    sources: list[str] = []
    program = compile(written("diagrams", scene), "picture.py", "exec")
    with (
        patch.object(graphviz.Digraph, "render", lambda self, *_, **__: sources.append(self.source)),
        patch("os.remove"),
        patch("uuid.uuid4", side_effect=(_Named(index) for index in range(10**6))),
    ):
        exec(program, {"__name__": "__main__"})
    return measured(sources[0], scene)


class _Named:
    """What the library names a node by: `hex` of a UUID, here the node's number."""

    def __init__(self, index: int) -> None:
        self.hex = f"n{index}"


def likec4_tool(scene: Scene, command: str) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "model.c4").write_text(written("likec4", scene), encoding="utf-8")
        call = [command, "gen", "dot", "-o", f"{folder}/out", folder]
        subprocess.run(call, check=True, capture_output=True, timeout=300)
        source = next(Path(folder, "out").glob("*.dot")).read_text(encoding="utf-8")
    return measured(source, scene)


def measured(source: str, scene: Scene) -> Measured:
    """The metric of a DOT text as Graphviz lays it out."""
    answer = lay_out(source)
    height = float(answer["bb"].split(",")[3])
    items = [item for item in answer.get("objects", ()) if "pos" in item]
    names = {item["_gvid"]: item["name"] for item in items}
    boxes = {item["name"]: box_of(item, height) for item in items}
    nodes = tuple(PlacedNode(SceneNode(n, n, Shape.SERVER), box, box, EMPTY, EMPTY) for n, box in boxes.items())
    edges = tuple(edge_of(edge, names, height) for edge in answer.get("edges", ()) if "pos" in edge)
    left, low, right, top = (float(part) for part in answer["bb"].split(","))
    placed = PlacedScene(scene, right - left, max(top - low, 1.0), EMPTY, EMPTY, (), nodes, edges, ())
    return figures(placed, {name: box.centre for name, box in boxes.items()})


def box_of(item: dict[str, Any], height: float) -> Box:
    x, y = (float(part) for part in item["pos"].split(","))
    w, h = float(item["width"]) * 72, float(item["height"]) * 72
    return Box(x - w / 2, height - y - h / 2, w, h)


def edge_of(edge: dict[str, Any], names: dict[int, str], height: float) -> PlacedEdge:
    path = tuple(curves_of(edge["pos"], height))
    if edge["pos"].startswith("e,"):  # where the arrow's tip is, which the curve stops short of
        x, y = edge["pos"].split()[0].split(",")[1:]
        path = (*path, line(path[-1].end, Point(float(x), height - float(y))))
    made = SceneEdge(names[edge["tail"]], names[edge["head"]])
    return PlacedEdge(made, path, path[-1].end, path[-1].start, plate_of(edge, height))


def curves_of(text: str, height: float) -> Iterator[Curve]:
    pairs = [pair.split(",")[-2:] for pair in text.split() if pair[0] not in "es"]
    points = [Point(float(x), height - float(y)) for x, y in pairs]
    for start in range(0, len(points) - 3, 3):
        yield Curve(*points[start : start + 4])


def plate_of(edge: dict[str, Any], height: float) -> Plate | None:
    place_of_label = edge.get("lp") or edge.get("xlp")
    lines = re.split(r"\\n|\n|<BR/>", re.sub(r"<(?!BR/)[^>]*>", "", edge.get("label") or edge.get("xlabel") or ""))
    words = [html.unescape(line).strip() for line in lines if line.strip()]
    if not place_of_label or not words:
        return None
    x, y = (float(part) for part in place_of_label.split(","))
    size = float(edge.get("fontsize", 14))
    w, h = max(width(line, Style(size)) for line in words), size * 1.1 * len(words)
    return Plate(Box(x - w / 2, height - y - h / 2, w, h), EMPTY)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Graphviz's answer in our terms: boxes and curves in px, y downwards."""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.frozen import frozen
from archspec.renderers import Box, Curve, Plan, Point
from archspec.renderers.layout.dot_source import POINTS_PER_INCH, Attempt, dot_source
from archspec.renderers.layout.engine import lay_out


@frozen
class Positions:
    """Where Graphviz put things.

    `nodes` are by id, `boundaries` by id, `labels` by index of the edge. `curves` are by index of the edge,
    in the direction of the flow (so turned round for the plan's backward edges), with a gap at the label.
    """

    nodes: Mapping[str, Box]
    boundaries: Mapping[str, Box]
    labels: Mapping[int, Box]
    curves: Mapping[int, tuple[Curve, ...]]


def positions(plan: Plan, attempt: Attempt) -> Positions:
    """Graphviz's placing of the plan."""
    answer = lay_out(dot_source(plan, attempt))
    height = _numbers(answer["bb"])[3]
    nodes: dict[str, Box] = {}
    labels: dict[int, Box] = {}
    boundaries: dict[str, Box] = {}
    for item in answer.get("objects", ()):
        kind, index = item["name"][0], item["name"].removeprefix("cluster_")[1:]
        if kind == "c":
            left, low, right, up = _numbers(item["bb"])
            boundaries[plan.scene.boundaries[int(index)].id] = Box(left, height - up, right - left, up - low)
        elif kind == "n":
            id_ = plan.scene.nodes[int(index)].id
            room, slack = _box(item, height), plan.slack[id_]
            nodes[id_] = Box(room.x, room.y, room.width - slack, room.height - slack)
        else:
            labels[int(index)] = _box(item, height)
    return Positions(nodes, boundaries, labels, dict(_all_curves(answer, height)))


def _box(item: Mapping[str, Any], height: float) -> Box:
    x, y = _numbers(item["pos"])
    w, h = float(item["width"]) * POINTS_PER_INCH, float(item["height"]) * POINTS_PER_INCH
    return Box(x - w / 2, height - y - h / 2, w, h)


def _all_curves(answer: Mapping[str, Any], height: float) -> Iterator[tuple[int, tuple[Curve, ...]]]:
    pieces = {edge["id"]: tuple(_curves(edge["pos"], height)) for edge in answer.get("edges", ()) if "id" in edge}
    for name, curves in pieces.items():
        if not name.endswith("b"):
            index = int(name[1:].removesuffix("a"))
            yield index, curves + pieces.get(f"e{index}b", ())


def _curves(text: str, height: float) -> Iterator[Curve]:
    points = [Point(float(x), height - float(y)) for x, y in (pair.split(",")[-2:] for pair in text.split())]
    for start in range(0, len(points) - 3, 3):
        yield Curve(*points[start : start + 4])


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]

"""Mermaid's architecture-beta: services with icons in groups. Its names may hold only letters, digits and blanks."""

import re
from collections.abc import Iterator
from typing import assert_never

from archspec.model import Shape
from archspec.renderers import Direction, FromScene, Options, Output, Renderer, Scene, clean, toward_cards

_SIDES = {
    Direction.RIGHT: ("R", "L"),
    Direction.LEFT: ("L", "R"),
    Direction.DOWN: ("B", "T"),
    Direction.UP: ("T", "B"),
}


def icon(shape: Shape) -> str:
    """One of the five icons that Mermaid carries."""
    match shape:
        case Shape.STORE | Shape.CACHE:
            return "database"
        case Shape.QUEUE | Shape.DELIVERY:
            return "disk"
        case Shape.PERSON | Shape.DEVICE | Shape.EDGE_NETWORK:
            return "internet"
        case Shape.CLOUD | Shape.CHANNEL:
            return "cloud"
        case Shape.BALANCER | Shape.SERVER | Shape.WORKER | Shape.FUNCTION | Shape.OBSERVER:
            return "server"
        case _:
            assert_never(shape)


def _architecture(scene: Scene, options: Options) -> Output:
    number = {boundary.id: f"b{index}" for index, boundary in enumerate(scene.boundaries)}
    lines = ["architecture-beta", *_groups(scene, None, number)]
    for index, node in enumerate(scene.nodes):
        inside = f" in {number[node.boundary]}" if node.boundary is not None else ""
        name = _name(node.label, node.id) + (f" x{node.replicas}" if node.replicas > 1 else "")
        lines.append(f"  service n{index}({icon(node.shape)})[{name}]{inside}")
    out, into = _SIDES[scene.direction]
    index_of = {node.id: index for index, node in enumerate(scene.nodes)}
    pairs = dict.fromkeys((index_of[e.source], index_of[e.target]) for e in scene.edges if e.source != e.target)
    lines += [f"  n{a}:{out} --> {into}:n{b}" for a, b in pairs]
    notes = ("mermaid-architecture shows no labels of edges and no styles of lines, and names without special signs.",)
    return Output(("\n".join(lines) + "\n").encode(), (*notes, *toward_cards(scene, "mermaid-architecture")))


def _groups(scene: Scene, where: str | None, number: dict[str, str]) -> Iterator[str]:
    for boundary in scene.boundaries:
        if boundary.within == where:
            inside = f" in {number[where]}" if where is not None else ""
            yield f"  group {number[boundary.id]}(cloud)[{_name(boundary.label, boundary.id)}]{inside}"
            yield from _groups(scene, boundary.id, number)


def _name(words: str, otherwise: str) -> str:
    plain = " ".join(re.sub(r"[^A-Za-z0-9_ ]+", " ", clean(words)).split())[:60]
    return plain or re.sub(r"[^A-Za-z0-9_ ]+", " ", otherwise)


RENDERER = Renderer(
    "mermaid-architecture",
    (".arch.mmd",),
    "text/vnd.mermaid",
    "Mermaid's architecture-beta",
    FromScene(_architecture),
)

"""Frames drawn as one box each, with what they hold and how many arrows each of theirs stands for."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from archspec.model import Shape
from archspec.renderers import Boundary, Scene, SceneEdge, SceneNode
from archspec.renderers.scenes.pieces import merged

NAMED = 30
"""How many of its members a box names in its tool tip."""


def collapsed(scene: Scene, groups: Collection[str]) -> Scene:
    """The scene with each of these boundaries as one box that says how many components it holds.

    Edges into a box end at it, equal ones are joined and counted, those inside it go.
    """
    boundaries = {boundary.id: boundary for boundary in scene.boundaries}
    box_of = {id_: _box_of(id_, boundaries, groups) for id_ in boundaries}
    inside = {node.id: box_of.get(node.boundary or "") for node in scene.nodes}
    holds: dict[str, list[SceneNode]] = {}
    order: dict[str, SceneNode | None] = {}
    for node in scene.nodes:
        box = inside[node.id]
        order[box or node.id] = None if box else node
        if box:
            holds.setdefault(box, []).append(node)
    nodes = tuple(node or box_node(boundaries[id_], holds[id_]) for id_, node in order.items())
    edges = (
        _moved(edge, inside[edge.source], inside[edge.target])
        for edge in scene.edges
        if inside[edge.source] is None or inside[edge.source] != inside[edge.target]
    )
    shown = tuple(b for b in scene.boundaries if box_of[b.id] is None)
    return replace(scene, nodes=nodes, edges=tuple(_counted(edge) for edge in merged(edges)), boundaries=shown)


def _moved(edge: SceneEdge, source: str | None, target: str | None) -> SceneEdge:
    """An edge between boxes, in which its ends may stand; a box's connections are told as one."""
    name, frame = "" if source or target else edge.name, "" if target else edge.frame
    return replace(edge, source=source or edge.source, target=target or edge.target, step="", name=name, frame=frame)


def _counted(edge: SceneEdge) -> SceneEdge:
    """An arrow that stands for several says for how many; what they are is in its tool tip."""
    if edge.count == 1:
        return edge
    words = "" if "," in edge.label else f"{edge.label.partition(' ×')[0]} "
    return replace(edge, label=f"{words if not words.startswith('×') else ''}×{edge.count}".strip())


def _box_of(boundary: str | None, boundaries: Mapping[str, Boundary], groups: Collection[str]) -> str | None:
    """The outermost collapsed boundary round a place."""
    found = None
    while boundary is not None:
        if boundary in groups:
            found = boundary
        boundary = boundaries[boundary].within
    return found


def box_node(boundary: Boundary, holds: list[SceneNode]) -> SceneNode:
    """The box that stands for a boundary and all in it."""
    shapes = {node.shape for node in holds}
    names = [node.label for node in holds[:NAMED]] + ([f"{len(holds) - NAMED} more"] if len(holds) > NAMED else [])
    members = tuple(id_ for node in holds for id_ in (node.holds or (node.id,)))
    return SceneNode(
        boundary.id,
        boundary.label,
        shapes.pop() if len(shapes) == 1 else Shape.SERVER,
        boundary.kind.value.capitalize(),
        description=", ".join(names),
        members=len(members),
        boundary=boundary.within,
        holds=members,
    )

"""Frames drawn as one box: asked for, or because a picture would have more cards than a person can read."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from archspec.model.shape import Shape
from archspec.renderers.scene import Boundary, Scene, SceneNode
from archspec.renderers.scenes.pieces import merged

READABLE = 40


def collapsed(scene: Scene, groups: Collection[str]) -> Scene:
    """The scene with each of these boundaries as one box that says how many components it holds.

    Edges into a box end at it, equal ones are joined, those inside it go.
    """
    boundaries = {boundary.id: boundary for boundary in scene.boundaries}
    inside = {node.id: _box_of(node.boundary, boundaries, groups) for node in scene.nodes}
    nodes: dict[str, SceneNode] = {}
    for node in scene.nodes:
        box = inside[node.id]
        if box is None:
            nodes[node.id] = node
        else:
            before = nodes.get(box)
            nodes[box] = _box(boundaries[box], [before, node] if before else [node])
    edges = (
        replace(edge, source=inside[edge.source] or edge.source, target=inside[edge.target] or edge.target, step="")
        for edge in scene.edges
        if inside[edge.source] is None or inside[edge.source] != inside[edge.target]
    )
    shown = tuple(b for b in scene.boundaries if _box_of(b.id, boundaries, groups) is None)
    return replace(scene, nodes=tuple(nodes.values()), edges=merged(edges), boundaries=shown)


def readable(scene: Scene, limit: int = READABLE, open_: Collection[str] = ()) -> Scene:
    """The scene, its innermost boundaries collapsed level by level until it has at most `limit` cards.

    A note says so. Boundaries that stay `open_` are looked into: they are not collapsed, nor is all that they hold
    drawn as a single box. Where too much stands outside every other boundary the scene may stay larger.
    """
    found = scene
    while len(found.nodes) > limit and (depths := _depths(found, open_)):
        deepest = max(depths.values())
        smaller = collapsed(found, [id_ for id_, depth in depths.items() if depth == deepest])
        if open_ and len(smaller.nodes) == 1:
            break
        found = smaller
    if found is scene:
        return scene
    words = f"{len(scene.nodes)} components are more than a picture can show: groups are drawn as one box each"
    remedy = 'narrow the view with `include`, or draw one group with `include: ["group:x"]`'
    return replace(found, notes=(*scene.notes, f"{words}; {remedy}."))


def _depths(scene: Scene, open_: Collection[str]) -> dict[str, int]:
    """How deep each boundary lies that may be collapsed."""
    within = {boundary.id: boundary.within for boundary in scene.boundaries}
    depths = Counter[str]()
    for id_ in within:
        around: str | None = id_
        while around is not None:
            depths[id_] += 1
            around = within.get(around)
    return {id_: depth for id_, depth in depths.items() if id_ not in open_}


def _box_of(boundary: str | None, boundaries: dict[str, Boundary], groups: Collection[str]) -> str | None:
    """The outermost collapsed boundary round a place."""
    found = None
    while boundary is not None:
        if boundary in groups:
            found = boundary
        boundary = boundaries[boundary].within
    return found


def _box(boundary: Boundary, holds: list[SceneNode]) -> SceneNode:
    shapes = {node.shape for node in holds}
    return SceneNode(
        boundary.id,
        boundary.label,
        shapes.pop() if len(shapes) == 1 else Shape.SERVER,
        boundary.kind.value.capitalize(),
        description=", ".join(node.description if node.members else node.label for node in holds),
        members=sum(node.members or 1 for node in holds),
        boundary=boundary.within,
    )

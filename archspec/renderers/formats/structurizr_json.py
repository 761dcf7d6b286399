"""Structurizr workspace JSON: the same model as its DSL, with every element in its place."""

from typing import Any

from archspec.model import Shape
from archspec.renderers import EdgeStyle, PlacedScene, SceneNode, clean, detail_of, toward_cards
from archspec.renderers.formats.structurizr import is_outside, unique_titles
from archspec.renderers.renderer import FromPlacedScene, Options, Output, Renderer
from archspec.values import json_text

_SHAPES = {"store": "Cylinder", "cache": "Cylinder", "queue": "Pipe", "balancer": "Hexagon"}
_SYSTEM = "1"


def _workspace(placed: PlacedScene, options: Options) -> Output:
    scene = placed.scene
    names = unique_titles(scene)
    ids = {node.id: str(number) for number, node in enumerate(scene.nodes, start=2)}
    first = len(ids) + 2
    links = [(str(first + n), edge) for n, edge in enumerate(scene.edges) if edge.source != edge.target]
    outgoing: dict[str, list[dict[str, Any]]] = {}
    for id_, edge in links:
        words = clean(f"{edge.step}. {edge.label}" if edge.step else edge.label) or f"{edge.style.value} {id_}"
        style = "Asynchronous" if edge.style is EdgeStyle.ASYNCHRONOUS else "Synchronous"
        relation = {"id": id_, "sourceId": ids[edge.source], "destinationId": ids[edge.target], "description": words}
        tags = f"Relationship,{edge.style.value}"
        outgoing.setdefault(edge.source, []).append({**relation, "interactionStyle": style, "tags": tags})
    elements = {node.id: _element(node, ids, names, outgoing) for node in scene.nodes}
    people = [elements[n.id] for n in scene.nodes if n.shape in (Shape.PERSON, Shape.DEVICE)]
    others = [elements[n.id] for n in scene.nodes if n.shape is Shape.CLOUD]
    containers = [elements[n.id] for n in scene.nodes if not is_outside(n)]
    title = clean(scene.title) or "System"
    system = {"id": _SYSTEM, "name": f"{title} (system)", "tags": "Element,Software System", "containers": containers}
    view = {
        "key": "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in scene.name) or "view",
        "softwareSystemId": _SYSTEM,
        "description": clean(scene.description),
        "dimensions": {"width": round(placed.width * 2), "height": round(placed.height * 2)},
        "elements": [{"id": ids[n.node.id], "x": round(n.box.x * 2), "y": round(n.box.y * 2)} for n in placed.nodes],
        "relationships": [{"id": id_} for id_, _ in links],
    }
    styles = [{"tag": tag, "shape": shape} for tag, shape in _SHAPES.items()]
    workspace = {
        "name": title,
        "description": clean(scene.description),
        "model": {"people": people, "softwareSystems": [*others, system]},
        "views": {"containerViews": [view], "configuration": {"styles": {"elements": styles}}},
    }
    notes = ("structurizr-json shows no groups around groups and no stacks of replicas.",)
    return Output(
        (json_text(workspace)).encode(),
        (*notes, *toward_cards(scene, "structurizr-json")),
    )


def _element(
    node: SceneNode, ids: dict[str, str], names: dict[str, str], outgoing: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    kind = "Software System" if node.shape is Shape.CLOUD else "Person" if is_outside(node) else "Container"
    own = {"structurizr.dsl.identifier": node.id}
    element: dict[str, Any] = {
        "id": ids[node.id],
        "name": names[node.id],
        "tags": f"Element,{kind},{node.shape.value}",
        "properties": own,
    }
    if clean(node.description):
        element["description"] = clean(node.description)
    if kind == "Container":
        element["technology"] = detail_of(node)
    if node.boundary and kind == "Container":
        element["group"] = node.boundary
    if node.id in outgoing:
        element["relationships"] = outgoing[node.id]
    return element


RENDERER = Renderer(
    "structurizr-json",
    (".workspace.json",),
    "application/json",
    "a Structurizr workspace, laid out",
    FromPlacedScene(_workspace),
)

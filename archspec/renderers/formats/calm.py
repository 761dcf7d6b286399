"""CALM, FINOS' Common Architecture Language Model: nodes, relationships, and what is deployed in what."""

from typing import Any, assert_never

from archspec.model import Shape
from archspec.renderers import FromScene, Options, Output, Renderer, Scene, SceneNode, clean, detail_of
from archspec.values import json_text

SCHEMA = "https://calm.finos.org/release/1.0/meta/calm.json"
_PROTOCOLS = ("HTTP", "HTTPS", "FTP", "SFTP", "JDBC", "WebSocket", "SocketIO", "LDAP", "AMQP", "TLS", "mTLS", "TCP")


def node_type(shape: Shape) -> str:
    """CALM's type for our shape."""
    match shape:
        case Shape.PERSON:
            return "actor"
        case Shape.DEVICE:
            return "webclient"
        case Shape.STORE | Shape.CACHE | Shape.QUEUE:
            return "database"
        case Shape.BALANCER | Shape.EDGE_NETWORK:
            return "network"
        case Shape.CLOUD:
            return "ecosystem"
        case Shape.SERVER | Shape.WORKER | Shape.FUNCTION | Shape.OBSERVER | Shape.CHANNEL | Shape.DELIVERY:
            return "service"
        case _:
            assert_never(shape)


def _calm(scene: Scene, options: Options) -> Output:
    frames = [
        _node(f"group-{b.id}", b.label or b.id, "system", f"{b.kind.value.capitalize()} {clean(b.label)}")
        for b in scene.boundaries
    ]
    nodes = [_node(n.id, n.label or n.id, node_type(n.shape), n.description or _what(n)) for n in scene.nodes]
    relationships = [*_connects(scene), *_deployed(scene)]
    model = {"$schema": SCHEMA, "nodes": [*nodes, *frames], "relationships": relationships}
    notes = ("calm has no counts of replicas; the description says them.",)
    return Output((json_text(model)).encode(), notes)


def _node(id_: str, name: str, kind: str, description: str) -> dict[str, Any]:
    return {"unique-id": id_, "node-type": kind, "name": clean(name) or id_, "description": clean(description) or id_}


def _what(node: SceneNode) -> str:
    count = f", {node.replicas} replicas" if node.replicas > 1 else ""
    return f"{detail_of(node) or node.shape.value}{count}"


def _connects(scene: Scene) -> list[dict[str, Any]]:
    found = []
    for number, edge in enumerate(scene.edges):
        words = clean(f"{edge.step}. {edge.label}" if edge.step else edge.label)
        end = f"group-{edge.frame}" if edge.frame else edge.target
        ends = {"source": {"node": edge.source}, "destination": {"node": end}}
        relation: dict[str, Any] = {
            "unique-id": f"{edge.source}-to-{edge.end}-{number}",
            "description": words or edge.style.value,
            "relationship-type": {"connects": ends},
        }
        known = next((protocol for protocol in _PROTOCOLS if protocol.lower() == words.lower()), None)
        found.append(relation | ({"protocol": known} if known else {}))
    return found


def _deployed(scene: Scene) -> list[dict[str, Any]]:
    found = []
    for boundary in scene.boundaries:
        members = [node.id for node in scene.nodes if node.boundary == boundary.id]
        members += [f"group-{inner.id}" for inner in scene.boundaries if inner.within == boundary.id]
        if members:
            place = {"container": f"group-{boundary.id}", "nodes": members}
            found.append({"unique-id": f"in-{boundary.id}", "relationship-type": {"deployed-in": place}})
    return found


RENDERER = Renderer("calm", (".calm.json",), "application/json", "a CALM architecture", FromScene(_calm))

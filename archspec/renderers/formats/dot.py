"""DOT, for Graphviz users: clusters, labels and line styles; Graphviz lays it out by itself."""

from collections.abc import Mapping
from typing import Any, assert_never

from archspec.model import Shape
from archspec.renderers import FromScene, Options, Output, Renderer, Theme, clean, detail_of
from archspec.renderers.scene import Direction, EdgeStyle, Scene, SceneEdge, SceneNode

_RANKDIR = {Direction.RIGHT: "LR", Direction.LEFT: "RL", Direction.DOWN: "TB", Direction.UP: "BT"}
_LINE: Mapping[EdgeStyle, Mapping[str, str]] = {
    EdgeStyle.REQUEST: {"style": "solid"},
    EdgeStyle.ASYNCHRONOUS: {"style": "dashed"},
    EdgeStyle.TELEMETRY: {"style": "dotted"},
    EdgeStyle.DELIVERY: {"style": "solid", "penwidth": "0.6"},
}


def shape_name(shape: Shape) -> str:
    """Graphviz's shape for ours."""
    match shape:
        case Shape.STORE | Shape.CACHE:
            return "cylinder"
        case Shape.QUEUE:
            return "cds"
        case Shape.PERSON | Shape.DEVICE:
            return "oval"
        case Shape.BALANCER | Shape.EDGE_NETWORK:
            return "hexagon"
        case Shape.CLOUD:
            return "box"
        case Shape.SERVER | Shape.WORKER | Shape.FUNCTION:
            return "box"
        case Shape.OBSERVER | Shape.CHANNEL | Shape.DELIVERY:
            return "component"
        case _:
            assert_never(shape)


def _dot(scene: Scene, options: Options) -> Output:
    from graphviz import Digraph

    graph = Digraph(_quoted(scene.name))
    graph.attr(rankdir=_RANKDIR[scene.direction], label=_quoted(scene.title), labelloc="t", fontname="Inter,Helvetica")
    graph.attr("node", fontname="Inter,Helvetica", fontsize="12", style="filled,rounded")
    graph.attr("edge", fontname="Inter,Helvetica", fontsize="10")
    _fill(graph, scene, options.theme, None)
    clusters = {boundary.id: f"cluster_{index}" for index, boundary in enumerate(scene.boundaries)}
    if any(edge.frame for edge in scene.edges):
        graph.attr(compound="true")
    names = {node.id: f"n{index}" for index, node in enumerate(scene.nodes)}
    for edge in scene.edges:
        frame = {"lhead": clusters[edge.frame]} if edge.frame else {}
        graph.edge(names[edge.source], names[edge.target], **_edge(edge, options.theme), **frame)
    notes = ("dot shows no icons and no stacks of replicas; it says the count.",)
    return Output(str(graph.source).encode(), notes)


def _fill(graph: Any, scene: Scene, theme: Theme, where: str | None) -> None:
    for index, node in enumerate(scene.nodes):
        if node.boundary == where:
            graph.node(f"n{index}", **_node(node, theme))
    for index, boundary in enumerate(scene.boundaries):
        if boundary.within == where:
            with graph.subgraph(name=f"cluster_{index}") as cluster:
                cluster.attr(label=_quoted(f"{boundary.label} ({boundary.kind.value})"), style="rounded", labeljust="l")
                cluster.attr(color=theme.frame(boundary.kind).light)
                _fill(cluster, scene, theme, boundary.id)


def _node(node: SceneNode, theme: Theme) -> dict[str, str]:
    count = f" ×{node.replicas}" if node.replicas > 1 else ""
    label = _quoted((node.label or node.id) + count, detail_of(node))
    tone = theme.tone(node.shape)
    style = "filled,rounded" if node.is_ours else "filled,rounded,dashed"
    return {
        "label": label,
        "shape": shape_name(node.shape),
        "style": style if shape_name(node.shape) == "box" else "filled",
        "fillcolor": tone.ground.light,
        "color": tone.ink.light,
        "tooltip": _quoted(node.description or node.label),
    }


def _edge(edge: SceneEdge, theme: Theme) -> dict[str, str]:
    step = f"{edge.step}. " if edge.step else ""
    colour = theme.line(edge.style).light
    return {"label": _quoted(step + edge.label), "color": colour, "fontcolor": colour, **_LINE[edge.style]}


def _quoted(*lines: str) -> str:
    """The lines so that Graphviz takes no part of them for a command or for HTML."""
    from graphviz import nohtml

    kept = [clean(line).replace("\\", "\\\\") for line in lines if clean(line)]
    found: str = nohtml("\\n".join(kept))
    return found


RENDERER = Renderer("dot", (".dot", ".gv"), "text/vnd.graphviz", "Graphviz's language", FromScene(_dot))

"""The plan as DOT text. Only names of our own appear in it, so that no label can break out."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from archspec.renderers.layout.plan import (
    BOUNDARY_NOTE,
    BOUNDARY_TITLE_HEIGHT,
    Plan,
    boundary_note,
    boundary_title,
)
from archspec.renderers.scene import Boundary, Direction, EdgeStyle
from archspec.renderers.text import width

POINTS_PER_INCH = 72.0
NODE_GAP, RANK_GAP, BOUNDARY_MARGIN = 22.0, 34.0, 18.0
EDGES_IN_THE_MIDDLE = 44.0
LARGE = 250
TRUNK = 4  # how much straighter an edge is drawn that is the only one out of its source and into its target
_RANKDIR = {Direction.RIGHT: "LR", Direction.LEFT: "RL", Direction.DOWN: "TB", Direction.UP: "BT"}
_PULL = {EdgeStyle.REQUEST: 4, EdgeStyle.ASYNCHRONOUS: 3, EdgeStyle.DELIVERY: 2, EdgeStyle.TELEMETRY: 1}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to ask Graphviz for the same picture; the best of several is kept.

    `global_ranks`: ranks run through the boundaries, else each boundary is ranked by itself.
    `reverses`: nodes are told last to first, which starts the search for few crossings elsewhere.
    """

    global_ranks: bool = True
    reverses: bool = False


def dot_source(plan: Plan, attempt: Attempt) -> str:
    """DOT text with nodes `n<index>`, labels `l<index of edge>`, clusters `cluster_b<index>`.

    Each edge carries the `id` `e<index>` or, broken by its label, `e<index>a` and `e<index>b`.
    """
    from graphviz import Digraph

    scene = plan.scene
    graph = Digraph("G", graph_attr=_graph_attributes(plan, attempt))
    graph.attr("node", shape="box", fixedsize="true", label="")
    graph.attr("edge", arrowhead="none")
    members: dict[str | None, list[tuple[str, float, float]]] = {}
    for index, node in enumerate(scene.nodes):
        card = plan.cards[node.id]
        slack = plan.slack[node.id]
        members.setdefault(node.boundary, []).append((f"n{index}", card.width + slack, card.height + slack))
    for index, (edge, plate) in enumerate(zip(scene.edges, plan.plates, strict=True)):
        if plate and not edge.is_loop:
            where = plan.common_boundary(edge)
            members.setdefault(where, []).append((f"l{index}", plate.box.width, plate.box.height))
    if attempt.reverses:
        members = {where: found[::-1] for where, found in members.items()}
    _fill(graph, plan, members, None)
    _connect(graph, plan)
    return str(graph.source)


def _graph_attributes(plan: Plan, attempt: Attempt) -> dict[str, str]:
    attributes = {
        "rankdir": _RANKDIR[plan.scene.direction],
        "nodesep": _inches(NODE_GAP),
        "ranksep": _inches(RANK_GAP),
        "splines": "true",
        "newrank": "true" if attempt.global_ranks else "false",
        "margin": "16",  # between groups side by side
        "pad": "0",
    }
    if len(plan.scene.nodes) > LARGE:
        attributes |= {"nslimit": "3", "mclimit": "0.3"}
    return attributes


def _fill(graph: Any, plan: Plan, members: dict[str | None, list[tuple[str, float, float]]], where: str | None) -> None:
    for name, node_width, node_height in members.get(where, ()):
        graph.node(name, width=_inches(node_width), height=_inches(node_height))
    for index, boundary in enumerate(plan.scene.boundaries):
        if boundary.within == where and boundary.id in plan.occupied:
            with graph.subgraph(name=f"cluster_b{index}") as cluster:
                title = _spacer(_title_room(plan, boundary), BOUNDARY_TITLE_HEIGHT)
                cluster.attr(label=title, labeljust="l", margin=str(BOUNDARY_MARGIN))
                _fill(cluster, plan, members, boundary.id)


def _title_room(plan: Plan, boundary: Boundary) -> float:
    """How wide a frame must be for its name; where edges come in from above, for the name beside them."""
    name = boundary_title(boundary).width
    if plan.scene.direction.is_horizontal:
        return name + 10 + width(boundary_note(boundary), BOUNDARY_NOTE)
    return 2 * (name + EDGES_IN_THE_MIDDLE)


def _spacer(spacer_width: float, height: float) -> str:
    """An empty label of exactly this size."""
    size = f'FIXEDSIZE="TRUE" WIDTH="{round(spacer_width)}" HEIGHT="{round(height)}"'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" {size}><TR><TD></TD></TR></TABLE>>'


def _connect(graph: Any, plan: Plan) -> None:
    index_of = {node.id: index for index, node in enumerate(plan.scene.nodes)}
    leaving = Counter(edge.source for edge in plan.scene.edges)
    arriving = Counter(edge.target for edge in plan.scene.edges)
    for index, (edge, plate) in enumerate(zip(plan.scene.edges, plan.plates, strict=True)):
        if edge.is_loop:
            continue
        ends = [f"n{index_of[edge.source]}", f"n{index_of[edge.target]}"]
        tail, head = reversed(ends) if index in plan.backward else ends
        is_only = leaving[edge.source] == arriving[edge.target] == 1
        pull = 1 if edge.muted else _PULL[edge.style] * (TRUNK if is_only else 1)
        if plate:
            graph.edge(tail, f"l{index}", id=f"e{index}a", weight=str(pull))
            graph.edge(f"l{index}", head, id=f"e{index}b", weight=str(pull))
        else:
            graph.edge(tail, head, id=f"e{index}", weight=str(pull))


def _inches(pixels: float) -> str:
    return f"{pixels / POINTS_PER_INCH:.6f}"

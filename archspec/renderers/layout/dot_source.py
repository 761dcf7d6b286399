"""The plan as DOT text. Only names of our own appear in it, so that no label can break out."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from archspec.frozen import frozen
from archspec.renderers import Boundary, Direction, EdgeStyle, width
from archspec.renderers.layout.plan import BOUNDARY_NOTE, BOUNDARY_TITLE_HEIGHT, Plan, boundary_note, boundary_title
from archspec.renderers.layout.rows import rows

POINTS_PER_INCH = 72.0
NODE_GAP, RANK_GAP, BOUNDARY_MARGIN = 22.0, 34.0, 18.0
EDGES_IN_THE_MIDDLE = 44.0
LARGE = 250
TRUNK = 4  # how much straighter an edge is drawn that is the only one out of its source and into its target
_RANKDIR = {Direction.RIGHT: "LR", Direction.LEFT: "RL", Direction.DOWN: "TB", Direction.UP: "BT"}
_PULL = {EdgeStyle.REQUEST: 4, EdgeStyle.ASYNCHRONOUS: 3, EdgeStyle.DELIVERY: 2, EdgeStyle.TELEMETRY: 1}


@frozen
class Attempt:
    """One way to ask Graphviz for the same picture; the best of several is kept.

    `direction`: where requests flow. `is_narrow`: words on cards are broken sooner. `most_across`: how many cards stand
    side by side at most. `global_ranks`: ranks run through the boundaries, else each boundary is ranked by itself.
    `reverses`: nodes are told last to first, which starts the search for few crossings elsewhere. `keeps_order`: what a
    card asks stands in the order in which it is asked, whatever that crosses.
    """

    direction: Direction
    is_narrow: bool = False
    most_across: int | None = None
    global_ranks: bool = True
    reverses: bool = False
    keeps_order: bool = False


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
    _connect(graph, plan, _rows(plan, attempt.most_across))
    return str(graph.source)


def _graph_attributes(plan: Plan, attempt: Attempt) -> dict[str, str]:
    attributes = {
        "rankdir": _RANKDIR[attempt.direction],
        "nodesep": _inches(NODE_GAP),
        "ranksep": _inches(RANK_GAP),
        "splines": "true",
        "newrank": "true" if attempt.global_ranks else "false",
        "margin": "16",  # between groups side by side
        "pad": "0",
    }
    if attempt.keeps_order:
        attributes["ordering"] = "out"
    if len(plan.scene.nodes) > LARGE:
        attributes |= {"nslimit": "3", "mclimit": "0.3"}
    return attributes


def _fill(graph: Any, plan: Plan, members: dict[str | None, list[tuple[str, float, float]]], where: str | None) -> None:
    for name, node_width, node_height in members.get(where, ()):
        graph.node(name, width=_inches(node_width), height=_inches(node_height))
    for index, boundary in enumerate(plan.scene.boundaries):
        if boundary.within == where and boundary.id in plan.occupied:
            with graph.subgraph(name=f"cluster_b{index}") as cluster:
                title = _spacer(title_room(plan, boundary), BOUNDARY_TITLE_HEIGHT)
                cluster.attr(label=title, labeljust="l", margin=str(BOUNDARY_MARGIN))
                _fill(cluster, plan, members, boundary.id)


def title_room(plan: Plan, boundary: Boundary) -> float:
    """How wide a frame must be for its name; where edges come in from above, for the name beside them."""
    name = boundary_title(boundary).width
    if plan.scene.direction.is_horizontal:
        return name + 10 + width(boundary_note(boundary), BOUNDARY_NOTE)
    return 2 * (name + EDGES_IN_THE_MIDDLE)


def _spacer(spacer_width: float, height: float) -> str:
    """An empty label of exactly this size."""
    size = f'FIXEDSIZE="TRUE" WIDTH="{round(spacer_width)}" HEIGHT="{round(height)}"'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" {size}><TR><TD></TD></TR></TABLE>>'


def _rows(plan: Plan, most: int | None) -> Mapping[str, int]:
    """The row of each node, none where nobody says how many go side by side."""
    if most is None:
        return {}
    ends = [
        (edge.target, edge.source) if index in plan.backward else (edge.source, edge.target)
        for index, edge in enumerate(plan.scene.edges)
        if not edge.is_loop
    ]
    frames = {node.id: plan.chain(node.boundary) for node in plan.scene.nodes}
    return rows(list(frames), ends, most, frames)


def _connect(graph: Any, plan: Plan, row: Mapping[str, int]) -> None:
    index_of = {node.id: index for index, node in enumerate(plan.scene.nodes)}
    leaving = Counter(edge.source for edge in plan.scene.edges)
    arriving = Counter(edge.target for edge in plan.scene.edges)
    step = 2 if any(plan.plates) else 1  # where labels stand between rows of cards, every edge leaves them room
    for index, (edge, plate) in enumerate(zip(plan.scene.edges, plan.plates, strict=True)):
        if edge.is_loop:
            continue
        tail, head = (edge.target, edge.source) if index in plan.backward else (edge.source, edge.target)
        ranks = step * (row[head] - row[tail]) if row else 1 + plan.has_label(index)
        is_only = leaving[edge.source] == arriving[edge.target] == 1
        pull = str(1 if edge.muted else _PULL[edge.style] * (TRUNK if is_only else 1))
        ends = [f"n{index_of[tail]}", f"n{index_of[head]}"]
        if plate:
            graph.edge(ends[0], f"l{index}", id=f"e{index}a", weight=pull)
            graph.edge(f"l{index}", ends[1], id=f"e{index}b", weight=pull, minlen=str(ranks - 1))
        else:
            graph.edge(*ends, id=f"e{index}", weight=pull, minlen=str(ranks))
    _push_down(graph, plan, row, step)


def _push_down(graph: Any, plan: Plan, row: Mapping[str, int], step: int) -> None:
    """Hold nodes that nothing points at in the row that they are to stand in, by edges that nobody sees."""
    pointed_at = {
        edge.source if index in plan.backward else edge.target
        for index, edge in enumerate(plan.scene.edges)
        if not edge.is_loop
    }
    numbers = {node.id: index for index, node in enumerate(plan.scene.nodes)}
    first_of = {number: id_ for id_, number in reversed(list(row.items()))}
    for id_, number in row.items():
        if number and id_ not in pointed_at:
            above = numbers[first_of[number - 1]]
            graph.edge(f"n{above}", f"n{numbers[id_]}", style="invis", weight="0", minlen=str(step))


def _inches(pixels: float) -> str:
    return f"{pixels / POINTS_PER_INCH:.6f}"

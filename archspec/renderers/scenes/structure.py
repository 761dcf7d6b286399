"""The structure view: who asks whom, in the groups they stand in. A single flow is numbered step by step."""

from collections.abc import Sequence
from dataclasses import replace

from archspec.model import Architecture, Role, View
from archspec.renderers import Boundary, EdgeStyle, SceneEdge, SceneNode
from archspec.renderers.scenes.pieces import WATCHING, arrow, by_id, card, frames, merged, to_frames
from archspec.renderers.scenes.selection import calls, selected

Parts = tuple[tuple[SceneNode, ...], tuple[SceneEdge, ...], tuple[Boundary, ...]]
ASIDE = WATCHING | {Role.DELIVERY}


def structure(architecture: Architecture, view: View) -> Parts:
    """Nodes, edges and frames of a structure view.

    Without `include` it shows what takes part in requests: not what watches or delivers, which have
    views of their own. A view of flows alone shows the edges that the flows use; a view of one flow
    numbers them.
    """
    wanted = selected(architecture, view.include) if view.include else _everyday(architecture)
    wanted -= selected(architecture, view.exclude)
    components = by_id(architecture.components, wanted)
    nodes = tuple(card(component, component.group) for component in components)
    flows = [selector.removeprefix("flow:") for selector in view.include if selector.startswith("flow:")]
    shown = [component.id for component in components]
    is_of_flows = bool(flows) and len(flows) == len(view.include)
    edges = _flow_edges(architecture, flows) if is_of_flows else _all_edges(architecture, shown)
    ends = frozenset(shown)
    edges = merged(edge for edge in edges if edge.source in ends and edge.target in ends)
    return nodes, edges, frames(architecture, (component.group for component in components))


def _everyday(architecture: Architecture) -> frozenset[str]:
    """All but what only watches or delivers, and people who only do that; all if nothing is left."""
    components = architecture.components
    aside = {c.id for c in components.values() if c.kind_of.role in ASIDE}
    for person in architecture.of_kind("person"):
        ends = {edge.to for edge in architecture.outgoing[person.id]}
        if ends <= aside and not any(flow.from_ == person.id for flow in architecture.flows.values()):
            aside.add(person.id)
    return frozenset(components) - aside or frozenset(components)


def _all_edges(architecture: Architecture, shown: Sequence[str]) -> tuple[SceneEdge, ...]:
    """Every connection, telemetry faint; an arrow to a group once, to its frame."""
    connections = (edge for edge in architecture.edges if edge.to_group is None)
    arrows = [arrow(architecture, connection) for connection in connections]
    arrows += to_frames(architecture, shown)
    return tuple(replace(edge, muted=True) if edge.style is EdgeStyle.TELEMETRY else edge for edge in arrows)


def _flow_edges(architecture: Architecture, flows: list[str]) -> tuple[SceneEdge, ...]:
    """The calls of the flows as arrows; of a single flow, numbered and named by what they do."""
    found = []
    for flow in flows:
        for number, (caller, target, does) in enumerate(calls(architecture, flow), start=1):
            link = arrow(architecture, architecture.link(caller, target))
            if len(flows) == 1:
                link = replace(link, label=does or link.label, step=str(number))
            found.append(link)
    return tuple(found)

"""The observability view: what logs, measures and alerts where, and who is told."""

from collections.abc import Iterator

from archspec.model import Architecture, Role, View
from archspec.renderers import EdgeStyle, SceneEdge
from archspec.renderers.scenes.pieces import arrow, by_id, card, frames, merged
from archspec.renderers.scenes.selection import selected
from archspec.renderers.scenes.structure import Parts

WORDS = {
    "logs_to": "logs",
    "metrics_to": "metrics",
    "errors_to": "errors",
    "traces_to": "spans",
    "supervised_by": "supervised",
}


def observability(architecture: Architecture, view: View) -> Parts:
    """Nodes, edges and frames: all that takes part in telemetry or alerting, telemetry alone as edges."""
    edges = merged((*_telemetry(architecture), *_alerts(architecture)))
    taking_part = {end for edge in edges for end in (edge.source, edge.target)}
    taking_part |= {c.id for c in architecture.of_role(Role.TELEMETRY, Role.CHANNEL)}
    if view.include:
        taking_part &= selected(architecture, view.include)
    taking_part -= selected(architecture, view.exclude)
    components = by_id(architecture.components, taking_part)
    nodes = tuple(card(component, component.group) for component in components)
    shown = tuple(edge for edge in edges if edge.source in taking_part and edge.target in taking_part)
    return nodes, shown, frames(architecture, (component.group for component in components))


def _telemetry(architecture: Architecture) -> Iterator[SceneEdge]:
    for connection in architecture.edges:
        edge = arrow(architecture, connection)
        if edge.style is EdgeStyle.TELEMETRY:
            words = WORDS.get(connection.implied_by or "", connection.label or "")
            yield SceneEdge(edge.source, edge.target, edge.style, "", words or edge.description)


def _alerts(architecture: Architecture) -> Iterator[SceneEdge]:
    """From the service that evaluates alerts to those who are told, labelled with how many."""
    evaluators = architecture.of_kind("metrics_service") or architecture.of_kind("log_service")
    if not evaluators:
        return
    told: dict[str, list[str]] = {}
    for alert in architecture.alerts.values():
        for receiver in alert.notify:
            told.setdefault(receiver, []).append(alert.id)
    for receiver, alerts in told.items():
        label = alerts[0] if len(alerts) == 1 else f"{len(alerts)} alerts"
        yield SceneEdge(evaluators[0].id, receiver, EdgeStyle.TELEMETRY, label, "alerts: " + ", ".join(alerts))

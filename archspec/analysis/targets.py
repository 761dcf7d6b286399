"""Who stands behind whom: what a balancer sends requests to, and which workers live on a queue."""

from archspec.model import PULLERS, Architecture, Component, Role


class Targets:
    """Answers from written connections and from the calls of flows; edges that a reference implies do not count."""

    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture
        asked: dict[str, dict[str, None]] = {id_: {} for id_ in architecture.components}
        for connection in architecture.connections:
            asked[connection.from_][connection.to] = None
        for flow in architecture.flows:
            for visit in architecture.walk(flow):
                for caller, callee in architecture.pairs(visit):
                    asked[caller][callee] = None
        self._asked = asked

    def of(self, component: str) -> tuple[Component, ...]:
        """What it asks, sinks (logs, metrics, errors) aside."""
        found = (self._architecture.components[id_] for id_ in self._asked[component])
        return tuple(target for target in found if target.kind_of.role is not Role.TELEMETRY)

    def pulls_from_queue(self, component: str) -> bool:
        """Whether it is a worker or function connected to a queue or topic, whichever way the arrow was drawn."""
        components = self._architecture.components
        if components[component].kind not in PULLERS:
            return False
        edges = (*self._architecture.outgoing[component], *self._architecture.incoming[component])
        return any(components[id_].kind_of.role is Role.QUEUE for edge in edges for id_ in (edge.from_, edge.to))

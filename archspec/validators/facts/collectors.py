"""Which services measure a flow, and which of them are left when something fails."""

from archspec.frozen import frozen
from archspec.model import Architecture, Component, Running

Chain = tuple[str, ...]
"""Services that a figure passes on its way to an alert: a metrics service, or a log service and one behind it."""


@frozen
class Failure:
    """What fails: a replica of a component, or a group with all that stands in it."""

    id: str
    is_group: bool

    def takes(self, architecture: Architecture, component: Component) -> bool:
        """Whether a component cannot serve any more."""
        if not isinstance(component, Running):
            return component.id == self.id
        lost = int(component.id == self.id)
        if self.is_group:
            placed = architecture.placements(component)
            lost = sum(count for domains, count in placed.items() if self.id in domains)
        return component.instances - lost < component.needs


def collectors(architecture: Architecture, components: set[str]) -> tuple[Chain, ...]:
    """Every way on which figures of these components reach a metrics service; empty where nothing is said."""
    found: dict[Chain, None] = {}
    for id_ in sorted(components):
        component = architecture.components[id_]
        for service in getattr(component, "metrics_to", ()):
            found[(service,)] = None
        for service in getattr(component, "logs_to", ()):
            behind = getattr(architecture.components[service], "metrics_to", ())
            found |= {(service, metrics): None for metrics in behind}
    return tuple(found)


def lost(architecture: Architecture, chains: tuple[Chain, ...], failure: Failure) -> str | None:
    """A service whose loss cuts all chains while something fails; None where a chain is left, or there is none."""
    broken = [
        next((id_ for id_ in chain if failure.takes(architecture, architecture.components[id_])), None)
        for chain in chains
    ]
    return broken[0] if broken and all(broken) else None

"""Where components stand."""

from collections.abc import Mapping

from archspec.model import Architecture, Component, Path, Running

Hosts = Mapping[str, frozenset[str]]


def hosts(architecture: Architecture) -> Hosts:
    """By component, the groups of kind host in which any of its replicas stands; components on no host are left out."""
    found = {}
    for component in architecture.components.values():
        around = [*architecture.enclosing(component.group)]
        for zone in component.zones if isinstance(component, Running) else ():
            around += architecture.enclosing(zone)
        on = frozenset(group.id for group in around if group.kind == "host")
        if on:
            found[component.id] = on
    return found


def placed_at(component: Component) -> Path:
    """Where the spec says where a component stands: `zones` where written, else `group`."""
    field = "zones" if isinstance(component, Running) and component.zones else "group"
    return ("components", component.id, field)


def network_of(architecture: Architecture, component: Component) -> str | None:
    """The innermost network round a component."""
    around = architecture.enclosing(component.group)
    return next((group.id for group in around if group.kind == "network"), None)


def region_of(architecture: Architecture, component: Component) -> str | None:
    """The region that all of a component stands in; None where unknown or several."""
    zones = component.zones if isinstance(component, Running) else ()
    starts = zones or (component.group,)
    found = {next((g.id for g in architecture.enclosing(start) if g.kind == "region"), None) for start in starts}
    return found.pop() if len(found) == 1 else None


def places(architecture: Architecture, component: Running) -> tuple[str | None, ...]:
    """The zones (or regions, or hosts) in which its replicas stand, that of the first first; None where not said."""
    numbers = range(1, component.instances + 1)
    return tuple(dict.fromkeys(architecture.zone_of(component, number) for number in numbers))


def only_place(architecture: Architecture, component: Running) -> str | None:
    """The one of several zones (or regions, or hosts) in which all of a component stands; None where it is spread."""
    place, *others = places(architecture, component)
    if others or place is None:
        return None
    kind = architecture.groups[place].kind
    return place if sum(group.kind == kind for group in architecture.groups.values()) > 1 else None


def outlives(architecture: Architecture, component: Component, place: str) -> bool:
    """Whether some replica of a component does not stand in a place."""
    numbers = range(1, architecture.count(component) + 1)
    return any(place not in architecture.domains_of(component, number) for number in numbers)

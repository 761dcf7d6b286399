"""Figures that follow from a spec, beside the component that they are about."""

from collections import Counter

from archspec.analysis import Capacity
from archspec.editor.snapshot import Snapshot
from archspec.errors import UsageError
from archspec.model import Architecture, Component
from archspec.values import busy


def capacity_of(known: Snapshot, system: Architecture) -> Capacity:
    """How busy everything is, worked out once for each snapshot."""
    found = known.analyses.get(Capacity)
    if found is None:
        found = known.analyses[Capacity] = Capacity(system)
    return found


def component_lines(known: Snapshot, system: Architecture, component: Component) -> list[str]:
    """Where its replicas stand, what each promises, and how busy it is at the flows' rates."""
    told = [placement(system, component)]
    if (stated := getattr(component, "availability", None)) is not None:
        told.append(f"Availability of one: {stated}")
    told += [
        f"{station.resource.word.capitalize()}: {busy(station.peak)} busy"
        for station in capacity_of(known, system).stations
        if station.component == component.id and not station.connection
    ]
    return [each for each in told if each]


def placement(system: Architecture, component: Component) -> str:
    """`6 replicas: 3 in zone-a, 3 in zone-b`; empty where there is nothing to say."""
    try:
        count = len(system.replica_names(component))
    except UsageError:  # too many to be told apart
        return ""
    zones = Counter(zone for number in range(1, count + 1) if (zone := system.zone_of(component, number)))
    where = ", ".join(f"{number} in {zone}" for zone, number in zones.items())
    return f"{count} replica{'s' if count != 1 else ''}{f': {where}' if where else ''}" if count > 1 or where else ""

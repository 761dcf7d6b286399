"""One deployment environment: how many instances there are, where they stand, and what stands before them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archspec.importers import Facts, Section, Subject, identifier, items, kind_in, mapping, protocol_in, units
from archspec.importers.structurizr.workspace import Thing, Workspace

_PLACES = (("Region", "region"), ("Availability Zone", "zone"), ("Availability zone", "zone"))
_LIVE = ("live", "production", "prod", "default")


@dataclass(slots=True)
class _Place:
    instances: int
    zone: str | None
    names: list[str]


@dataclass(slots=True)
class Deployment:
    """Collects an environment's instances by container."""

    workspace: Workspace
    facts: Facts
    environment: str
    counts: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    zones: dict[str, list[str]] = field(default_factory=dict)
    instances: dict[str, str] = field(default_factory=dict)
    """The element of which each instance is one, by the workspace's own ids."""

    def run(self, nodes: list[Any]) -> None:
        """Go through the nodes; write replicas, places, and infrastructure with what it forwards to."""
        top = [mapping(node) for node in nodes]
        found = [
            (node, _Place(1, None, [])) for node in top if str(node.get("environment") or "Default") == self.environment
        ]
        infrastructure: list[tuple[Thing, dict[str, Any]]] = []
        while found:
            node, place = found.pop(0)
            here = self._place(node, place)
            for data in map(mapping, items(node.get("infrastructureNodes"))):
                thing = self._infrastructure(data)
                if thing is not None:
                    infrastructure.append((thing, data))
            for each in items(node.get("containerInstances")):
                self._instance(mapping(each), here, node)
            found = [(mapping(child), here) for child in items(node.get("children"))] + found
        for own, count in self.counts.items():
            container = self.workspace.of(own)
            if container is not None:
                why = f"{self.environment}: {' and '.join(self.reasons[own])}"
                self.facts.part(container.id, "replicas", count, why)
                self.facts.part(container.id, "zones", self.zones.get(own), why)
        for thing, data in infrastructure:
            self._forwards(thing, data)

    def _place(self, node: dict[str, Any], around: _Place) -> _Place:
        count = units.integer(node.get("instances")) or 1
        zone = around.zone
        for word, kind in _PLACES:
            if word in str(node.get("tags")) or str(node.get("technology")) == word:
                zone = identifier(str(node.get("name")))
                subject = Subject(Section.GROUPS, zone)
                self.facts.add(subject, "kind", kind, f"deployment node {node.get('name')}, tag {word}")
                self.facts.add(subject, "label", str(node.get("name")), f"deployment node {node.get('name')}")
        names = [*around.names, str(node.get("name"))] if count > 1 else around.names
        return _Place(around.instances * count, zone, names)

    def _instance(self, each: dict[str, Any], here: _Place, node: dict[str, Any]) -> None:
        own = str(each.get("containerId"))
        self.instances[str(each.get("id"))] = own
        self.counts[own] = self.counts.get(own, 0) + here.instances
        said = f"{here.instances} on {' / '.join(here.names) or node.get('name')}"
        said += ", tag Failover" if "Failover" in str(node.get("tags")) else ""
        self.reasons.setdefault(own, []).append(said)
        if here.zone and here.zone not in self.zones.setdefault(own, []):
            self.zones[own].append(here.zone)

    def _infrastructure(self, each: dict[str, Any]) -> Thing | None:
        said = [str(each.get(key)) for key in ("tags", "technology", "name")]
        kind = kind_in(*said, without=("server", "person"))
        if kind is None:
            return None
        thing = self.workspace.add("infrastructure", each)
        why = f"infrastructure node {each.get('name')}, {kind[1]}"
        self.facts.part(thing.id, "kind", kind[0], why)
        self.facts.part(thing.id, "label", thing.name, why)
        return thing

    def _forwards(self, thing: Thing, data: dict[str, Any]) -> None:
        for relationship in _relationships(data):
            own = str(relationship.get("destinationId"))
            target = self.workspace.of(self.instances.get(own, own))
            if target is not None and target.id != thing.id:
                why = f"infrastructure node {thing.name} leads to it"
                self.facts.asks(thing.id, target.id, why, protocol=protocol_in(relationship.get("technology")))


def _relationships(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (mapping(each) for each in items(data.get("relationships")))


def environment_of(nodes: list[Any], asked: str | None) -> tuple[str | None, list[str]]:
    """The environment that is asked for, or the live one, or the only one; and all there are."""
    known = list(dict.fromkeys(str(mapping(node).get("environment") or "Default") for node in nodes))
    if asked is not None:
        return next((name for name in known if name.lower() == asked.lower()), None), known
    live = next((name for word in _LIVE for name in known if name.lower() == word), None)
    return live or (known[0] if len(known) == 1 else None), known

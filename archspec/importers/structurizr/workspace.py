"""A workspace's elements and relationships, at the level of containers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archspec.frozen import frozen
from archspec.importers import at, identifier, items, mapping

STANDARD = frozenset(
    {"Element", "Person", "Software System", "Container", "Component", "Relationship", "Deployment Node", ""}
    | {"Infrastructure Node", "Container Instance", "Software System Instance"}
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@frozen
class Thing:
    """A person, a software system, a container or an infrastructure node, by its id in the spec."""

    id: str
    sort: str
    data: dict[str, Any]
    system: dict[str, Any] | None = None
    """Of a container, the system round it."""

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.data.get("name") or self.id)

    @property
    def tags(self) -> list[str]:
        """Its own tags, without those that every element has."""
        return [tag for each in str(self.data.get("tags") or "").split(",") if (tag := each.strip()) not in STANDARD]


@dataclass(slots=True)
class Workspace:
    """The things that become components, and where each element of the model is lifted to."""

    model: dict[str, Any]
    things: dict[str, Thing] = field(default_factory=dict)
    """By the workspace's own ids."""
    lifted: dict[str, str] = field(default_factory=dict)
    """The thing that an element is part of, by the workspace's own ids: a component's container."""
    whole: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Systems that have containers, by the workspace's own ids."""
    systems: dict[str, str] = field(default_factory=dict)
    """The groups of those, by the workspace's own ids."""
    ids: set[str] = field(default_factory=set)
    components: int = 0

    def of(self, own: Any) -> Thing | None:
        """The thing that an element of the workspace is, or is part of."""
        return self.things.get(self.lifted.get(str(own), str(own)))

    def add(self, sort: str, data: dict[str, Any], system: dict[str, Any] | None = None) -> Thing:
        """Take in an element as a thing with an id of its own."""
        thing = Thing(self.free(data), sort, data, system)
        self.things[str(data.get("id"))] = thing
        return thing

    def free(self, data: dict[str, Any]) -> str:
        """The id that its DSL gives, else its name; numbered where it is taken."""
        said = str(at(data, "properties", "structurizr.dsl.identifier") or "")
        speaks = said and not _UUID.search(said) and "." not in said
        base = identifier(said if speaks else str(data.get("name") or "unnamed").lower())
        id_, number = base, 1
        while id_ in self.ids:
            number += 1
            id_ = f"{base[:60]}-{number}"
        self.ids.add(id_)
        return id_

    def relationships(self) -> Iterator[dict[str, Any]]:
        """Every relationship of the static model; those between containers before those that are lifted."""
        found = [mapping(each) for holder in self._holders() for each in items(holder.get("relationships"))]
        found.sort(key=lambda each: any(str(each.get(end)) in self.lifted for end in ("sourceId", "destinationId")))
        yield from found

    def _holders(self) -> Iterator[dict[str, Any]]:
        for person in items(self.model.get("people")):
            yield mapping(person)
        for system in items(self.model.get("softwareSystems")):
            yield mapping(system)
            for container in items(mapping(system).get("containers")):
                yield mapping(container)
                for each in items(mapping(container).get("components")):
                    yield mapping(each)


def workspace(model: dict[str, Any]) -> Workspace:
    """The elements of a model."""
    made = Workspace(model)
    for person in items(model.get("people")):
        made.add("person", mapping(person))
    for each in items(model.get("softwareSystems")):
        system = mapping(each)
        containers = [mapping(container) for container in items(system.get("containers"))]
        if not containers:
            made.add("system", system)
            continue
        made.whole[str(system.get("id"))] = system
        for container in containers:
            thing = made.add("container", container, system)
            for part in items(container.get("components")):
                made.components += 1
                made.lifted[str(mapping(part).get("id"))] = str(thing.data.get("id"))
    return made

"""What a name in a fault or an option means: replicas, or a connection."""

from dataclasses import dataclass
from enum import Enum

from archspec.errors import UsageError
from archspec.execution.layout import EDGE_SIZE, REPLICA_SIZE
from archspec.execution.program import Compiled
from archspec.language import suggestions
from archspec.model.architecture import Architecture
from archspec.model.component import Component, Running
from archspec.model.kind import Role


class Scale(Enum):
    """How much a name stands for."""

    COMPONENT = "component"
    REPLICA = "replica"
    GROUP = "group"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True)
class Struck:
    """What a fault strikes: offsets of replicas, or of edges for a connection."""

    scale: Scale
    replicas: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()


def did_you_mean(word: str, known: list[str]) -> str:
    """A sentence that names the nearest of the known words, or all of them where there are few."""
    return suggestions.did_you_mean(
        word, known, f"known are {suggestions.listed(known)}." if known else "the spec declares none."
    )


def strike(architecture: Architecture, compiled: Compiled, name: str) -> Struck:
    """The replicas or edges that a name stands for: a component, `api-2`, a group, or `a -> b`.

    Raises:
        UsageError: there is nothing of that name, or it is a person or client, who are always up.

    """
    name = name.strip()
    if "->" in name:
        return _connection(architecture, compiled, name)
    replicas = compiled.names.replicas
    component = architecture.components.get(name)
    if component is not None:
        _can_fail(component)
        found = (i for i, id_ in enumerate(_owners(compiled)) if id_ == name)
        return Struck(Scale.COMPONENT, tuple(i * REPLICA_SIZE for i in found))
    if name in replicas:
        _can_fail(architecture.components[name.rsplit("-", 1)[0]])
        return Struck(Scale.REPLICA, tuple(i * REPLICA_SIZE for i, id_ in enumerate(replicas) if id_ == name))
    if name in architecture.groups:
        return Struck(Scale.GROUP, tuple(_standing_in(architecture, compiled, name)))
    known = [*architecture.components, *replicas, *architecture.groups]
    raise UsageError(f"there is no component, replica or group `{name}`; {did_you_mean(name, known)}")


def _can_fail(component: Component) -> None:
    if component.kind_of.role is Role.ACTOR:
        raise UsageError(f"`{component.id}` is a {component.kind}, which is always up; name something it asks.")


def _owners(compiled: Compiled) -> list[str]:
    """The component of each replica."""
    return [name.rsplit("-", 1)[0] for name in compiled.names.replicas]


def _standing_in(architecture: Architecture, compiled: Compiled, group: str) -> list[int]:
    found = []
    for index, name in enumerate(compiled.names.replicas):
        id_, number = name.rsplit("-", 1)
        component = architecture.components[id_]
        if component.kind_of.role is Role.ACTOR:
            continue
        copies = component.instances if isinstance(component, Running) else 1
        sharded = getattr(component, "shards", 1) > 1
        copy = (int(number) - 1) % copies + 1 if sharded else int(number)
        if group in architecture.domains_of(component, copy):
            found.append(index * REPLICA_SIZE)
    return found


def _connection(architecture: Architecture, compiled: Compiled, name: str) -> Struck:
    caller, callee = (part.strip() for part in name.split("->", 1))
    for id_ in (caller, callee):
        if id_ not in architecture.components:
            raise UsageError(f"there is no component `{id_}`; {did_you_mean(id_, list(architecture.components))}")
    if architecture.connection(caller, callee) is None and f"{caller} -> {callee}" not in compiled.names.edges:
        known = [connection.name for connection in architecture.connections]
        raise UsageError(f"there is no connection `{caller} -> {callee}`; {did_you_mean(name, known)}")
    pair = f"{caller} -> {callee}"
    return Struck(
        Scale.CONNECTION, edges=tuple(i * EDGE_SIZE for i, edge in enumerate(compiled.names.edges) if edge == pair)
    )

"""What a name in a fault or an option means: a component, a replica, a group, or a connection."""

from enum import Enum

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import named, unknown
from archspec.model import Architecture, Role, spelled
from archspec.simulation.names import Compiled
from archspec.simulation.program import Target


class Scale(Enum):
    """How much a name stands for."""

    COMPONENT = "component"
    REPLICA = "replica"
    GROUP = "group"
    CONNECTION = "connection"


@frozen
class Struck:
    """What a fault strikes, and the numbers of the components it strikes (of a connection: none)."""

    scale: Scale
    target: Target
    components: tuple[int, ...] = ()


def strike(architecture: Architecture, compiled: Compiled, name: str) -> Struck:
    """What a name stands for: a component, `api-2`, a group, `a -> b` or one connection of several, `a -> b via c`.

    Raises:
        UsageError: there is nothing of that name, or it is a person or client, who are always up.

    """
    name = name.strip()
    if "->" in name:
        return _connection(architecture, compiled, name)
    if name in architecture.components:
        number = _can_fail(architecture, compiled, name)
        return Struck(Scale.COMPONENT, Target(component=number), (number,))
    replicas = {replica.name: replica for replica in compiled.replicas}
    if name in replicas:
        replica = replicas[name]
        number = _can_fail(architecture, compiled, compiled.components[replica.component])
        return Struck(Scale.REPLICA, Target(replica=(number, replica.number)), (number,))
    if name in architecture.groups:
        return Struck(Scale.GROUP, Target(group=name), _standing_in(compiled, name))
    known = [*architecture.components, *replicas, *architecture.groups]
    raise unknown(f"there is no component, replica or group `{name}`", name, known)


def _can_fail(architecture: Architecture, compiled: Compiled, id_: str) -> int:
    component = architecture.components[id_]
    if component.kind_of.role is Role.ACTOR:
        raise UsageError(f"`{component.id}` is a {component.kind}, which is always up; name something it asks.")
    return compiled.numbers[id_]


def _standing_in(compiled: Compiled, group: str) -> tuple[int, ...]:
    """The components with a copy in a group."""
    return tuple(
        number
        for number, component in enumerate(compiled.system.components)
        if any(group in places for places in component.places[: component.most])
    )


def _connection(architecture: Architecture, compiled: Compiled, name: str) -> Struck:
    name = spelled(name)
    arrow, _, via = name.partition(" via ")
    caller, callee = (part.strip() for part in arrow.split("->", 1))
    for id_ in (caller, callee):
        named("component", id_, architecture.components)
    if not architecture.between(caller, callee) and (caller, callee) not in compiled.connections:
        known = [connection.name for connection in architecture.connections]
        raise unknown(f"there is no connection `{caller} -> {callee}`", name, known)
    if via and architecture.connection(caller, callee, via) is None:
        known = [connection.name for connection in architecture.between(caller, callee)]
        raise unknown(f"there is no connection `{name}`", name, known)
    ends = (compiled.numbers[caller], compiled.numbers[callee])
    return Struck(Scale.CONNECTION, Target(connection=ends, name=via or None))

"""Model to scene, piece by piece: a card, a frame, an arrow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from archspec.model import Architecture, Component, Connection, Duration, Group, Role, Running
from archspec.renderers import Boundary, BoundaryKind, EdgeStyle, Link, SceneEdge, SceneNode

TELEMETRY_KEYS = frozenset(("logs_to", "metrics_to", "errors_to", "traces_to", "supervised_by"))
WATCHING: frozenset[Role] = frozenset((Role.TELEMETRY, Role.CHANNEL))
BY_HAND = frozenset(("ssh", "scp", "sftp", "rsync", "ftp", "rdp"))


def card(component: Component, boundary: str | None, *, replicas: int | None = None) -> SceneNode:
    """A component as a card."""
    kind = component.kind_of
    count = component.instances if isinstance(component, Running) else 1
    return SceneNode(
        id=component.id,
        label=component.title,
        shape=kind.shape,
        kind=kind.title,
        technology=component.technology or "",
        description=component.description or "",
        replicas=count if replicas is None else replicas,
        boundary=boundary,
        is_ours=kind.role is not Role.EXTERNAL,
        links=tuple(Link(title, str(url)) for title, url in component.links.items()),
    )


def frame(group: Group, within: str | None) -> Boundary:
    """A group as a frame."""
    return Boundary(group.id, group.title, BoundaryKind(group.kind), within, group.trust or "")


def frames(architecture: Architecture, used: Iterable[str | None]) -> tuple[Boundary, ...]:
    """The frames of the groups used and of all groups round them, in the order of the spec."""
    wanted = {group.id for id_ in used for group in architecture.enclosing(id_)}
    return tuple(frame(group, group.within) for group in architecture.groups.values() if group.id in wanted)


def style_of(architecture: Architecture, connection: Connection) -> EdgeStyle:
    """What flows along a connection."""
    roles = {architecture.components[end].kind_of.role for end in (connection.from_, connection.to)}
    if connection.implied_by in TELEMETRY_KEYS or roles & WATCHING:
        return EdgeStyle.TELEMETRY
    protocols = {protocol.lower() for protocol in connection.protocol}
    is_person = architecture.components[connection.from_].kind == "person"
    if Role.DELIVERY in roles or (is_person and protocols & BY_HAND):
        return EdgeStyle.DELIVERY
    if Role.QUEUE in roles or connection.speaks_messages or connection.implied_by in ("dead_letter", "replica_of"):
        return EdgeStyle.ASYNCHRONOUS
    return EdgeStyle.REQUEST


def arrow(architecture: Architecture, connection: Connection, *, muted: bool = False) -> SceneEdge:
    """A connection as an arrow that says its label, else its protocol."""
    protocol = " / ".join(connection.protocol)
    facts = tuple(_facts(connection, protocol if connection.label else ""))
    label, name = connection.label or protocol, connection.name_ or ""
    implied = connection.implied_by.replace("_", " ") if connection.implied_by else ""
    return SceneEdge(
        connection.from_,
        connection.to,
        style_of(architecture, connection),
        label or name,
        ", ".join(part for part in (name, label, *facts, implied) if part),
        muted=muted,
        name=name,
        facts=facts,
    )


@lru_cache
def _spelt(duration: Duration) -> str:
    return str(duration)


def _facts(connection: Connection, protocol: str) -> Iterator[str]:
    """What bounds the calls of a connection, in a few words each."""
    if protocol:
        yield protocol
    if connection.timeout:
        yield f"timeout {_spelt(connection.timeout)}"
    if connection.retries:
        yield f"{connection.retries.attempts} attempts"
    if connection.circuit_breaker:
        yield "circuit breaker"
    if connection.max_concurrent:
        yield f"at most {connection.max_concurrent} at once"


def to_frames(architecture: Architecture, shown: Sequence[str]) -> Iterator[SceneEdge]:
    """The arrows to groups of which something is shown: to the frame, and there toward what is called in it."""
    for connection in architecture.group_arrows:
        called = {each.to for each in architecture.connections if each.to_group == connection.to}
        inside = [id_ for id_ in shown if _stands_in(architecture, id_, connection.to)]
        if inside:
            target = next((id_ for id_ in inside if id_ in called), inside[0])
            drawn = arrow(architecture, connection.model_copy(update={"to": target}))
            yield replace(drawn, frame=connection.to)


def _stands_in(architecture: Architecture, component: str, group: str) -> bool:
    return any(each.id == group for each in architecture.enclosing(architecture.components[component].group))


def merged(edges: Iterable[SceneEdge]) -> tuple[SceneEdge, ...]:
    """The edges with one per ordered pair, name and style: labels and steps of equals are joined, loops always."""
    found: dict[tuple[str, str, str, EdgeStyle], list[SceneEdge]] = {}
    for edge in edges:
        name = "" if edge.is_loop else edge.name
        found.setdefault((edge.source, edge.end, name, edge.style), []).append(edge)
    return tuple(_one(group) for group in found.values())


def _one(edges: list[SceneEdge]) -> SceneEdge:
    first = edges[0]
    if len(edges) == 1:
        return first
    return SceneEdge(
        first.source,
        first.target,
        first.style,
        ", ".join(dict.fromkeys(edge.label for edge in edges if edge.label)),
        "; ".join(dict.fromkeys(edge.description for edge in edges if edge.description)),
        ", ".join(dict.fromkeys(edge.step for edge in edges if edge.step)),
        all(edge.muted for edge in edges),
        count=sum(edge.count for edge in edges),
        name=first.name,
        frame=first.frame,
        facts=tuple(dict.fromkeys(fact for edge in edges for fact in edge.facts)),
    )


def by_id(components: Mapping[str, Component], wanted: Iterable[str]) -> tuple[Component, ...]:
    """The wanted components in the order of the spec."""
    ids = set(wanted)
    return tuple(component for component in components.values() if component.id in ids)

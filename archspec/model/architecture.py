"""The whole system as the spec describes it: frozen, resolved, with positions."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache, cached_property
from typing import Any, Literal

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model.alert import Alert
from archspec.model.component import Component, Running
from archspec.model.connection import Access, Connection, Retries
from archspec.model.flow import Flow, Step
from archspec.model.group import PLACES, Group
from archspec.model.kind import PULLERS, Role, kind_named
from archspec.model.pipeline import Pipeline
from archspec.model.quantities import Duration
from archspec.model.scenario import Scenario
from archspec.model.source import Path, SourceMap
from archspec.model.traits import Caching, Store
from archspec.model.view import View
from archspec.model.walk import Visit, walk

MOST_REPLICAS = 20_000
"""So many replicas are told apart one by one, of one component and in all; figures that count them have no bound."""

IMPLYING = (
    *("caches", "sessions_in", "logs_to", "metrics_to", "errors_to", "traces_to", "dead_letter", "replica_of"),
    "supervised_by",
)
"""Reference keys that imply a connection."""

_OF_EACH_FLOW = {"id", "title_", "description", "request", "response", "rate", "objective"}
"""What flows that do the same may differ in."""


@frozen
class CallTerms:
    """How one call is made: the step's own terms, else its connection's, else the defaults."""

    connection: Connection
    timeout: Duration | None
    retries: Retries | None
    access: Access


class _Built(type):
    """What a spec is built into: a call that does not come from there is a misunderstanding."""

    def __call__(cls, *arguments: Any, **fields: Any) -> Any:
        if "source" not in fields:
            raise UsageError(
                "an Architecture is read or built, never made by hand; "
                'write `with archspec.System("name") as system:`, or `archspec.load("architecture.yaml")`.'
            )
        return super().__call__(*arguments, **fields)


@frozen(slots=False)
class Architecture(metaclass=_Built):
    """A system: its parts by id in the order written, defaults merged, shorthands expanded, references checked.

    `connections` are those written, and last those that an arrow to a group stands for; `group_arrows` are these arrows
    themselves; `edges` are the connections and those that reference keys imply.
    """

    name: str
    description: str | None = None
    lint: Literal["default", "strict", "production"] = "default"
    owner: str | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)
    components: Mapping[str, Component] = field(default_factory=dict)
    connections: tuple[Connection, ...] = ()
    group_arrows: tuple[Connection, ...] = ()
    flows: Mapping[str, Flow] = field(default_factory=dict)
    alerts: Mapping[str, Alert] = field(default_factory=dict)
    pipelines: Mapping[str, Pipeline] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    connection_defaults: Mapping[str, Any] = field(default_factory=dict)
    """Validated fields of `defaults.connections`, for calls that no connection carries."""
    source: SourceMap = field(default_factory=SourceMap, compare=False, repr=False)

    def __repr__(self) -> str:
        parts = {"components": self.components, "connections": self.connections, "flows": self.flows}
        return f"Architecture({self.name!r}, {', '.join(f'{name}={len(part)}' for name, part in parts.items())})"

    @cached_property
    def edges(self) -> tuple[Connection, ...]:
        """The connections, then those that references imply between others, each ordered pair once."""
        written = {(c.from_, c.to) for c in self.connections}
        implied: dict[tuple[str, str], Connection] = {}
        for component in self.components.values():
            for key in _implying(type(component)):
                for target in _as_tuple(getattr(component, key)):
                    pair = (component.id, target)
                    if target in self.components and pair not in written:
                        implied.setdefault(pair, self._new_connection(*pair, implied_by=key))
        return (*self.connections, *implied.values())

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], dict[str | None, Connection]]:
        found: dict[tuple[str, str], dict[str | None, Connection]] = {}
        for edge in self.edges:
            found.setdefault((edge.from_, edge.to), {})[edge.name_] = edge
        return found

    @cached_property
    def alike(self) -> Mapping[str, str]:
        """By flow the first one that does the same: they differ in what they are called, promise, and how often they
        come.
        """
        first: dict[tuple[str | None, str], str] = {}
        done = {flow.id: (flow.method, flow.model_dump_json(exclude=_OF_EACH_FLOW)) for flow in self.flows.values()}
        return {id_: first.setdefault(does, id_) for id_, does in done.items()}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Connection, ...]]:
        """Edges by who asks; every component has an entry."""
        return self._grouped("from_")

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Connection, ...]]:
        """Edges by who answers; every component has an entry."""
        return self._grouped("to")

    @cached_property
    def prefers_near(self) -> bool:
        """Whether any connection prefers whom is near, so that it matters who stands where."""
        return "prefer" in self.connection_defaults or any(edge.prefer for edge in self.connections)

    def _grouped(self, end: str) -> Mapping[str, tuple[Connection, ...]]:
        found: dict[str, list[Connection]] = {id_: [] for id_ in self.components}
        for edge in self.edges:
            found[getattr(edge, end)].append(edge)
        return {id_: tuple(edges) for id_, edges in found.items()}

    def _new_connection(self, from_: str, to: str, implied_by: str) -> Connection:
        stated = {"from_", "to", *self.connection_defaults}
        fields = {"from_": from_, "to": to, "implied_by": implied_by, **self.connection_defaults}
        return Connection.model_construct(stated, **fields)

    def between(self, from_: str, to: str) -> tuple[Connection, ...]:
        """All edges of an ordered pair, each with a name of its own, or one without."""
        return tuple(self._by_pair.get((from_, to), {}).values())

    def connection(self, from_: str, to: str, via: str | None = None) -> Connection | None:
        """The edge of an ordered pair, written or implied; None where there is none.

        Without `via` it is the one that has no name, else the first one.
        """
        found = self._by_pair.get((from_, to), {})
        return found.get(via) or (next(iter(found.values()), None) if via is None else None)

    def link(self, from_: str, to: str, via: str | None = None) -> Connection:
        """The edge a call travels: the connection of the pair, else one with the defaults (`implied_by` is `step`)."""
        return self.connection(from_, to, via) or self._new_connection(from_, to, implied_by="step")

    def terms(self, caller: str, callee: str, step: Step) -> CallTerms:
        """Timeout, retries and access of a call: nearest wins (step, connection, defaults)."""
        link = self.link(caller, callee, step.via)
        writes = self.components[callee].kind in ("database", "data_warehouse") and self._copied(callee) is None
        access = step.access or link.access or ("write" if writes else "read")
        return CallTerms(link, step.timeout or link.timeout, step.retries or link.retries, access)

    def asked_by(self, caller: str, step: Step) -> tuple[str, ...]:
        """Whom a caller may ask: of a list those it is connected to; all, where it is connected to none.

        A write to a copy (`replica_of`) goes to the store that it copies, where the caller is connected to that.
        """
        if len(step.call) == 1 and self._copied(step.call[0]) is None:
            return step.call
        connected = [callee for callee in step.call if self.connection(caller, callee, step.via)]
        return tuple(dict.fromkeys(self._answering(caller, callee, step) for callee in connected or step.call))

    def _answering(self, caller: str, callee: str, step: Step) -> str:
        original = self._copied(callee)
        if original is None or self.connection(caller, original, step.via) is None:
            return callee
        writes = self.terms(caller, callee, step).access == "write"
        return self._answering(caller, original, step) if writes else callee

    def _copied(self, component: str) -> str | None:
        found = self.components[component]
        return found.replica_of if isinstance(found, Store) else None

    def copies_of(self, store: str) -> tuple[Component, ...]:
        """The stores that are a `replica_of` this one, in the order written."""
        return self._copies.get(store, ())

    @cached_property
    def _copies(self) -> dict[str, tuple[Component, ...]]:
        found: dict[str, tuple[Component, ...]] = {}
        for component in self.components.values():
            original = self._copied(component.id)
            if original is not None:
                found[original] = (*found.get(original, ()), component)
        return found

    def pairs(self, visit: Visit) -> tuple[tuple[str, str], ...]:
        """Who may ask whom in a step of a flow: several pairs where it, or a call round it, names several."""
        return tuple((caller, callee) for caller in visit.callers for callee in self.asked_by(caller, visit.step))

    def on_miss(self, caller: str, callee: str, step: Step) -> tuple[Step, ...]:
        """What is done when a cache has not what it is asked for: nothing for a write, which is not looked up."""
        writes = isinstance(self.components[callee], Caching) and self.terms(caller, callee, step).access == "write"
        return () if writes else step.on_miss

    def filled_by(self, caller: str, cache: str, step: Step) -> str:
        """Who does what is written for a miss of the cache: itself if it is connected to what is asked first
        (read-through), else the caller.
        """
        first = next((inner.call[0] for inner in step.on_miss if inner.call), None)
        return caller if first is not None and self.connection(cache, first) is None else cache

    def is_pulled(self, caller: str, callee: str) -> bool:
        """Whether what is handed over is a message that its worker pulls, and no call."""
        return self.components[caller].kind_of.role is Role.QUEUE and self.components[callee].kind in PULLERS

    def begins_inside(self, flow: Flow) -> bool:
        """Whether a flow begins at a replica of its `from`, which may be down; else outside, where nothing fails."""
        component = self.components[flow.from_]
        return isinstance(component, Running) or component.kind == "function"

    def walk(self, flow: str) -> tuple[Visit, ...]:
        """Every step of a flow with who performs it, outer before inner, `flow:` steps followed."""
        if flow not in self._walked:
            self._walked[flow] = tuple(walk(self, self.flows[flow]))
        return self._walked[flow]

    @cached_property
    def _walked(self) -> dict[str, tuple[Visit, ...]]:
        return {}

    def enclosing(self, group: str | None) -> tuple[Group, ...]:
        """The group and those around it, innermost first."""
        found: list[Group] = []
        while group is not None:
            found.append(self.groups[group])
            group = self.groups[group].within
        return tuple(found)

    def zones_of(self, component: Component) -> tuple[str, ...]:
        """Where its replicas are placed, round-robin: `zones`, else the nearest zone, host or region round it."""
        if isinstance(component, Running) and component.zones:
            return component.zones
        around = self.enclosing(component.group)
        return next(((group.id,) for group in around if group.kind in PLACES), ())

    def zone_of(self, component: Component, replica: int) -> str | None:
        """The zone of replica number `replica` (1 is the first); None where nothing is said."""
        zones = self.zones_of(component)
        return zones[(replica - 1) % len(zones)] if zones else None

    def domains_of(self, component: Component, replica: int) -> tuple[str, ...]:
        """Every group whose failure takes this replica down: its zone and all groups round zone and component."""
        place = self.zone_of(component, replica), component.group
        if place not in self._domains:
            found = [group.id for each in place for group in self.enclosing(each)]
            self._domains[place] = tuple(dict.fromkeys(found))
        return self._domains[place]

    @cached_property
    def _domains(self) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
        return {}

    def placements(self, component: Component) -> Mapping[tuple[str, ...], int]:
        """How many replicas share the same `domains_of`, in round-robin order; all are counted, none is looked at."""
        count, zones = self.count(component), max(len(self.zones_of(component)), 1)
        found: dict[tuple[str, ...], int] = {}
        for number in range(1, min(count, zones) + 1):
            domains = self.domains_of(component, number)
            found[domains] = found.get(domains, 0) + (count - number) // zones + 1
        return found

    def owner_of(self, component: Component) -> str | None:
        """Who answers for it: its own owner, else the nearest group's, else the system's."""
        around = (group.owner for group in self.enclosing(component.group))
        return component.owner or next((owner for owner in around if owner), self.owner)

    def trust_of(self, component: Component) -> Literal["public", "private"] | None:
        """The trust of the nearest group that states one; None where nothing is said."""
        return next((group.trust for group in self.enclosing(component.group) if group.trust), None)

    def of_kind(self, *names: str) -> tuple[Component, ...]:
        """The components of these kinds, in the order written."""
        if len(names) == 1:
            return self._by_kind.get(names[0], ())
        return tuple(component for component in self.components.values() if component.kind in names)

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Component, ...]]:
        found: dict[str, list[Component]] = {}
        for component in self.components.values():
            found.setdefault(component.kind, []).append(component)
        return {kind: tuple(components) for kind, components in found.items()}

    def of_role(self, *roles: Role) -> tuple[Component, ...]:
        """The components whose kind plays one of these roles, in the order written."""
        return self.of_kind(*(kind for kind in self._by_kind if kind_named(kind).role in roles))

    def count(self, component: Component) -> int:
        """How many replicas it has (of a shard); 1 for what has none."""
        return component.instances if isinstance(component, Running) else 1

    def replica_names(self, component: Component) -> tuple[str, ...]:
        """`api-1` … `api-n`; one name `x-1` for what has no replicas.

        Raises:
            UsageError: they are too many to be told apart.

        """
        count = self.count(component)
        if count > MOST_REPLICAS:
            told = f"`{component.id}` has {count} replicas"
            raise UsageError(f"{told}, and {MOST_REPLICAS} at most are told apart one by one; scale the system down.")
        return tuple(f"{component.id}-{number}" for number in range(1, count + 1))

    def with_replica(self, name: str) -> Component | None:
        """The component that has a replica of this name (`api-2`), found without writing all names out."""
        owner, _, number = name.rpartition("-")
        component = self.components.get(owner)
        is_number = number.isascii() and number.isdecimal() and not number.startswith("0") and len(number) < 11
        return component if is_number and component is not None and int(number) <= self.count(component) else None

    def said(self, path: Path) -> bool:
        """Whether the spec's text states a value at this path."""
        return self.source.said(path)


@cache
def _implying(kind: type[Component]) -> tuple[str, ...]:
    """The reference keys that imply a connection, of those that a kind has."""
    return tuple(key for key in IMPLYING if key in kind.model_fields)


def _as_tuple(value: object) -> tuple[str, ...]:
    if value is None or value == "local":
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]

"""A spec and what was observed, laid side by side: each call that a flow makes, and the spans that show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from fnmatch import fnmatchcase
from functools import cached_property

from archspec.conformance.expected import Expected, expected_of
from archspec.conformance.matching import flow_of
from archspec.conformance.names import Names
from archspec.conformance.settings import TraceSettings
from archspec.frozen import frozen
from archspec.model import Architecture, Flow
from archspec.observation import Edge, Node, Observation, Party, Root


@frozen
class Place:
    """One expected call and the operations that show it, below those that show its performer.

    `alone` is False where other calls of the same performer go to the same callee and spans do not tell them apart:
    then nothing is said of this one.
    """

    expected: Expected
    nodes: tuple[Node, ...]
    parents: tuple[Node, ...]
    alone: bool

    @property
    def calls(self) -> int:
        """How often it was seen."""
        return sum(node.calls for node in self.nodes)

    @property
    def turns(self) -> int:
        """In how many turns of its performer it could have been made."""
        return sum(parent.turns for parent in self.parents)


@frozen
class Surplus:
    """An operation that shows a call which the flow does not make there."""

    caller: str
    callee: str
    node: Node
    turns: int
    near: Expected | None
    """The call in which it is made; None where the flow itself makes it."""


@frozen
class FlowSeen:
    """A flow with the traces that show it."""

    flow: Flow
    roots: tuple[Root, ...]
    places: tuple[Place, ...]
    surplus: tuple[Surplus, ...]

    @property
    def traces(self) -> int:
        """How many traces show it."""
        return sum(root.traces for root in self.roots)


@frozen(slots=False)
class Comparison:
    """What rules of drift look at."""

    architecture: Architecture
    observation: Observation
    settings: TraceSettings
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        """Learn the names."""
        object.__setattr__(self, "names", Names(self.architecture, self.observation, self.settings))

    @cached_property
    def flows(self) -> Mapping[str, FlowSeen]:
        """The flows that were seen at all, by id, in the order written."""
        roots: dict[str, list[Root]] = {}
        for root in self.roots:
            flow = flow_of(self.architecture, root, self.names)
            if flow is not None:
                roots.setdefault(flow.id, []).append(root)
        return {
            id_: self._seen(flow, tuple(roots[id_])) for id_, flow in self.architecture.flows.items() if id_ in roots
        }

    @cached_property
    def judged(self) -> tuple[FlowSeen, ...]:
        """The flows that were seen often enough to be judged."""
        return tuple(flow for flow in self.flows.values() if flow.traces >= self.settings.min_traces)

    @cached_property
    def roots(self) -> tuple[Root, ...]:
        """What begins traces, health checks and the like left out."""
        return tuple(root for root in self.observation.roots if not self._is_passed_over(root))

    @cached_property
    def lost(self) -> tuple[Root, ...]:
        """What begins traces and belongs to no flow."""
        return tuple(root for root in self.roots if flow_of(self.architecture, root, self.names) is None)

    @cached_property
    def edges(self) -> Mapping[tuple[str, str], Edge]:
        """What was seen between two components of the spec; a component's own affairs left out."""
        found: dict[tuple[str, str], Edge] = {}
        for caller, callee, edge in self.pairs:
            if caller is not None and callee is not None and caller != callee:
                before = found.get((caller, callee), Edge())
                found[caller, callee] = Edge(
                    before.traces + edge.traces,
                    before.calls + edge.calls,
                    before.failed + edge.failed,
                    before.messages + edge.messages,
                    before.operations | edge.operations,
                )
        return found

    @cached_property
    def pairs(self) -> tuple[tuple[str | None, str | None, Edge], ...]:
        """Every pair that spans and counts tell of, each side with its component, where it has one."""
        return tuple((one, two, edge) for (_, one), (_, two), edge in self.parties)

    @cached_property
    def parties(self) -> tuple[tuple[tuple[Party, str | None], tuple[Party, str | None], Edge], ...]:
        """The same with what spans call each side."""
        pairs = dict(self.observation.edges)
        for (caller, callee), counted in self.observation.counted.items():
            if (Party(caller), Party(callee)) not in pairs and caller not in ("user", ""):
                calls = round(counted.calls)
                pairs[Party(caller), Party(callee)] = Edge(calls, calls, round(counted.failed))
        found = []
        for (one, two), edge in pairs.items():
            if self._is_ignored(one) or self._is_ignored(two):
                continue
            asking = self.names.component(one)
            found.append(((one, asking), (two, self.names.component(two, asking)), edge))
        return tuple(found)

    @cached_property
    def seen(self) -> frozenset[str]:
        """Components that spans speak of at all: they send some, or are asked by one that does."""
        return (
            frozenset(id_ for caller, callee, _ in self.pairs for id_ in (caller, callee) if id_ is not None)
            | self.sending
        )

    @cached_property
    def sending(self) -> frozenset[str]:
        """Components that send spans of their own."""
        found = (self.names.component(Party(name)) for name in self.observation.services)
        return frozenset(id_ for id_ in found if id_ is not None)

    @property
    def enough(self) -> float:
        """So many traces must show a call that nobody declared, before it is one: at least 3, and one in a thousand."""
        return max(3.0, 0.001 * self.observation.reading.traces)

    def is_ignored(self, party: Party) -> bool:
        """Whether the team passes a service over."""
        return self._is_ignored(party)

    def _is_ignored(self, party: Party) -> bool:
        return party.name is not None and any(fnmatchcase(party.name, each) for each in self.settings.ignore)

    def _is_passed_over(self, root: Root) -> bool:
        names = (root.request or "", root.node.key.operation, root.node.key.callee.name or "")
        return any(fnmatchcase(name, pattern) for name in names for pattern in self.settings.passed_over)

    def _seen(self, flow: Flow, roots: tuple[Root, ...]) -> FlowSeen:
        places: list[Place] = []
        surplus: list[Surplus] = []
        top = expected_of(self.architecture, flow)
        by_entry: dict[str | None, list[Node]] = {}
        for root in roots:
            by_entry.setdefault(self.names.component(root.node.key.callee), []).append(root.node)
        for entry, nodes in by_entry.items():
            if entry == flow.from_:
                self._lay(flow.from_, None, top, tuple(nodes), places, surplus)
                continue
            inside = _entered(top, entry)
            if entry is not None and inside is not None:
                places.append(Place(inside, tuple(nodes), (), alone=True))
                self._lay(inside.callee, inside, inside.inner, tuple(nodes), places, surplus)
        return FlowSeen(flow, roots, tuple(places), tuple(surplus))

    def _lay(
        self,
        performer: str,
        around: Expected | None,
        expected: Sequence[Expected],
        parents: tuple[Node, ...],
        places: list[Place],
        surplus: list[Surplus],
    ) -> None:
        """Lay the calls of one performer beside the operations below those that show it."""
        wanted = list(self._visible(expected))
        found: dict[str, list[Node]] = {}
        for parent in parents:
            for node in parent.inner.values():
                callee = self.names.component(node.key.callee, performer)
                if callee is not None and callee != performer:
                    found.setdefault(callee, []).append(node)
        for asked, nodes in found.items():
            if not any(asked in each.callees for each in wanted):
                turns = sum(parent.turns for parent in parents)
                surplus += [Surplus(performer, asked, node, turns, around) for node in nodes]
        for each in wanted:
            rivals = [other for other in wanted if set(other.callees) & set(each.callees)]
            mine, alone = _own_nodes(each, rivals, [node for asked in each.callees for node in found.get(asked, ())])
            places.append(Place(each, tuple(mine), parents, alone))
            if mine:
                self._lay(each.callee, each, each.inner, tuple(mine), places, surplus)

    def _visible(self, expected: Sequence[Expected]) -> Iterator[Expected]:
        """Of a call to what no span speaks of, such as a balancer, the calls that it makes in turn."""
        for each in expected:
            if each.inner and not set(each.callees) & self.seen:
                for inner in self._visible(each.inner):
                    yield replace(inner, position=(*each.position, "in", *inner.position))
            else:
                yield each


def _entered(expected: Sequence[Expected], entry: str | None) -> Expected | None:
    """The first call, counted from outside, that asks the component whose span is the root."""
    level = list(expected)
    while level:
        for each in level:
            if entry in each.callees:
                return each
        level = [inner for each in level for inner in each.inner]
    return None


def _own_nodes(each: Expected, rivals: Sequence[Expected], nodes: Sequence[Node]) -> tuple[list[Node], bool]:
    """Of the operations of a callee those that show this call, and whether no other call may be behind them."""
    if len(rivals) == 1:
        return list(nodes), True
    words = [rival.step.does or rival.callee for rival in rivals]
    if len(set(words)) < len(words):
        return list(nodes), False
    own = each.step.does or each.callee
    return [node for node in nodes if node.key.operation == own], {node.key.operation for node in nodes} <= set(words)

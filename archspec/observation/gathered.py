"""Calls of many traces, merged: each operation of each flow, each pair of services, each service, with its figures."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from archspec.observation.attributes import Face
from archspec.observation.samples import Samples
from archspec.observation.span import Party


class Call(NamedTuple):
    """One call, from both sides as far as both sent spans. Times are in nanoseconds.

    `own` is what the callee needed for itself: its span less what it asked meanwhile and less its wait in a queue,
    where the span tells that. `lag` is the asking side's span less the answering side's: the way there and back.
    Either is None where a side sent no span, where nothing tells the time, or where the call was given up.
    """

    callee: Party
    operation: str
    sent: int
    settled: int
    own: int | None
    lag: int | None
    asked: Face | None
    """The face of the asking side's span; None where there is none."""
    answered: Face | None
    """The face of the answering side's span; None where only the caller tells of the call."""
    message: bool
    """Whether it is a message that a consumer took, rather than a question."""
    skewed: bool
    """Whether the clocks of both sides disagree, so that its times say nothing beside its siblings'."""
    failed: bool
    """Whether either side says that it failed."""
    status: int | None
    """What the callee answered, else what the caller got."""
    calls: "tuple[Call, ...]"


class Tree(NamedTuple):
    """A call that nobody asked for within its trace.

    `caller` is who sent a message that is taken here, where that is told. `torn` says that its span names a parent
    which is missing, so that it is no beginning.
    """

    root: Call
    caller: Party | None
    torn: bool


class Key(NamedTuple):
    """What is taken for one operation below its caller."""

    callee: Party
    operation: str
    message: bool


@dataclass(slots=True)
class Order:
    """How often two operations of one caller stood how to each other, where each was called once."""

    together: int = 0
    first_before: int = 0
    """The first had ended, after some time, when the second began."""
    second_before: int = 0
    overlapped: int = 0
    """Both went on at once, for longer than the coarsest clock of a format is off."""


@dataclass(slots=True)
class Node:
    """One operation at one place of a flow, in all traces.

    `turns` counts the calls of the caller in which its own calls can be counted at all: those that did not fail, nor
    did any call in them. `per_turn` counts how often it was called in each of those turns.
    """

    key: Key
    calls: int = 0
    traces: int = 0
    failed: int = 0
    told: int = 0
    """How many of the calls the callee sent a span of."""
    asked: int = 0
    """How many of the calls the caller sent a span of, from its own side."""
    later: int = 0
    """How many ended after their caller had."""
    tried_again: int = 0
    """How often it was called again right after it had failed."""
    turns: int = 0
    own: Samples = field(default_factory=Samples)
    lag: Samples = field(default_factory=Samples)
    statuses: Counter[int] = field(default_factory=Counter)
    given_up: Samples = field(default_factory=Samples)
    """How long the caller waited for calls that failed without an answer."""
    per_turn: Counter[int] = field(default_factory=Counter)
    seen_in: int = 0
    """The number of the trace that it was seen in last."""
    inner: dict[Key, "Node"] = field(default_factory=dict)
    orders: dict[tuple[Key, Key], Order] = field(default_factory=dict)

    def every(self) -> Iterator["Node"]:
        """The node itself and all below it."""
        yield self
        for node in self.inner.values():
            yield from node.every()


@dataclass(slots=True)
class Root:
    """What begins traces: an operation of a service, with the tree of all that comes of it."""

    node: Node
    request: str | None
    flow: str | None
    """What the spans themselves call the flow."""
    asks: bool
    """Whether its span is an asking side: then the service begins the flow, else somebody who sends no spans."""
    first: int
    last: int
    sampled: float | None
    """The share of traces that is kept, where the tracer tells it, and always the same."""
    lasted: Samples = field(default_factory=Samples)
    """From beginning to end, of traces whose root did not fail."""

    @property
    def traces(self) -> int:
        """How many traces it began."""
        return self.node.calls


@dataclass(slots=True)
class Edge:
    """One service asking another, in all flows; `traces` is how many at least have it."""

    traces: int = 0
    calls: int = 0
    failed: int = 0
    messages: int = 0
    operations: set[str] = field(default_factory=set)


_ORDERED = 1000
"""Turns in which the order of siblings is looked at; more would tell the same."""
_MOST_NODES = 20_000
_DEEPEST = 100
_CLOCK = 2_000
"""Nanoseconds: formats that count microseconds cut off what is less, on either side."""


class Gathering:
    """Trees as they come, merged into what they have in common."""

    def __init__(self) -> None:
        self.roots: dict[tuple[Party, str, str | None, str | None], Root] = {}
        self._loose: dict[tuple[Party, Party], Edge] = {}
        self.nodes = 0
        self._number = 0

    def begin(self, call: Call) -> None:
        """Take a tree that begins a trace."""
        face = call.answered
        assert face is not None
        name = (call.callee, call.operation, face.request, face.flow)
        root = self.roots.get(name)
        if root is None:
            if self.nodes >= _MOST_NODES:
                return
            node = Node(Key(call.callee, call.operation, call.message))
            root = self.roots[name] = Root(node, face.request, face.flow, face.asks, call.sent, call.sent, face.sampled)
            self.nodes += 1
        root.first, root.last = min(root.first, call.sent), max(root.last, call.sent)
        root.sampled = root.sampled if root.sampled == face.sampled else None
        self._number += 1
        if not call.failed:
            root.lasted.add(call.settled - call.sent)
        self._take(root.node, call, call.settled, 0)

    def meet(self, trees: Iterable[Tree]) -> None:
        """Take the pairs of a trace in which spans are missing: who asks whom is told all the same."""
        seen = set()
        waiting: list[tuple[Party | None, Call]] = [(tree.caller, tree.root) for tree in trees]
        while waiting:
            caller, call = waiting.pop()
            waiting += [(call.callee, each) for each in call.calls]
            if caller is not None:
                edge = self._loose.setdefault((caller, call.callee), Edge())
                edge.calls += 1
                edge.failed += call.failed
                edge.messages += call.message
                edge.operations.add(call.operation)
                seen.add((caller, call.callee))
        for pair in seen:
            self._loose[pair].traces += 1

    @property
    def edges(self) -> dict[tuple[Party, Party], Edge]:
        """Who asks whom, in the flows and beside them."""
        found = {pair: replace(edge, operations=set(edge.operations)) for pair, edge in self._loose.items()}
        for root in self.roots.values():
            seen: dict[tuple[Party, Party], int] = {}
            for node in root.node.every():
                for below in node.inner.values():
                    pair = (node.key.callee, below.key.callee)
                    edge = found.setdefault(pair, Edge())
                    edge.calls += below.calls
                    edge.failed += below.failed
                    edge.messages += below.calls if below.key.message else 0
                    edge.operations.add(below.key.operation)
                    seen[pair] = max(seen.get(pair, 0), below.traces)
            for pair, traces in seen.items():
                found[pair].traces += traces
        return found

    def _take(self, node: Node, call: Call, caller_ends: int, depth: int) -> None:
        node.calls += 1
        if node.seen_in != self._number:
            node.seen_in = self._number
            node.traces += 1
        node.told += call.answered is not None
        node.asked += call.asked is not None
        node.later += call.settled > caller_ends
        if call.status is not None:
            node.statuses[call.status] += 1
        if call.own is not None:
            node.own.add(call.own)
        if call.lag is not None:
            node.lag.add(call.lag)
        if call.failed:
            node.failed += 1
            if call.asked is not None and _is_given_up(call.asked.cause, call.asked.status):
                node.given_up.add(call.settled - call.sent)
        if call.calls:
            self._take_inner(node, call, depth + 1)
        elif not call.failed:
            node.turns += 1

    def _take_inner(self, node: Node, call: Call, depth: int) -> None:
        inner = sorted(call.calls, key=lambda each: each.sent) if len(call.calls) > 1 else call.calls
        taken: dict[int, _Taken] = {}
        good = not call.failed
        for each in inner:
            below = node.inner.get((each.callee, each.operation, each.message))  # type: ignore[call-overload]
            if below is None:
                if self.nodes >= _MOST_NODES or depth > _DEEPEST:
                    continue
                key = Key(each.callee, each.operation, each.message)
                below = node.inner[key] = Node(key)
                self.nodes += 1
            self._take(below, each, call.settled, depth)
            good = good and not each.failed
            before = taken.get(id(below))
            if before is None:
                taken[id(below)] = _Taken(below, each, 1)
                continue
            if before.last.failed and each.sent >= before.last.settled:
                below.tried_again += 1
            taken[id(below)] = _Taken(below, each, before.times + 1)
        if good:
            node.turns += 1
            for below, _, times in taken.values():
                below.per_turn[times] += 1
            if node.turns <= _ORDERED and len(taken) > 1:
                once = [(below.key, last) for below, last, times in taken.values() if times == 1]
                _take_orders(node.orders, once)


class _Taken(NamedTuple):
    """The calls of one operation in a turn."""

    node: Node
    last: Call
    times: int


def _is_given_up(cause: str | None, status: int | None) -> bool:
    """Whether a call failed because its time was over, as far as the asking side tells."""
    word = (cause or "").casefold()
    return "timeout" in word or "timed out" in word or "deadline" in word or (not word and status in (408, 504))


def _take_orders(orders: dict[tuple[Key, Key], Order], calls: list[tuple[Key, Call]]) -> None:
    for place, (one, first) in enumerate(calls):
        for two, second in calls[place + 1 :]:
            if first.skewed or second.skewed:
                continue
            turned = (two, one) in orders
            order = orders[two, one] if turned else orders.setdefault((one, two), Order())
            order.together += 1
            ended = first.sent < first.settled <= second.sent
            begun = second.sent < second.settled <= first.sent
            order.overlapped += min(first.settled, second.settled) - max(first.sent, second.sent) > _CLOCK
            order.first_before += begun if turned else ended
            order.second_before += ended if turned else begun

"""Operations as the steps of a flow: in a row where they never overlap, at once where they do."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from archspec.importers import identifier
from archspec.model import Ratio
from archspec.observation import Key, Node, duration, fitted, share_of

_STORES = ("database", "object_store", "file_store", "search_index")
_WRITES = ("update", "set", "put", "insert", "write", "delete", "del", "incr", "add", "append")
_READS = ("find", "get", "select", "query", "read", "scan", "search", "fetch", "list")
_NOT_OF_MESSAGES = ("wait", "times", "optional", "fallback")
"""What a call has and a message to a subscriber does not."""
_SIDE = re.compile(r"[_.](?:client|server)$")
_SHORTEST = 1_000
"""Nanoseconds: less is no time that a clock would show."""


class Steps:
    """Makes steps, and gathers the ways there and back of each connection; `kinds` are those of the components."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self._kinds = kinds
        self.lags: dict[tuple[str, str], list[int]] = {}

    def step(self, node: Node, callee: str, parent: tuple[Node, str] | None) -> dict[str, Any]:
        """The call that a node shows, with all that it leads to."""
        made: dict[str, Any] = {"call": callee}
        does = _does(node.key, callee)
        if does:
            made["does"] = does
        if parent is not None:
            made |= _often(node, parent[0]) if not node.key.message else {}
            self.lags.setdefault((parent[1], callee), []).extend(node.lag.values)
            if node.later >= 0.95 * node.calls and not node.key.message:
                made["wait"] = False
        kind, word = self._kinds.get(callee), does.split(" ")[0].lower() if does else ""
        if kind == "cache" and word in _WRITES:
            made["access"] = "write"
        elif kind in _STORES and word in _READS:
            made["access"] = "read"
        if node.own.count and node.own.values[len(node.own.values) // 2] >= _SHORTEST:
            made["takes"] = fitted(node.own.values)
        inner = self.inside(node, callee)
        if kind == "queue" and not self._is_taken(inner):
            inner = []  # what takes a message is one worker
        if kind == "topic":
            inner = self._subscribed(inner)
        return made | ({"steps": inner} if inner else {})

    def _subscribed(self, inner: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The subscribers of a topic: each once, and none together with others."""
        single = [step for each in inner for step in each.get("parallel", [each])]
        found: dict[str, dict[str, Any]] = {}
        for step in single:
            if self._kinds.get(str(step.get("call"))) in ("worker", "server"):
                found.setdefault(str(step["call"]), {name: step[name] for name in step if name not in _NOT_OF_MESSAGES})
        return list(found.values())

    def _is_taken(self, inner: list[dict[str, Any]]) -> bool:
        return len(inner) == 1 and self._kinds.get(str(inner[0].get("call"))) == "worker"

    def inside(self, node: Node, caller: str) -> list[dict[str, Any]]:
        """What a callee asks in turn."""
        made: list[dict[str, Any]] = []
        below = [(each, _callee(each, caller)) for each in node.inner.values()]
        groups = _in_order([pair for pair in below if pair[1] != caller], node)
        cache: tuple[Node, dict[str, Any]] | None = None
        for group in groups:
            steps = [self.step(each, callee, (node, caller)) for each, callee in group]
            if len(group) > 1:
                made.append({"parallel": steps})
                cache = None
                continue
            (each, callee), step = group[0], steps[0]
            if cache is not None and self._kinds.get(callee) in _STORES and each.calls <= cache[0].calls:
                hits = 1 - Fraction(each.calls, cache[0].calls)
                step.pop("chance", None)
                cache[1].update(hit=_percent(float(hits)), on_miss=[step])
                cache = None
                continue
            made.append(step)
            asks = self._kinds.get(callee) == "cache" and step.get("access") != "write" and "steps" not in step
            cache = (each, step) if asks else None
        return made


def median(values: Sequence[int]) -> str | None:
    """The median as a spec spells it; None where it is no time."""
    if not values or values[len(values) // 2] < _SHORTEST:
        return None
    middle = len(values) // 2
    return duration(values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2)


def _callee(node: Node, caller: str) -> str:
    party = node.key.callee
    return identifier(party.name if party.name is not None else f"{caller}-{party.system}")


def _does(key: Key, callee: str) -> str:
    """What a call does, as its span says: without its side, its product and its callee."""
    said = _SIDE.sub("", key.operation)
    if key.callee.system is not None and key.callee.name is None:
        said = re.split(rf"_?{key.callee.system.removesuffix('db')}(?:db)?_?", said, maxsplit=1)[-1] or said
    return "" if said in (callee, key.callee.name) else said.strip()


def _often(node: Node, parent: Node) -> dict[str, Any]:
    """The chance and the times of a call, where they are not what is so anyway."""
    made: dict[str, Any] = {}
    seen = sum(node.per_turn.values())
    if parent.turns and 0 < seen < parent.turns:
        share = share_of(seen, parent.turns)
        if share.high < 0.999:
            made["chance"] = _percent(share.value)
    if seen:
        often, count = node.per_turn.most_common(1)[0]
        if often > 1 and count >= 0.95 * seen:
            made["times"] = often
    return made


def _percent(share: float) -> str:
    return str(Ratio(Fraction(round(share * 1000), 1000)))


def _in_order(pairs: list[tuple[Node, str]], parent: Node) -> list[list[tuple[Node, str]]]:
    """Groups one after the other; within a group go at once those that are joined by not being strictly in order."""
    groups: list[list[tuple[Node, str]]] = []
    for pair in pairs:
        together = [group for group in groups if any(_before(one[0], pair[0], parent) is None for one in group)]
        groups = [group for group in groups if group not in together]
        groups.append([each for group in together for each in group] + [pair])
    made: list[list[tuple[Node, str]]] = []
    for group in groups:
        place = sum(_before(other[0][0], group[0][0], parent) is True for other in made)
        made.insert(place, group)
    return made


def _before(first: Node, second: Node, parent: Node) -> bool | None:
    """Whether the first was always over when the second began; None where they overlap or change their order."""
    order = parent.orders.get((first.key, second.key))
    if order is not None:
        ahead, behind = order.first_before, order.second_before
    else:
        order = parent.orders.get((second.key, first.key))
        if order is None:
            return True  # never in one turn: as they were met
        ahead, behind = order.second_before, order.first_before
    return True if ahead == order.together else False if behind == order.together else None

"""Arrows to a group: each stands for a connection to every component inside that a flow calls."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.frozen import frozen
from archspec.language.budget import MOST_PARTS, MOST_STEPS
from archspec.language.problems import Problems
from archspec.model import Component, Connection, Flow, Group, Step

Written = Sequence[tuple[Connection, Mapping[str, Any]]]
"""Arrows, each with its fields as they were written."""


@frozen
class Parts:
    """What a spec has beside its connections."""

    components: Mapping[str, Component]
    groups: Mapping[str, Group]
    flows: Mapping[str, Flow]


def stood_for(arrows: Written, written: Sequence[Connection], parts: Parts, problems: Problems) -> list[Connection]:
    """The connections that arrows to groups stand for, each with the fields of its arrow, and found at its place.

    A connection that is written between a pair wins, and so does an arrow to a group further in.
    """
    around = {id_: _around(component, parts.groups) for id_, component in parts.components.items()}
    _check(arrows, around, problems)
    taken = {each.name for each in written}
    found: list[Connection] = []
    by_caller: dict[str, list[tuple[Connection, Mapping[str, Any]]]] = {}
    for each in arrows:
        by_caller.setdefault(each[0].from_, []).append(each)
    for caller, member, writes in _calls(parts, frozenset(by_caller)):
        for arrow, fields in _nearest(by_caller[caller], around[member]):
            targets = (member, *_originals(member, parts)) if writes or arrow.access == "write" else (member,)
            for target in targets:
                stands = arrow.model_copy(update={"to": target, "to_group": arrow.to})
                if stands.name in taken or arrow.to not in around[target]:
                    continue
                taken.add(stands.name)
                found.append(stands)
                problems.source.graft(fields, ("connections", arrow.name), ("connections", stands.name))
        if len(found) > MOST_PARTS:
            message = f"arrows to groups stand for more than {MOST_PARTS} connections"
            problems.add(("connections",), message, "connect them through something between.", at_key=True)
            break
    return found


def _around(component: Component, groups: Mapping[str, Group]) -> tuple[str, ...]:
    """The groups that a component stands in, innermost first; a ring of groups is gone round once."""
    found: list[str] = []
    here = component.group
    while here is not None and here in groups and here not in found:
        found.append(here)
        here = groups[here].within
    return tuple(found)


def _check(arrows: Written, around: Mapping[str, tuple[str, ...]], problems: Problems) -> None:
    """Note arrows to a group that nothing stands in, and from inside a group to itself."""
    inhabited = {group for groups in around.values() for group in groups}
    for arrow, _ in arrows:
        place = ("connections", arrow.name, "to")
        if arrow.to in around.get(arrow.from_, ()):
            message = f"`{arrow.from_}` stands in `{arrow.to}` itself"
            problems.add(place, message, f"name the components that `{arrow.from_}` asks: `{arrow.from_} -> [b, c]`.")
        elif arrow.to not in inhabited:
            remedy = f"put components into it, with `group: {arrow.to}`, or name a component."
            problems.add(place, f"nothing stands in the group `{arrow.to}`", remedy)


def _nearest(arrows: Written, around: tuple[str, ...]) -> Written:
    """The arrows that reach what stands in these groups, those to the innermost first."""
    found = [each for each in arrows if each[0].to in around]
    return sorted(found, key=lambda each: around.index(each[0].to))


def _originals(store: str, parts: Parts) -> list[str]:
    """The stores that a store copies, one after the other: a write goes to them."""
    found: list[str] = []
    here: str | None = getattr(parts.components[store], "replica_of", None)
    while here is not None and here in parts.components and here not in found:
        found.append(here)
        here = getattr(parts.components[here], "replica_of", None)
    return found


def _calls(parts: Parts, callers: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """Who of these callers calls whom in a flow, and whether the step says that it writes; each at least once.

    What goes over the budget of steps is not followed: that is told where steps are counted.
    """
    waiting = [(flow.id, frozenset({flow.from_})) for flow in parts.flows.values()] if callers else []
    met, told, count = set(waiting), set[tuple[frozenset[str], tuple[str, ...], bool]](), 0
    while waiting and count <= MOST_STEPS:
        flow, performers = waiting.pop()
        for step, asking in _steps(parts.flows[flow].steps, performers):
            count += 1
            called = (asking & callers, step.call, step.access == "write")
            if called not in told:
                told.add(called)
                yield from ((a, b, called[2]) for a in sorted(called[0]) for b in step.call if b in parts.components)
            used = (step.flow or "", asking)
            if step.flow in parts.flows and used not in met:
                met.add(used)
                waiting.append(used)


def _steps(steps: tuple[Step, ...], performers: frozenset[str]) -> Iterator[tuple[Step, frozenset[str]]]:
    """Every step of a block with all that may perform it."""
    waiting = [(steps, performers)]
    while waiting:
        block, asking = waiting.pop()
        for step in block:
            yield step, asking
            asked = frozenset(step.call)
            waiting += [(step.parallel, asking), (step.fallback, asking)]
            waiting += [(step.steps, asked), (step.on_miss, asking | asked)]

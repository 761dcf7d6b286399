"""Which parts a system can lose: what analyze lists, alike ones once."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from archspec.analysis import Availability, Cause, Variable, is_provided
from archspec.model import Architecture, Component, Dependable
from archspec.model.attempts import asks_primary, replica_algorithm
from archspec.verification.values import Fault

_UNLIKE = ("weighted", "priority", "ip_hash", "consistent_hash")
"""Algorithms by which one replica is asked for more than another."""


def single_faults(architecture: Architecture, flows: Iterable[str]) -> tuple[Fault, ...]:
    """Every replica, group and connection that can fail and that the flows meet; of alike replicas the first.

    What somebody else makes redundant, and states no figure, is not among them; nor what never fails, nor a region
    (zone, host) without a figure where everything stands in the same.
    """
    flows = tuple(flows)
    availability, written = Availability(architecture), _written(architecture, flows)
    parts = {part.name: part for flow in flows for part in availability.of_flow(flow).parts}
    alike: dict[tuple[str, ...], list[Variable]] = {}
    for part in parts.values():
        if part.probability != 1 and not _is_left_out(architecture, part):
            alike.setdefault(_class_of(architecture, part, written), []).append(part)
    return tuple(_fault(architecture, members) for members in alike.values())


def pairs_of(architecture: Architecture, flows: Iterable[str]) -> tuple[Fault, ...]:
    """Every two at once; of alike replicas the first two."""
    singles = single_faults(architecture, flows)
    twins = [twin for one in singles if (twin := _twin(architecture, one)) is not None]
    crossed = [one.together_with(other) for one, other in combinations(singles, 2)]
    return tuple({frozenset(each.parts): each for each in (*twins, *crossed)}.values())


def whole_components(architecture: Architecture, flows: Iterable[str]) -> Iterator[Fault]:
    """All replicas at once of each component that has several, and the last one of it: for those who hunt."""
    asked = {id_: None for flow in flows for visit in architecture.walk(flow) for id_ in visit.step.call}
    for id_ in asked:
        names = architecture.replica_names(architecture.components[id_])
        if len(names) > 1:
            yield Fault((id_,), (id_,), None, None)
            yield Fault((names[-1],), (id_,), None, None)


def _twin(architecture: Architecture, fault: Fault) -> Fault | None:
    """The same replica with another of its component; None where it has none."""
    component = architecture.components.get(fault.owners[0])
    names = architecture.replica_names(component) if component is not None else ()
    other = next((name for name in names if name != fault.parts[0]), None)
    if fault.parts[0] not in names or other is None:
        return None
    chance = None if fault.chance is None else fault.chance**2
    return Fault((fault.parts[0], other), fault.owners * 2, chance, fault.repair)


def _is_left_out(architecture: Architecture, part: Variable) -> bool:
    """Without a figure: what somebody else makes redundant, and a group of a kind of which there is only one."""
    if part.probability is not None:
        return False
    group = architecture.groups.get(part.owner)
    if group is not None and part.cause is Cause.GROUP:
        return sum(each.kind == group.kind for each in architecture.groups.values()) < 2
    component = architecture.components.get(part.owner)
    return component is not None and is_provided(component)


def _class_of(architecture: Architecture, part: Variable, written: frozenset[str]) -> tuple[str, ...]:
    """Parts of one class make no difference to anybody: replicas that are chosen alike and are no primary."""
    component = architecture.components.get(part.owner)
    if part.cause is not Cause.REPLICA or component is None:
        return (part.name,)
    name = re.sub(r"/\d+-", "-", part.name)  # one shard is like another
    if _is_told_apart(architecture, component):
        return (name,)
    is_primary = component.id in written and name in architecture.replica_names(component)[:1]
    return (part.owner, "primary" if is_primary else "other")


def _is_told_apart(architecture: Architecture, component: Component) -> bool:
    incoming = architecture.incoming[component.id]
    if any(getattr(edge, "prefer", None) for edge in incoming):
        return True
    return any(replica_algorithm(architecture, edge.from_, edge.to) in _UNLIKE for edge in incoming)


def _written(architecture: Architecture, flows: Iterable[str]) -> frozenset[str]:
    """The stores of which only the primary can answer some call."""
    return frozenset(
        callee
        for flow in flows
        for visit in architecture.walk(flow)
        for caller, callee in architecture.pairs(visit)
        if asks_primary(architecture.components[callee], architecture.terms(caller, callee, visit.step).access)
    )


def _fault(architecture: Architecture, members: list[Variable]) -> Fault:
    first = members[0]
    chance = None if first.probability is None else (1 - first.probability) * len(members)
    return Fault((first.name,), (first.owner,), chance, _repair(architecture, first.owner))


def _repair(architecture: Architecture, owner: str) -> float | None:
    found = architecture.groups.get(owner) or architecture.components.get(owner)
    repair = found.mttr if found is not None and not isinstance(found, Component) else None
    if isinstance(found, Dependable):
        repair = found.mttr
    return None if repair is None else repair.nanoseconds / 1e9

"""Slots, memory and what is inside a replica: the resources a call takes on its way in and gives back."""

from archspec.execution.layout import (
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    COMPONENT_MEMORY,
    COMPONENT_NEEDS,
    COMPONENT_SLOTS,
    DRAINED,
    ENTERED,
    ENVIRONMENT,
    HOLDS,
    HOLDS_SLOT,
    REPLICA_BEGUN,
    REPLICA_DEPLOY,
    REPLICA_EXISTS,
    REPLICA_IN_WORK,
    REPLICA_REFUSES,
    REPLICA_REGISTERED,
    REPLICA_SILENT,
    REPLICA_SIZE,
    REPLICA_SLOTS_USED,
)
from archspec.execution.program import Program
from archspec.execution.state import (
    NOW,
    TIME_IN_WORK,
    TIME_INSIDE,
    TIME_SLOTS,
    World,
    count_in,
    count_out,
    counts_of,
    schedule_always,
)


def is_up(w: World, replica: int) -> bool:
    """Whether a replica answers at all."""
    r = w.replicas
    return r[replica + REPLICA_REFUSES] == 0 and r[replica + REPLICA_SILENT] == 0 and r[replica + REPLICA_EXISTS] != 0


def enough_up(p: Program, w: World, component: int) -> bool:
    """Whether as many replicas are up as a component needs to serve."""
    up = 0
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        if is_up(w, replica) and w.replicas[replica + REPLICA_REGISTERED]:
            up += 1
    return up >= p.components[component + COMPONENT_NEEDS]


def has_slot(p: Program, w: World, replica: int, component: int) -> bool:
    """Whether a replica can take one more request into work: slots and memory."""
    used = w.replicas[replica + REPLICA_SLOTS_USED]
    slots, memory = p.components[component + COMPONENT_SLOTS], p.components[component + COMPONENT_MEMORY]
    return (slots < 0 or used < slots) and (memory < 0 or used < memory)


def is_bounded(p: Program, component: int) -> bool:
    """Whether admission to a component is bounded by slots or memory."""
    return p.components[component + COMPONENT_SLOTS] >= 0 or p.components[component + COMPONENT_MEMORY] >= 0


def enter(w: World, attempt: int, replica: int) -> None:
    """A call is inside a replica from now on, waiting or in work."""
    count_in(w, replica, TIME_IN_WORK)
    w.replicas[replica + REPLICA_IN_WORK] += 1
    w.tasks[attempt + ENTERED] = w.clock[NOW]


def take_slot(w: World, attempt: int, replica: int) -> None:
    """Occupy a slot, and the memory of one request, until the answer."""
    count_in(w, replica, TIME_SLOTS)
    w.replicas[replica + REPLICA_SLOTS_USED] += 1
    w.tasks[attempt + HOLDS] = HOLDS_SLOT


def leave(w: World, attempt: int, replica: int) -> None:
    """A call is no longer inside a replica."""
    count_out(w, replica, TIME_IN_WORK, 1)
    w.replicas[replica + REPLICA_IN_WORK] -= 1
    w.counts[counts_of(replica) + TIME_INSIDE] += w.clock[NOW] - w.tasks[attempt + ENTERED]
    if w.tasks[attempt + HOLDS] == HOLDS_SLOT:
        count_out(w, replica, TIME_SLOTS, 1)
        w.replicas[replica + REPLICA_SLOTS_USED] -= 1
        w.tasks[attempt + HOLDS] = 0
    drain_if_idle(w, replica)


def has_something(w: World, replica: int) -> bool:
    """Whether calls are inside a replica, or requests that it began are under way."""
    return w.replicas[replica + REPLICA_IN_WORK] > 0 or w.replicas[replica + REPLICA_BEGUN] > 0


def drain_if_idle(w: World, replica: int) -> None:
    """A replica that is leaving, and has finished what it had, goes."""
    if w.replicas[replica + REPLICA_DEPLOY] >= 0 and not has_something(w, replica):
        schedule_always(w, w.clock[NOW], ENVIRONMENT, DRAINED, replica)

"""A new process takes a replica's place; the old one goes on beside it with what it has (engine contract, section 5.4).

The old one moves to a row of its own, which bears the same name: the second set of a component that is deployed blue
and green. What strikes a name therefore strikes both.
"""

from archspec.execution.admission import is_up
from archspec.execution.breaking import forget_calls, state_of
from archspec.execution.caching import empty_cache
from archspec.execution.layout import (
    ATTEMPT,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    CORE_QUEUE,
    EDGE_CALLER,
    EDGE_SIZE,
    FREE,
    KIND,
    LEARNS_LATE,
    MESSAGE,
    NONE,
    OWN_WORK,
    PLATFORM,
    QUEUE_SIZE,
    QUEUE_WAITING,
    REPLICA,
    REPLICA_BEGUN,
    REPLICA_CHOOSER,
    REPLICA_COMPONENT,
    REPLICA_CORES_USED,
    REPLICA_EXISTS,
    REPLICA_IN_WORK,
    REPLICA_SIZE,
    REPLICA_SLOTS_USED,
    ROUTE_SIZE,
    SLOT_QUEUE,
    STATE_SIZE,
    TASK_SIZE,
    WHERE,
)
from archspec.execution.program import Program
from archspec.execution.state import TIME_CORES, TIME_IN_WORK, TIME_QUEUED, TIME_SLOTS, World, count_out, queue_of


def second_of(p: Program, w: World, replica: int) -> int:
    """The row beside a replica's, for the process that it replaces."""
    component = w.replicas[replica + REPLICA_COMPONENT]
    return replica + p.components[component + COMPONENT_COUNT] * REPLICA_SIZE


def hand_over(p: Program, w: World, replica: int) -> None:
    """Move all that a replica has in hand, and all that it remembers, to the row beside; it is as new afterwards."""
    second = second_of(p, w, replica)
    w.replicas[second + REPLICA_EXISTS] = 1
    hand_over_use(w, replica, second, REPLICA_SLOTS_USED, TIME_SLOTS)
    hand_over_use(w, replica, second, REPLICA_CORES_USED, TIME_CORES)
    hand_over_use(w, replica, second, REPLICA_IN_WORK, TIME_IN_WORK)
    w.replicas[second + REPLICA_BEGUN] = w.replicas[replica + REPLICA_BEGUN]
    w.replicas[replica + REPLICA_BEGUN] = 0
    for which in (SLOT_QUEUE, CORE_QUEUE):
        queue, other = queue_of(replica, which), queue_of(second, which)
        for place in range(QUEUE_SIZE):
            w.queues[other + place] = w.queues[queue + place]
        w.queues[queue + QUEUE_WAITING] = 0
        count_out(w, replica, TIME_QUEUED, w.queues[other + QUEUE_WAITING])
        count_out(w, second, TIME_QUEUED, -w.queues[other + QUEUE_WAITING])
    for task in range(0, len(w.tasks), TASK_SIZE):
        kind = w.tasks[task + KIND]
        if kind not in (FREE, MESSAGE):
            if w.tasks[task + WHERE] == replica:
                w.tasks[task + WHERE] = second
            if kind in (ATTEMPT, OWN_WORK) and w.tasks[task + REPLICA] == replica:
                w.tasks[task + REPLICA] = second
    hand_over_edges(p, w, replica, second)
    hand_over_views(p, w, replica, second)


def hand_over_use(w: World, replica: int, second: int, what: int, time: int) -> None:
    """What is in use is in use beside from now on."""
    number = w.replicas[replica + what]
    count_out(w, replica, time, number)
    count_out(w, second, time, -number)
    w.replicas[second + what] = number
    w.replicas[replica + what] = 0


def forget_all(p: Program, w: World, replica: int) -> None:
    """What a replica that went down remembers when it is back: nothing. A cache is empty once none of it is left."""
    component = w.replicas[replica + REPLICA_COMPONENT]
    first = p.components[component + COMPONENT_FIRST]
    for edge in range(0, len(p.edges), EDGE_SIZE):
        if p.edges[edge + EDGE_CALLER] == first:
            forget_calls(w, state_of(p, edge, replica))
    if p.choosers[w.replicas[replica + REPLICA_CHOOSER]] != LEARNS_LATE:
        forget_view(p, w, w.replicas[replica + REPLICA_CHOOSER])
    others = 0
    for index in range(p.components[component + COMPONENT_COUNT]):
        other = first + index * REPLICA_SIZE
        others += other != replica and is_up(w, other)
    if others == 0:
        empty_cache(p, w, component)


def forget_view(p: Program, w: World, chooser: int) -> None:
    """A balancer that starts takes everybody for healthy, and begins with the first."""
    replicas = len(w.replicas) // REPLICA_SIZE
    for place in range(chooser * replicas, (chooser + 1) * replicas):
        w.believed[place] = 1
        w.streaks[place] = 0
    turns, smooth = len(w.turns) // len(p.choosers), len(p.routes) // ROUTE_SIZE
    for place in range(chooser * turns, (chooser + 1) * turns):
        w.turns[place] = NONE
    for place in range(chooser * smooth, (chooser + 1) * smooth):
        w.smooth[place] = 0


def hand_over_edges(p: Program, w: World, replica: int, second: int) -> None:
    """Breakers, bulkheads and budgets stay with the process that made the calls."""
    first = p.components[w.replicas[replica + REPLICA_COMPONENT] + COMPONENT_FIRST]
    for edge in range(0, len(p.edges), EDGE_SIZE):
        if p.edges[edge + EDGE_CALLER] == first:
            state, other = state_of(p, edge, replica), state_of(p, edge, second)
            for place in range(STATE_SIZE):
                w.edges[other + place] = w.edges[state + place]
            forget_calls(w, state)


def hand_over_views(p: Program, w: World, replica: int, second: int) -> None:
    """What others count as under way goes with the old process; a balancer's own view stays with it."""
    replicas = len(w.replicas) // REPLICA_SIZE
    for chooser in range(len(p.choosers)):
        slot, other = chooser * replicas + replica // REPLICA_SIZE, chooser * replicas + second // REPLICA_SIZE
        w.outstanding[other] += w.outstanding[slot]
        w.outstanding[slot] = 0
    mine, its = w.replicas[replica + REPLICA_CHOOSER], w.replicas[second + REPLICA_CHOOSER]
    if mine == PLATFORM:
        return
    for place in range(replicas):
        w.outstanding[its * replicas + place] += w.outstanding[mine * replicas + place]
        w.outstanding[mine * replicas + place] = 0
        w.believed[its * replicas + place] = w.believed[mine * replicas + place]
    turns, smooth = len(w.turns) // len(p.choosers), len(p.routes) // ROUTE_SIZE
    for place in range(turns):
        w.turns[its * turns + place] = w.turns[mine * turns + place]
    for place in range(smooth):
        w.smooth[its * smooth + place] = w.smooth[mine * smooth + place]
    if p.choosers[mine] != LEARNS_LATE:
        forget_view(p, w, mine)

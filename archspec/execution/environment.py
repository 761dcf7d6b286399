"""Faults that begin and end, and what becomes of the work they meet (engine contract, section 5)."""

from heapq import heappop, heappush

from archspec.execution.admission import is_up
from archspec.execution.layout import (
    ATTEMPT,
    COMPONENT_FAILOVER_TIME,
    COMPONENT_SIZE,
    CONTINUE,
    CONTROLLER,
    CORE_QUEUE,
    CUT,
    DELIVERY,
    DOWN,
    EDGE_LOSS,
    EDGE_SIZE,
    ENTERED,
    ERRORS,
    FAULT_ACTIVE,
    FAULT_KIND,
    FAULT_NUMBER,
    FAULT_OVER,
    FAULT_PLUS,
    FAULT_SIZE,
    FAULT_TARGET,
    FAULT_UNDER,
    FREE,
    GONE,
    HOLDS,
    IN_STEPS,
    ISLAND,
    KIND,
    LEARNS_LATE,
    LOG_BELIEF,
    LOG_FAULT,
    LOSE,
    MESSAGE,
    NOTICE,
    NUMBER,
    ONE,
    PHASE,
    PLATFORM,
    QUEUE_WAITING,
    QUEUED,
    REPLICA,
    REPLICA_COMPONENT,
    REPLICA_CORES_USED,
    REPLICA_DOWN_SINCE,
    REPLICA_IN_WORK,
    REPLICA_ISLAND,
    REPLICA_ISLAND_SINCE,
    REPLICA_REFUSES,
    REPLICA_SILENT,
    REPLICA_SIZE,
    REPLICA_SLOTS_USED,
    REPLICA_SLOW_OVER,
    REQUEST,
    RESET,
    RESULT,
    RESULT_CAUSE,
    RESULT_STATUS,
    SILENT,
    SLOT_QUEUE,
    SLOW_EDGE,
    SLOW_REPLICA,
    TASK_SIZE,
    WAITING,
    WHERE,
)
from archspec.execution.messaging import pull_all, pull_messages
from archspec.execution.program import Program
from archspec.execution.replacing import forget_all
from archspec.execution.replicating import wake_writes
from archspec.execution.serving import reject, vanish
from archspec.execution.settling import forget
from archspec.execution.state import (
    COUNT_LOST,
    COUNT_RESET,
    NOW,
    TIME_CORES,
    TIME_IN_WORK,
    TIME_INSIDE,
    TIME_QUEUED,
    TIME_SLOTS,
    World,
    count_out,
    counts_of,
    queue_of,
    record,
    release,
    schedule_always,
)


def fault(p: Program, w: World, event: int) -> None:
    """A fault begins (even events) or ends (odd ones)."""
    row = event // 2 * FAULT_SIZE
    begins = event % 2 == 0
    line = w.timeline
    kind, target = line[row + FAULT_KIND], line[row + FAULT_TARGET]
    line[row + FAULT_ACTIVE] = 1 if begins else 0
    record(w, LOG_FAULT, line[row + FAULT_NUMBER], int(begins), 0, 0)
    if kind == DOWN and begins:
        go_down(p, w, target, line[row + FAULT_OVER] == SILENT)
    elif kind == DOWN:
        come_up(p, w, target, line[row + FAULT_OVER] == SILENT)
    elif kind == SLOW_REPLICA:
        slow(w.replicas, target + REPLICA_SLOW_OVER, line, row, begins)
    elif kind == SLOW_EDGE:
        slow(w.edge_slow, 3 * (target // EDGE_SIZE), line, row, begins)
    elif kind == LOSE:
        w.edge_loss[target // EDGE_SIZE] = combined(w, LOSE, target, p.edges[target + EDGE_LOSS])
    elif kind == ERRORS:
        place = 2 * (target // COMPONENT_SIZE)
        w.errors[place] = combined(w, ERRORS, target, 0)
        w.errors[place + 1] = line[row + FAULT_UNDER] if begins else w.errors[place + 1]
    elif kind == CUT:
        w.edge_cut[target // EDGE_SIZE] += 1 if begins else -1
        if begins:
            w.edge_cut_since[target // EDGE_SIZE] = w.clock[NOW]
        else:
            pull_all(w)
            wake_writes(w)
    elif kind == ISLAND:
        w.replicas[target + REPLICA_ISLAND] ^= line[row + FAULT_OVER]
        if begins:
            w.replicas[target + REPLICA_ISLAND_SINCE] = w.clock[NOW]
        else:
            pull_all(w)
            wake_writes(w)
    elif begins:
        w.agenda.append((CONTINUE, target))


def slow(table: list[int], at: int, line: list[int], row: int, begins: bool) -> None:
    """Multiply a slowness (over, under, plus in a row) by a fault's factor, or take the factor out again."""
    over, under = line[row + FAULT_OVER], line[row + FAULT_UNDER]
    if not begins:
        over, under = under, over
    over *= table[at]
    under *= table[at + 1]
    divisor, rest = over, under
    while rest:
        divisor, rest = rest, divisor % rest
    table[at] = over // divisor
    table[at + 1] = under // divisor
    table[at + 2] += line[row + FAULT_PLUS] if begins else -line[row + FAULT_PLUS]


def combined(w: World, kind: int, target: int, base: int) -> int:
    """The threshold of independent chances together: 1 − ∏(1 − p), over the active faults and what is there anyway."""
    spared = ONE - base
    for row in range(0, len(w.timeline), FAULT_SIZE):
        line = w.timeline
        if line[row + FAULT_KIND] == kind and line[row + FAULT_TARGET] == target and line[row + FAULT_ACTIVE]:
            spared = int(spared * ((ONE - line[row + FAULT_OVER]) * 2.0**-53))
    return ONE - spared


def go_down(p: Program, w: World, replica: int, silent: bool) -> None:
    """A replica dies: what is in work there is reset or lost, and the platform will notice later."""
    was_up = is_up(w, replica)
    place = REPLICA_SILENT if silent else REPLICA_REFUSES
    w.replicas[replica + place] += 1
    if was_up:
        w.replicas[replica + REPLICA_DOWN_SINCE] = w.clock[NOW]
        clear(p, w, replica, silent)
        component = w.replicas[replica + REPLICA_COMPONENT]
        notice_at = w.clock[NOW] + p.components[component + COMPONENT_FAILOVER_TIME]
        schedule_always(w, notice_at, CONTROLLER, NOTICE, replica)


def come_up(p: Program, w: World, replica: int, silent: bool) -> None:
    """A fault no longer holds a replica down; where none does, it is back, empty, and the platform knows."""
    place = REPLICA_SILENT if silent else REPLICA_REFUSES
    w.replicas[replica + place] -= 1
    if is_up(w, replica):
        believe(p, w, replica, 1)
        pull_messages(p, w, w.replicas[replica + REPLICA_COMPONENT])
        wake_writes(w)


def notice(p: Program, w: World, replica: int) -> None:
    """The platform learns of a death, unless the replica has been up again in the meantime."""
    component = w.replicas[replica + REPLICA_COMPONENT]
    since = w.clock[NOW] - p.components[component + COMPONENT_FAILOVER_TIME]
    if not is_up(w, replica) and w.replicas[replica + REPLICA_DOWN_SINCE] <= since:
        believe(p, w, replica, 0)


def believe(p: Program, w: World, replica: int, up: int) -> None:
    """Whoever learns from the platform believes a replica up, or dead."""
    for chooser in range(len(p.choosers)):
        if p.choosers[chooser] == LEARNS_LATE:
            slot = chooser * (len(w.replicas) // REPLICA_SIZE) + replica // REPLICA_SIZE
            if w.believed[slot] != up:
                w.believed[slot] = up
                if chooser == PLATFORM:
                    record(w, LOG_BELIEF, chooser, replica, up, 0)


def clear(p: Program, w: World, replica: int, silent: bool) -> None:
    """End everything that a replica has in work or has asked for; its queues, slots and cores are empty."""
    w.casualties.clear()
    for task in range(0, len(w.tasks), TASK_SIZE):
        kind = w.tasks[task + KIND]
        if kind == ATTEMPT:
            if w.tasks[task + WHERE] == replica and w.tasks[task + WAITING]:
                forget(p, w, task)
                if w.tasks[task + PHASE] == GONE:
                    release(w, task)
                    continue
            if w.tasks[task + REPLICA] == replica and QUEUED <= w.tasks[task + PHASE] <= IN_STEPS:
                heappush(w.casualties, (-w.tasks[task + NUMBER], task, 0, 0, 0))
        elif kind in (MESSAGE, FREE):
            continue
        elif w.tasks[task + WHERE] == replica and kind == REQUEST:
            w.tasks[task + RESULT_STATUS] = 0
            w.tasks[task + RESULT_CAUSE] = RESET
            w.agenda.append((RESULT, task))
        elif w.tasks[task + WHERE] == replica:
            release(w, task)
    for which in (SLOT_QUEUE, CORE_QUEUE):
        queue = queue_of(replica, which)
        count_out(w, replica, TIME_QUEUED, w.queues[queue + QUEUE_WAITING])
        w.queues[queue + QUEUE_WAITING] = 0
    count_out(w, replica, TIME_SLOTS, w.replicas[replica + REPLICA_SLOTS_USED])
    count_out(w, replica, TIME_CORES, w.replicas[replica + REPLICA_CORES_USED])
    count_out(w, replica, TIME_IN_WORK, w.replicas[replica + REPLICA_IN_WORK])
    w.replicas[replica + REPLICA_SLOTS_USED] = 0
    w.replicas[replica + REPLICA_CORES_USED] = 0
    w.replicas[replica + REPLICA_IN_WORK] = 0
    forget_all(p, w, replica)
    while len(w.casualties) > 0:
        cut_off(w, heappop(w.casualties)[1], replica, silent)


def cut_off(w: World, attempt: int, replica: int, silent: bool) -> None:
    """A call that was in work at a replica that died: reset, or silence."""
    counts = counts_of(replica)
    w.tasks[attempt + HOLDS] = 0
    w.counts[counts + TIME_INSIDE] += w.clock[NOW] - w.tasks[attempt + ENTERED]
    if w.tasks[attempt + DELIVERY] > 0:
        w.counts[counts + COUNT_LOST] += 1
        release(w, attempt)
    elif silent:
        w.counts[counts + COUNT_LOST] += 1
        vanish(w, attempt)
    else:
        w.counts[counts + COUNT_RESET] += 1
        w.tasks[attempt + PHASE] = GONE
        reject(w, attempt, 0, RESET)

"""Writes that wait for synchronous copies of their store (engine contract, section 7.8)."""

from archspec.execution.admission import is_up
from archspec.execution.answering import run_steps
from archspec.execution.caching import forget_waiting, look_up
from archspec.execution.layout import (
    COMPLETION,
    COMPONENT_COUNT,
    COMPONENT_FAILOVER_TIME,
    COMPONENT_FIRST,
    CONTROLLER,
    COPY_CONTINUES,
    COPY_EDGE,
    COPY_LATENCY,
    COPY_SIZE,
    COPY_STORE,
    EDGE_SIZE,
    LOG_WAITS,
    NONE,
    NUMBER,
    OCCURRENCE,
    PHASE,
    REPLICA,
    REPLICA_COMPONENT,
    REPLICA_DOWN_SINCE,
    REPLICA_EXISTS,
    REPLICA_ISLAND,
    REPLICA_ISLAND_SINCE,
    REPLICA_REGISTERED,
    REPLICA_SHARD,
    REPLICA_SIZE,
    REPLICATE,
    REPLICATED,
    REPLICATING,
    ROUTE,
    ROUTE_REPLICATION,
    SERIAL,
)
from archspec.execution.program import Program
from archspec.execution.state import NOW, World, draw, number_of, record, schedule, slowed

NEVER = 2**62
"""In place of a moment."""
WRITES = -2
"""What those wait for, in the list of who waits, that wait for a copy."""


def replicate(p: Program, w: World, attempt: int) -> None:
    """A write is at its store: send it to every copy; while one that is needed cannot be reached, wait for that."""
    tasks, now = w.tasks, w.clock[NOW]
    row = p.routes[tasks[attempt + ROUTE] + ROUTE_REPLICATION]
    tasks[attempt + PHASE] = REPLICATING
    longest, until = 0, now
    while p.replications[row + COPY_STORE] >= 0:
        goes_on = goes_on_without(p, w, attempt, row)
        if goes_on == NONE:
            longest = max(longest, way_to_copy(p, w, attempt, row))
        elif goes_on > now:
            until = max(until, goes_on)
            copy = p.replications[row + COPY_STORE]
            record(w, LOG_WAITS, tasks[attempt + NUMBER], tasks[attempt + REPLICA], copy, 0)
        row += COPY_SIZE
    if until > now:
        w.waiting.append((WRITES, attempt, tasks[attempt + SERIAL]))
        if until < NEVER:
            schedule(w, until, CONTROLLER, REPLICATE, attempt)
    elif longest > 0:
        schedule(w, now + longest, COMPLETION, REPLICATED, attempt)
    else:
        go_on(p, w, attempt)


def replicate_again(p: Program, w: World, attempt: int) -> None:
    """What a write has waited for may be over."""
    if w.tasks[attempt + PHASE] == REPLICATING:
        replicate(p, w, attempt)


def replicated(p: Program, w: World, attempt: int) -> None:
    """The copies have a write; if one was lost meanwhile, it is sent again."""
    if w.tasks[attempt + PHASE] != REPLICATING:
        return
    row = p.routes[w.tasks[attempt + ROUTE] + ROUTE_REPLICATION]
    lacking = False
    while p.replications[row + COPY_STORE] >= 0:
        lacking = lacking or goes_on_without(p, w, attempt, row) > w.clock[NOW]
        row += COPY_SIZE
    if lacking:
        replicate(p, w, attempt)
    else:
        go_on(p, w, attempt)


def go_on(p: Program, w: World, attempt: int) -> None:
    """A write is done; what the store does beside it."""
    if look_up(p, w, attempt, w.replicas[w.tasks[attempt + REPLICA] + REPLICA_COMPONENT]):
        run_steps(p, w, attempt)


def way_to_copy(p: Program, w: World, attempt: int, row: int) -> int:
    """How long a write takes to a copy and back."""
    slot, slow = p.replications[row + COPY_LATENCY], 3 * (p.replications[row + COPY_EDGE] // EDGE_SIZE)
    time = 0
    if slot >= 0:
        time = draw(p, w, slot, number_of(w, attempt), w.tasks[attempt + OCCURRENCE])
    return slowed(time, w.edge_slow[slow], w.edge_slow[slow + 1], w.edge_slow[slow + 2])


def goes_on_without(p: Program, w: World, attempt: int, row: int) -> int:
    """When writes go on without a copy: `failover_time` after it was lost, or NEVER; NONE where it can be reached."""
    store, edge = p.replications[row + COPY_STORE], p.replications[row + COPY_EDGE] // EDGE_SIZE
    primary, known = w.tasks[attempt + REPLICA], p.components[store + COMPONENT_FAILOVER_TIME]
    shard = w.replicas[primary + REPLICA_SHARD]
    lost = -NEVER
    for index in range(p.components[store + COMPONENT_COUNT]):
        replica = p.components[store + COMPONENT_FIRST] + index * REPLICA_SIZE
        if shard < 0 or w.replicas[replica + REPLICA_SHARD] in (shard, NONE):
            lost = max(lost, away_since(w, primary, replica, edge, w.clock[NOW] - known))
    if lost == NEVER:
        return NONE
    return lost + known if p.replications[row + COPY_CONTINUES] else NEVER


def away_since(w: World, primary: int, replica: int, edge: int, long_ago: int) -> int:
    """Since when one replica of a copy has been out of reach, or NEVER; `long_ago` where that is known anyway."""
    r = w.replicas
    since = NEVER
    believed = w.believed[replica // REPLICA_SIZE]  # by the platform, the first chooser
    if not believed or not r[replica + REPLICA_EXISTS] or not r[replica + REPLICA_REGISTERED]:
        since = long_ago
    if not is_up(w, replica):
        since = min(since, r[replica + REPLICA_DOWN_SINCE])
    if r[primary + REPLICA_ISLAND] != r[replica + REPLICA_ISLAND]:
        since = min(since, max(r[primary + REPLICA_ISLAND_SINCE], r[replica + REPLICA_ISLAND_SINCE]))
    if w.edge_cut[edge] > 0:
        since = min(since, w.edge_cut_since[edge])
    return since


def wake_writes(w: World) -> None:
    """A replica or a connection is back: every write that waits for a copy looks again."""
    for i in range(len(w.waiting) - 1, -1, -1):
        waited_for, attempt, serial = w.waiting[i]
        if waited_for == WRITES and w.tasks[attempt + SERIAL] == serial:
            w.agenda.append((REPLICATE, attempt))
    forget_waiting(w, WRITES)

"""Health checks: how a balancer replica finds out (engine contract, section 5.1)."""

from archspec.execution.admission import is_up
from archspec.execution.layout import (
    CHECK,
    CHECK_EDGE,
    CHECK_HEALTHY,
    CHECK_INTERVAL,
    CHECK_REPLICA,
    CHECK_SILENT,
    CHECK_TIMEOUT,
    CHECK_UNHEALTHY,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    CONTROLLER,
    EDGE_CALLEE,
    EDGE_SIZE,
    LOG_BELIEF,
    REPLICA_CHOOSER,
    REPLICA_EXISTS,
    REPLICA_ISLAND,
    REPLICA_REFUSES,
    REPLICA_REGISTERED,
    REPLICA_SILENT,
    REPLICA_SIZE,
    TIMER,
)
from archspec.execution.program import Program
from archspec.execution.state import NOW, World, record, schedule_always


def check(p: Program, w: World, row: int) -> None:
    """A balancer replica asks every registered replica of one target; the next round is scheduled."""
    checks, r = p.checks, w.replicas
    balancer, edge = checks[row + CHECK_REPLICA], checks[row + CHECK_EDGE]
    schedule_always(w, w.clock[NOW] + checks[row + CHECK_INTERVAL], CONTROLLER, CHECK, row)
    if not is_up(w, balancer):
        return
    component = p.edges[edge + EDGE_CALLEE]
    first = p.components[component + COMPONENT_FIRST]
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = first + index * REPLICA_SIZE
        if not r[replica + REPLICA_REGISTERED] or not r[replica + REPLICA_EXISTS]:
            continue
        parted = r[balancer + REPLICA_ISLAND] != r[replica + REPLICA_ISLAND] or w.edge_cut[edge // EDGE_SIZE] > 0
        if parted or r[replica + REPLICA_SILENT] > 0:
            what = row * len(r) + replica
            schedule_always(w, w.clock[NOW] + checks[row + CHECK_TIMEOUT], TIMER, CHECK_SILENT, what)
        else:
            count(p, w, row, replica, r[replica + REPLICA_REFUSES] == 0)


def check_silent(p: Program, w: World, what: int) -> None:
    """A check has had no answer in time."""
    count(p, w, what // len(w.replicas), what % len(w.replicas), False)


def count(p: Program, w: World, row: int, replica: int, passed: bool) -> None:
    """Count passes and failures in a row; enough of them change what the balancer believes."""
    chooser = w.replicas[p.checks[row + CHECK_REPLICA] + REPLICA_CHOOSER]
    slot = chooser * (len(w.replicas) // REPLICA_SIZE) + replica // REPLICA_SIZE
    streak = w.streaks[slot]
    streak = max(streak, 0) + 1 if passed else min(streak, 0) - 1
    w.streaks[slot] = streak
    if w.believed[slot] and streak <= -p.checks[row + CHECK_UNHEALTHY]:
        w.believed[slot] = 0
        record(w, LOG_BELIEF, chooser, replica, 0, 0)
    elif not w.believed[slot] and streak >= p.checks[row + CHECK_HEALTHY]:
        w.believed[slot] = 1
        record(w, LOG_BELIEF, chooser, replica, 1, 0)

"""Health checks: how a balancer replica finds out (engine contract, section 5.1)."""

from archspec.execution.admission import is_up
from archspec.execution.layout import (
    CHECK,
    CHECK_EDGE,
    CHECK_HEALTHY,
    CHECK_INTERVAL,
    CHECK_REPLICA,
    CHECK_SILENT,
    CHECK_TARGET,
    CHECK_TIMEOUT,
    CHECK_UNHEALTHY,
    CONTROLLER,
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
    """A balancer replica asks one replica of a target, if that is registered; the next check is scheduled."""
    checks, r = p.checks, w.replicas
    balancer, replica, edge = checks[row + CHECK_REPLICA], checks[row + CHECK_TARGET], checks[row + CHECK_EDGE]
    schedule_always(w, w.clock[NOW] + checks[row + CHECK_INTERVAL], CONTROLLER, CHECK, row)
    if not is_up(w, balancer) or not r[replica + REPLICA_REGISTERED] or not r[replica + REPLICA_EXISTS]:
        return
    parted = r[balancer + REPLICA_ISLAND] != r[replica + REPLICA_ISLAND] or w.edge_cut[edge // EDGE_SIZE] > 0
    if parted or r[replica + REPLICA_SILENT] > 0:
        schedule_always(w, w.clock[NOW] + checks[row + CHECK_TIMEOUT], TIMER, CHECK_SILENT, row)
    else:
        count(p, w, row, r[replica + REPLICA_REFUSES] == 0)


def check_silent(p: Program, w: World, row: int) -> None:
    """A check has had no answer in time."""
    count(p, w, row, False)


def count(p: Program, w: World, row: int, passed: bool) -> None:
    """Count passes and failures in a row; enough of them change what the balancer believes."""
    chooser, replica = w.replicas[p.checks[row + CHECK_REPLICA] + REPLICA_CHOOSER], p.checks[row + CHECK_TARGET]
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

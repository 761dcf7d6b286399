"""Deploys and scaling: replicas that leave, boot and come back (engine contract, sections 5.4 and 5.5)."""

from archspec.execution.admission import has_something
from archspec.execution.caching import empty_cache
from archspec.execution.environment import clear
from archspec.execution.layout import (
    BOOTED,
    BOOTS_BESIDE,
    BY_CPU,
    BY_QUEUE,
    COMPONENT_BOOT_TIME,
    COMPONENT_CORES,
    COMPONENT_COUNT,
    COMPONENT_DRAIN_TIME,
    COMPONENT_FEEDS,
    COMPONENT_FIRST,
    CONTINUE,
    CONTROLLER,
    DRAINED,
    ENVIRONMENT,
    GOES_DOWN,
    IS_GONE,
    LEAVES,
    LEAVES_FOR_GOOD,
    LOG_DEPLOY,
    LOG_SCALED,
    MESSAGES_WAITING,
    NONE,
    PLAN_AFTER,
    PLAN_AT_ONCE,
    PLAN_AWAY,
    PLAN_BLUE_GREEN,
    PLAN_CANARY,
    PLAN_COUNT,
    PLAN_FIRST,
    PLAN_NEXT,
    REPLACED,
    REPLICA_COMPONENT,
    REPLICA_CORES_USED,
    REPLICA_DEPLOY,
    REPLICA_EXISTS,
    REPLICA_LEFT,
    REPLICA_REFUSES,
    REPLICA_REGISTERED,
    REPLICA_SIZE,
    RETURNS,
    SCALE,
    SCALED_AWAY,
    SCALER_COMPONENT,
    SCALER_COOLDOWN,
    SCALER_INTERVAL,
    SCALER_MAXIMUM,
    SCALER_METRIC,
    SCALER_MINIMUM,
    SCALER_SEEN,
    SCALER_TARGET_DENOMINATOR,
    SCALER_TARGET_NUMERATOR,
    SERVES,
    TAKES_OVER,
    WAS_REPLACED,
)
from archspec.execution.messaging import pull_messages
from archspec.execution.program import Program
from archspec.execution.replacing import hand_over, second_of
from archspec.execution.replicating import wake_writes
from archspec.execution.state import (
    COUNT_CALLS,
    NOW,
    TIME_CORES,
    TIME_REGISTERED,
    World,
    count_in,
    count_out,
    counts_of,
    integral,
    record,
    schedule_always,
)


def proceed(p: Program, w: World, plan: int) -> None:
    """Take out as many replicas as a deploy may have out at once; after the last, go on with the next component."""
    plans = w.plans
    if plans[plan + PLAN_BLUE_GREEN]:
        switch(p, w, plan)
        return
    at_once = plans[plan + PLAN_AT_ONCE]
    if plans[plan + PLAN_CANARY] and plans[plan + PLAN_NEXT] == 0:
        at_once = 1
    while plans[plan + PLAN_NEXT] < plans[plan + PLAN_COUNT] and plans[plan + PLAN_AWAY] < at_once:
        replica = plans[plan + PLAN_FIRST] + plans[plan + PLAN_NEXT] * REPLICA_SIZE
        plans[plan + PLAN_NEXT] += 1
        if w.replicas[replica + REPLICA_EXISTS] and w.replicas[replica + REPLICA_REGISTERED]:
            plans[plan + PLAN_AWAY] += 1
            drain(p, w, replica, plan)
    if plans[plan + PLAN_AWAY] == 0 and plans[plan + PLAN_AFTER] >= 0:
        w.agenda.append((CONTINUE, plans[plan + PLAN_AFTER]))


def switch(p: Program, w: World, plan: int) -> None:
    """Boot a second set beside the first; when all of it serves, let it take over, and drain the first."""
    plans = w.plans
    boots = plans[plan + PLAN_NEXT] == 0
    plans[plan + PLAN_NEXT] = plans[plan + PLAN_COUNT]
    component = w.replicas[plans[plan + PLAN_FIRST] + REPLICA_COMPONENT]
    if boots:
        schedule_always(w, w.clock[NOW] + p.components[component + COMPONENT_BOOT_TIME], ENVIRONMENT, CONTINUE, plan)
    for index in range(plans[plan + PLAN_COUNT]):
        replica = plans[plan + PLAN_FIRST] + index * REPLICA_SIZE
        if w.replicas[replica + REPLICA_EXISTS] and w.replicas[replica + REPLICA_REGISTERED]:
            if boots:
                record(w, LOG_DEPLOY, replica, BOOTS_BESIDE, 0, 0)
            else:
                take_over(p, w, replica)
    if not boots:
        empty_cache(p, w, component)
        pull_messages(p, w, component)
        if plans[plan + PLAN_AFTER] >= 0:
            w.agenda.append((CONTINUE, plans[plan + PLAN_AFTER]))


def take_over(p: Program, w: World, replica: int) -> None:
    """A new process serves in a replica's place; an old one that drains still from the deploy before is cut short."""
    second = second_of(p, w, replica)
    if w.replicas[second + REPLICA_EXISTS]:
        clear(p, w, second, False)
    hand_over(p, w, replica)
    record(w, LOG_DEPLOY, replica, TAKES_OVER, 0, 0)
    drain(p, w, second, REPLACED)


def drain(p: Program, w: World, replica: int, reason: int) -> None:
    """A replica leaves all choosers at once and may finish what it has."""
    count_out(w, replica, TIME_REGISTERED, w.replicas[replica + REPLICA_REGISTERED])
    component = w.replicas[replica + REPLICA_COMPONENT]
    w.replicas[replica + REPLICA_REGISTERED] = 0
    w.replicas[replica + REPLICA_DEPLOY] = reason
    w.replicas[replica + REPLICA_LEFT] = w.clock[NOW]
    if reason != REPLACED:
        record(w, LOG_DEPLOY, replica, LEAVES_FOR_GOOD if reason == SCALED_AWAY else LEAVES, 0, 0)
    patience = p.components[component + COMPONENT_DRAIN_TIME] if has_something(w, replica) else 0
    schedule_always(w, w.clock[NOW] + patience, ENVIRONMENT, DRAINED, replica)


def drained(p: Program, w: World, replica: int) -> None:
    """A leaving replica is idle, or its time is up: it goes down."""
    r = w.replicas
    component = r[replica + REPLICA_COMPONENT]
    over = w.clock[NOW] >= r[replica + REPLICA_LEFT] + p.components[component + COMPONENT_DRAIN_TIME]
    reason = r[replica + REPLICA_DEPLOY]
    if reason < 0 or r[replica + REPLICA_LEFT] < 0 or (has_something(w, replica) and not over):
        return
    r[replica + REPLICA_LEFT] = NONE
    clear(p, w, replica, False)
    move = IS_GONE if reason == SCALED_AWAY else WAS_REPLACED if reason == REPLACED else GOES_DOWN
    record(w, LOG_DEPLOY, replica, move, 0, 0)
    if reason >= SCALED_AWAY:
        r[replica + REPLICA_EXISTS] = 0
        r[replica + REPLICA_DEPLOY] = NONE
        return
    r[replica + REPLICA_REFUSES] += 1
    schedule_always(w, w.clock[NOW] + p.components[component + COMPONENT_BOOT_TIME], ENVIRONMENT, BOOTED, replica)


def booted(p: Program, w: World, replica: int) -> None:
    """A replica serves again, or for the first time."""
    r = w.replicas
    plan = r[replica + REPLICA_DEPLOY]
    if plan == NONE and r[replica + REPLICA_REGISTERED]:
        return
    if not r[replica + REPLICA_REGISTERED]:
        count_in(w, replica, TIME_REGISTERED)
    r[replica + REPLICA_REGISTERED] = 1
    r[replica + REPLICA_DEPLOY] = NONE
    record(w, LOG_DEPLOY, replica, SERVES if plan == NONE else RETURNS, 0, 0)
    pull_messages(p, w, r[replica + REPLICA_COMPONENT])
    wake_writes(w)
    if 0 <= plan < SCALED_AWAY:
        r[replica + REPLICA_REFUSES] -= 1
        w.plans[plan + PLAN_AWAY] -= 1
        component = r[replica + REPLICA_COMPONENT]
        if w.plans[plan + PLAN_CANARY] and w.plans[plan + PLAN_NEXT] == 1:
            watched = w.clock[NOW] + p.components[component + COMPONENT_BOOT_TIME]
            schedule_always(w, watched, ENVIRONMENT, CONTINUE, plan)
        else:
            proceed(p, w, plan)


def scale(p: Program, w: World, scaler: int) -> None:
    """Decide how many replicas there should be, by the formula of Kubernetes' horizontal pod autoscaler."""
    s = w.scalers
    component = s[scaler + SCALER_COMPONENT]
    interval = s[scaler + SCALER_INTERVAL]
    schedule_always(w, w.clock[NOW] + interval, CONTROLLER, SCALE, scaler)
    present = present_replicas(p, w, component)
    seen, unit = measured(p, w, scaler, component)
    if s[scaler + SCALER_METRIC] != BY_QUEUE:
        seen, s[scaler + SCALER_SEEN] = seen - s[scaler + SCALER_SEEN], seen
    # load / target, as a fraction: seen / unit over numerator / denominator
    over = seen * s[scaler + SCALER_TARGET_DENOMINATOR]
    under = unit * s[scaler + SCALER_TARGET_NUMERATOR]
    within_tolerance = 10 * abs(over - present * under) <= present * under
    want = present if within_tolerance else -(-over // under)
    want = min(max(want, s[scaler + SCALER_MINIMUM]), s[scaler + SCALER_MAXIMUM])
    w.wanted.append((scaler, w.clock[NOW], want))
    if want > present:
        grow(p, w, component, want - present)
    elif want < present:
        least = want
        for i in range(len(w.wanted)):
            other, time, replicas = w.wanted[i]
            if other == scaler and time > w.clock[NOW] - s[scaler + SCALER_COOLDOWN]:
                least = max(least, replicas)
        if least < present:
            shrink(p, w, component, present - least)


def present_replicas(p: Program, w: World, component: int) -> int:
    """Replicas that serve or boot: those on their way out do not count."""
    present = 0
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        present += w.replicas[replica + REPLICA_EXISTS] and w.replicas[replica + REPLICA_DEPLOY] != SCALED_AWAY
    return present


def measured(p: Program, w: World, scaler: int, component: int) -> tuple[int, int]:
    """The load a scaler looks at, summed over replicas, and the unit it is counted in."""
    interval = w.scalers[scaler + SCALER_INTERVAL]
    metric = w.scalers[scaler + SCALER_METRIC]
    if metric == BY_QUEUE:
        return waiting_messages(p, w, component), 1
    total = 0
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        if metric == BY_CPU:
            total += integral(w, replica, TIME_CORES, w.replicas[replica + REPLICA_CORES_USED])
        else:
            total += w.counts[counts_of(replica) + COUNT_CALLS]
    cores = max(p.components[component + COMPONENT_CORES], 1)
    return (total, interval * cores) if metric == BY_CPU else (total * 10**9, interval)


def waiting_messages(p: Program, w: World, component: int) -> int:
    """How many messages wait in the queues that a worker pulls from."""
    feed, total = p.components[component + COMPONENT_FEEDS], 0
    while feed >= 0 and p.feeds[feed] >= 0:
        total += w.messages[p.feeds[feed] + MESSAGES_WAITING]
        feed += 1
    return total


def grow(p: Program, w: World, component: int, count: int) -> None:
    """Boot the lowest replicas that do not exist."""
    left = count
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        if left > 0 and not w.replicas[replica + REPLICA_EXISTS]:
            left -= 1
            w.replicas[replica + REPLICA_EXISTS] = 1
            w.replicas[replica + REPLICA_REGISTERED] = 0
            boot_time = p.components[component + COMPONENT_BOOT_TIME]
            schedule_always(w, w.clock[NOW] + boot_time, ENVIRONMENT, BOOTED, replica)
    record(w, LOG_SCALED, component, present_replicas(p, w, component), 0, 0)


def shrink(p: Program, w: World, component: int, count: int) -> None:
    """Drain the highest replicas; they are gone when they are idle."""
    left = count
    for index in range(p.components[component + COMPONENT_COUNT] - 1, -1, -1):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        leaves = w.replicas[replica + REPLICA_EXISTS] and w.replicas[replica + REPLICA_DEPLOY] == NONE
        if left > 0 and leaves:
            left -= 1
            drain(p, w, replica, SCALED_AWAY)
    record(w, LOG_SCALED, component, present_replicas(p, w, component), 0, 0)

"""A call as its callee sees it: admission, core, work, steps, answer (engine contract, section 2)."""

from archspec.execution.admission import enough_up, enter, has_slot, is_bounded, leave, take_slot
from archspec.execution.answering import answer, own_status, run_steps
from archspec.execution.caching import look_up
from archspec.execution.layout import (
    ATTEMPT,
    CAUSE,
    COMPLETION,
    COMPONENT_CORES,
    COMPONENT_LIMITER,
    COMPONENT_NEEDS,
    COMPONENT_QUEUE,
    COMPONENT_QUEUE_LIMIT,
    COMPONENT_SPEED_OVER,
    COMPONENT_SPEED_UNDER,
    CONTEXT,
    CORE_QUEUE,
    DELIVERY,
    END_CPU,
    ERROR,
    GONE,
    IN_CORE_QUEUE,
    IN_CPU,
    IN_STEPS,
    IN_TAKES,
    KIND,
    LOG_ANSWERED,
    LOG_ARRIVED,
    LOG_LOST,
    LOG_OWN,
    LOG_QUEUED,
    LOG_WORKED,
    NO_REPLICA,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_CPU,
    OP_TAKES,
    OWN,
    OWN_WORK,
    PHASE,
    QUEUE_WAITING,
    QUEUED,
    RATE_LIMITED,
    REFUSED,
    REPLICA,
    REPLICA_COMPONENT,
    REPLICA_CORES_USED,
    REPLICA_EXISTS,
    REPLICA_REFUSES,
    REPLICA_SILENT,
    REPLICA_SLOW_OVER,
    REPLICA_SLOW_PLUS,
    REPLICA_SLOW_UNDER,
    REPLY,
    ROUTE,
    ROUTE_COMPONENT,
    ROUTE_REPLICATION,
    SENT,
    SHED,
    SINCE,
    SLOT_QUEUE,
    STATUS,
    TAKE,
    TAKEN,
    TRAVELLING,
    TRIES,
    WAITING,
)
from archspec.execution.limiting import passes
from archspec.execution.messaging import publish, receive_message
from archspec.execution.network import is_cut
from archspec.execution.program import Program
from archspec.execution.replicating import replicate
from archspec.execution.sequencing import report
from archspec.execution.state import (
    COUNT_ANSWERED,
    COUNT_CALLS,
    COUNT_RATE_LIMITED,
    COUNT_REFUSED,
    COUNT_RETRIES,
    COUNT_SHED,
    COUNT_WAITED,
    NOW,
    TIME_CORES,
    TIME_WAITED,
    World,
    count_in,
    count_out,
    counts_of,
    dequeue,
    draw,
    enqueue,
    number_of,
    queue_of,
    record,
    release,
    schedule,
    slowed,
)


def arrive(p: Program, w: World, attempt: int) -> None:
    """A request reaches its replica: it may be dead, cut off or limited; else it seeks admission."""
    tasks, r = w.tasks, w.replicas
    replica = tasks[attempt + REPLICA]
    component = r[replica + REPLICA_COMPONENT]
    counts = counts_of(replica)
    if tasks[attempt + DELIVERY] > 0:
        receive_message(p, w, attempt)
        return
    if tasks[attempt + PHASE] != TRAVELLING:
        return
    if is_cut(p, w, attempt, tasks[attempt + SENT]) or r[replica + REPLICA_SILENT] > 0:
        vanish(w, attempt)
        return
    w.counts[counts + COUNT_CALLS] += 1
    w.counts[counts + COUNT_RETRIES] += tasks[attempt + TRIES] > 1
    if r[replica + REPLICA_REFUSES] > 0 or not r[replica + REPLICA_EXISTS]:
        w.counts[counts + COUNT_REFUSED] += 1
        reject(w, attempt, 0, REFUSED)
        return
    record(w, LOG_ARRIVED, tasks[attempt + NUMBER], replica, 0, 0)
    limiter = p.components[component + COMPONENT_LIMITER]
    if p.components[component + COMPONENT_NEEDS] > 1 and not enough_up(p, w, component):
        w.counts[counts + COUNT_ANSWERED] += 1
        reject(w, attempt, 503, NO_REPLICA)
    elif limiter >= 0 and not passes(w, limiter):
        w.counts[counts + COUNT_RATE_LIMITED] += 1
        reject(w, attempt, 429, RATE_LIMITED)
    else:
        admit(p, w, attempt, replica, component)


def vanish(w: World, attempt: int) -> None:
    """A request is lost without a word."""
    w.tasks[attempt + PHASE] = GONE
    record(w, LOG_LOST, w.tasks[attempt + NUMBER], 0, 0, 0)
    if not w.tasks[attempt + WAITING]:
        release(w, attempt)


def reject(w: World, attempt: int, status: int, cause: int) -> None:
    """Answer at once, without touching a resource."""
    tasks = w.tasks
    tasks[attempt + STATUS] = status
    tasks[attempt + CAUSE] = cause
    tasks[attempt + OWN] = 1
    record(w, LOG_ANSWERED, tasks[attempt + NUMBER], status, cause, 1)
    w.agenda.append((REPLY, attempt))


def admit(p: Program, w: World, attempt: int, replica: int, component: int) -> None:
    """Take a slot, or wait for one, or be shed."""
    tasks = w.tasks
    queue = queue_of(replica, SLOT_QUEUE)
    tasks[attempt + SINCE] = w.clock[NOW]
    if is_bounded(p, component) and (w.queues[queue + QUEUE_WAITING] > 0 or not has_slot(p, w, replica, component)):
        if 0 <= p.components[component + COMPONENT_QUEUE_LIMIT] <= w.queues[queue + QUEUE_WAITING]:
            w.counts[counts_of(replica) + COUNT_SHED] += 1
            reject(w, attempt, 503, SHED)
            return
        enter(w, attempt, replica)
        tasks[attempt + PHASE] = QUEUED
        enqueue(w, queue, attempt)
        record(w, LOG_QUEUED, tasks[attempt + NUMBER], replica, SLOT_QUEUE, 0)
        return
    enter(w, attempt, replica)
    take_slot(w, attempt, replica)
    begin(p, w, attempt)


def begin(p: Program, w: World, task: int) -> None:
    """Work begins: seek a core where the step has `cpu`."""
    tasks = w.tasks
    replica = tasks[task + REPLICA]
    component = w.replicas[replica + REPLICA_COMPONENT]
    tasks[task + SINCE] = w.clock[NOW]
    cores = p.components[component + COMPONENT_CORES]
    if p.operations[tasks[task + OP] + OP_CPU] < 0:
        take(p, w, task)
    elif cores < 0 or w.replicas[replica + REPLICA_CORES_USED] < cores:
        start_cpu(p, w, task)
    else:
        wait_for_core(p, w, task, replica, component)


def wait_for_core(p: Program, w: World, task: int, replica: int, component: int) -> None:
    """Queue for a core; where cores are the first bounded thing of a call, a full queue sheds."""
    tasks = w.tasks
    queue = queue_of(replica, CORE_QUEUE)
    limit = p.components[component + COMPONENT_QUEUE_LIMIT]
    first = tasks[task + KIND] == ATTEMPT and not is_bounded(p, component)
    if first and 0 <= limit <= w.queues[queue + QUEUE_WAITING]:
        w.counts[counts_of(replica) + COUNT_SHED] += 1
        leave(w, task, replica)
        reject(w, task, 503, SHED)
        return
    tasks[task + PHASE] = IN_CORE_QUEUE
    enqueue(w, queue, task)
    record(w, LOG_QUEUED, tasks[task + NUMBER], replica, CORE_QUEUE, 0)


def start_cpu(p: Program, w: World, task: int) -> None:
    """A core is free for this task: hold it for the drawn time."""
    tasks, now = w.tasks, w.clock[NOW]
    replica = tasks[task + REPLICA]
    component = w.replicas[replica + REPLICA_COMPONENT]
    counts = counts_of(replica)
    if now > tasks[task + SINCE]:
        w.counts[counts + COUNT_WAITED] += 1
        w.counts[counts + TIME_WAITED] += now - tasks[task + SINCE]
    count_in(w, replica, TIME_CORES)
    w.replicas[replica + REPLICA_CORES_USED] += 1
    tasks[task + PHASE] = IN_CPU
    tasks[task + SINCE] = now
    time = draw(p, w, p.operations[tasks[task + OP] + OP_CPU], number_of(w, task), tasks[task + OCCURRENCE])
    over, under = p.components[component + COMPONENT_SPEED_OVER], p.components[component + COMPONENT_SPEED_UNDER]
    time = slowed_at(w, replica, slowed(time, over, under, 0))
    if time == 0:
        w.agenda.append((END_CPU, task))
    else:
        schedule(w, now + time, COMPLETION, END_CPU, task)


def slowed_at(w: World, replica: int, time: int) -> int:
    """A time of work that starts now at a replica that may be slow."""
    r = w.replicas
    return slowed(time, r[replica + REPLICA_SLOW_OVER], r[replica + REPLICA_SLOW_UNDER], r[replica + REPLICA_SLOW_PLUS])


def end_cpu(p: Program, w: World, task: int) -> None:
    """The core falls free: first the head of its queue starts, then this task goes on."""
    tasks = w.tasks
    if tasks[task + PHASE] != IN_CPU:
        return
    replica = tasks[task + REPLICA]
    count_out(w, replica, TIME_CORES, 1)
    w.replicas[replica + REPLICA_CORES_USED] -= 1
    record_work(w, task, replica, CORE_QUEUE)
    queue = queue_of(replica, CORE_QUEUE)
    if w.queues[queue + QUEUE_WAITING] > 0:
        w.agenda.append((TAKE, task))
        start_cpu(p, w, dequeue(w, queue))
    else:
        take(p, w, task)


def record_work(w: World, task: int, replica: int, which: int) -> None:
    """Note a stretch of work that ends now."""
    tasks = w.tasks
    if tasks[task + SINCE] < w.clock[NOW]:
        if tasks[task + KIND] == ATTEMPT:
            record(w, LOG_WORKED, tasks[task + NUMBER], replica, which, tasks[task + SINCE])
        else:
            record(w, LOG_OWN, tasks[task + CONTEXT], tasks[task + OP], which, tasks[task + SINCE])


def take(p: Program, w: World, task: int) -> None:
    """Spend the time that needs no core."""
    tasks, now = w.tasks, w.clock[NOW]
    slot = p.operations[tasks[task + OP] + OP_TAKES]
    tasks[task + PHASE] = IN_TAKES
    tasks[task + SINCE] = now
    time = 0
    if slot >= 0:
        time = draw(p, w, slot, number_of(w, task), tasks[task + OCCURRENCE])
        time = slowed_at(w, tasks[task + REPLICA], time)
    if time == 0:
        taken(p, w, task)
    else:
        schedule(w, now + time, COMPLETION, TAKEN, task)


def taken(p: Program, w: World, task: int) -> None:
    """The work proper is done: what the callee answers, and whom it asks before that."""
    tasks = w.tasks
    if tasks[task + PHASE] != IN_TAKES:
        return
    record_work(w, task, tasks[task + REPLICA], SLOT_QUEUE)
    if tasks[task + KIND] == OWN_WORK:
        report(w, task, 200, 0, 0)
        return
    tasks[task + PHASE] = IN_STEPS
    status = own_status(p, w, task)
    if status >= 400:
        tasks[task + STATUS] = status
        tasks[task + CAUSE] = ERROR if status >= 500 or status == 429 else 0
        tasks[task + OWN] = 1
        answer(p, w, task)
        return
    tasks[task + STATUS] = status
    component = w.replicas[tasks[task + REPLICA] + REPLICA_COMPONENT]
    if p.components[component + COMPONENT_QUEUE] >= 0:
        publish(p, w, task, component)
    elif p.routes[tasks[task + ROUTE] + ROUTE_REPLICATION] >= 0 and is_asked(p, w, task, component):
        replicate(p, w, task)
    elif look_up(p, w, task, component):
        run_steps(p, w, task)


def is_asked(p: Program, w: World, attempt: int, component: int) -> bool:
    """Whether a call is at the component that its caller asked, and not at a copy that has taken over."""
    return p.routes[w.tasks[attempt + ROUTE] + ROUTE_COMPONENT] == component

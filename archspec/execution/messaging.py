"""Message queues: publishing, delivering, redelivering, dead letters (engine contract, sections 7.3 to 7.5)."""

from archspec.execution.admission import enter, has_slot, is_up, leave, take_slot
from archspec.execution.layout import (
    AFTER,
    ANSWER,
    ARRIVE,
    ATTEMPT,
    BACK,
    BEGIN,
    CAUSE,
    COMPLETION,
    COMPONENT_COUNT,
    COMPONENT_FEEDS,
    COMPONENT_FIRST,
    COMPONENT_NEEDS,
    COMPONENT_QUEUE,
    CONTEXT,
    DELIVERED,
    DELIVERY,
    DISPATCH,
    EDGE_SIZE,
    HEAR,
    INCOMING,
    LOG_ARRIVED,
    LOG_ATTEMPT,
    LOG_DEAD,
    LOG_DELIVERED,
    LOG_DELIVERY,
    LOG_LOST,
    LOG_PUBLISHED,
    LOG_SENT,
    MESSAGE,
    MESSAGES_COMPONENT,
    MESSAGES_DEAD,
    MESSAGES_DEAD_LETTER,
    MESSAGES_DELIVERIES,
    MESSAGES_DONE,
    MESSAGES_HEAD,
    MESSAGES_IN_WORK,
    MESSAGES_LISTED,
    MESSAGES_MAXIMUM,
    MESSAGES_PUBLISHED,
    MESSAGES_REPLICA,
    MESSAGES_SIZE,
    MESSAGES_TAIL,
    MESSAGES_TRIES,
    MESSAGES_VISIBILITY,
    MESSAGES_WAITING,
    NONE,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_ROUTE_COUNT,
    OP_ROUTES,
    OWN,
    PHASE,
    QUEUE,
    QUEUE_WAITING,
    QUEUED,
    REAPPEAR,
    REPLICA,
    REPLICA_COMPONENT,
    REPLICA_ISLAND,
    REPLICA_REGISTERED,
    REPLICA_SIZE,
    REQUEST_INDEX,
    RETURNING,
    ROUTE,
    ROUTE_COMPONENT,
    ROUTE_EDGE,
    ROUTE_LOSS_BACK,
    ROUTE_LOSS_OUT,
    ROUTE_SIZE,
    ROUTE_STEPS,
    SENT,
    SETTLED,
    SHED,
    SINCE,
    SLOT_QUEUE,
    STATUS,
    STORED,
    TIMER,
    TRIES,
)
from archspec.execution.network import drawn_latency, is_cut, is_lost
from archspec.execution.program import Program
from archspec.execution.state import (
    COUNT_CALLS,
    COUNT_LOST,
    NEXT_NUMBER,
    NOW,
    World,
    counts_of,
    create,
    number_of,
    parent_of,
    queue_of,
    record,
    release,
    schedule,
)


def publish(p: Program, w: World, attempt: int, component: int) -> None:
    """Store a message, or refuse it where the queue is full; the consumers' steps hang on the message."""
    tasks, messages = w.tasks, w.messages
    queue = p.components[component + COMPONENT_QUEUE]
    w.agenda.append((ANSWER, attempt))
    if 0 <= messages[queue + MESSAGES_MAXIMUM] <= messages[queue + MESSAGES_WAITING]:
        tasks[attempt + STATUS] = 503
        tasks[attempt + CAUSE] = SHED
        tasks[attempt + OWN] = 1
        return
    message = create(w, MESSAGE, NONE, messages[queue + MESSAGES_REPLICA])
    messages[queue + MESSAGES_PUBLISHED] += 1
    tasks[message + REQUEST_INDEX] = tasks[attempt + REQUEST_INDEX]
    tasks[message + OCCURRENCE] = tasks[attempt + OCCURRENCE]
    tasks[message + CONTEXT] = tasks[attempt + NUMBER]
    tasks[message + NUMBER] = messages[queue + MESSAGES_PUBLISHED]
    tasks[message + OP] = p.routes[tasks[attempt + ROUTE] + ROUTE_STEPS]
    record(w, LOG_PUBLISHED, queue, tasks[message + NUMBER], tasks[message + CONTEXT], 0)
    store(w, queue, message)


def store(w: World, queue: int, message: int) -> None:
    """Put a message at the tail and see whether a worker is free for it."""
    tasks, messages = w.tasks, w.messages
    tasks[message + QUEUE] = queue
    tasks[message + PHASE] = STORED
    tasks[message + AFTER] = NONE
    if messages[queue + MESSAGES_LISTED] == 0:
        messages[queue + MESSAGES_HEAD] = message
    else:
        tasks[messages[queue + MESSAGES_TAIL] + AFTER] = message
    messages[queue + MESSAGES_TAIL] = message
    messages[queue + MESSAGES_LISTED] += 1
    messages[queue + MESSAGES_WAITING] += 1
    w.agenda.append((DISPATCH, queue))


def drop_head(w: World, queue: int) -> int:
    """Take the message at the head off the list."""
    message = w.messages[queue + MESSAGES_HEAD]
    w.messages[queue + MESSAGES_HEAD] = w.tasks[message + AFTER]
    w.messages[queue + MESSAGES_LISTED] -= 1
    return message


def dispatch(p: Program, w: World, queue: int) -> None:
    """Give the messages at the head to free workers: the first component written, its lowest replica first."""
    tasks, messages = w.tasks, w.messages
    hub = handing_out(p, w, messages[queue + MESSAGES_COMPONENT])
    while messages[queue + MESSAGES_LISTED] > 0:
        message = messages[queue + MESSAGES_HEAD]
        if tasks[message + PHASE] == SETTLED:
            release(w, drop_head(w, queue))
            continue
        op = tasks[message + OP]
        if op < 0 or hub < 0:
            return
        route = p.operations[op + OP_ROUTES]
        last = route + (p.operations[op + OP_ROUTE_COUNT] - 1) * ROUTE_SIZE
        replica = free_worker(p, w, route, hub)
        while replica < 0 and route < last:
            route += ROUTE_SIZE
            replica = free_worker(p, w, route, hub)
        if replica < 0:
            return
        drop_head(w, queue)
        messages[queue + MESSAGES_WAITING] -= 1
        deliver(p, w, queue, message, route, hub, replica)


def handing_out(p: Program, w: World, component: int) -> int:
    """The replica that speaks for a queue or worker: the lowest one up; NONE where too few are up to serve."""
    up, lowest = 0, NONE
    for index in range(p.components[component + COMPONENT_COUNT] - 1, -1, -1):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        if w.replicas[replica + REPLICA_REGISTERED] and is_up(w, replica):
            up += 1
            lowest = replica
    return lowest if up >= p.components[component + COMPONENT_NEEDS] else NONE


def free_worker(p: Program, w: World, route: int, hub: int) -> int:
    """The lowest replica of a worker that hears the queue and has a slot free; NONE where there is none."""
    component, edge = p.routes[route + ROUTE_COMPONENT], p.routes[route + ROUTE_EDGE]
    if w.edge_cut[edge // EDGE_SIZE] > 0 or (
        p.components[component + COMPONENT_NEEDS] > 1 and handing_out(p, w, component) < 0
    ):
        return NONE
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        waiting = w.queues[queue_of(replica, SLOT_QUEUE) + QUEUE_WAITING]
        if (
            waiting == 0
            and w.replicas[replica + REPLICA_REGISTERED]
            and is_up(w, replica)
            and w.replicas[replica + REPLICA_ISLAND] == w.replicas[hub + REPLICA_ISLAND]
            and has_slot(p, w, replica, component)
        ):
            return replica
    return NONE


def deliver(p: Program, w: World, queue: int, message: int, route: int, hub: int, replica: int) -> None:
    """One delivery: work of the consumer in a slot of its own, held from now on, which nobody waits for."""
    tasks, messages = w.tasks, w.messages
    tries = messages[queue + MESSAGES_TRIES]
    edge = p.routes[route + ROUTE_EDGE]
    tasks[message + PHASE] = DELIVERED
    tasks[message + TRIES] += 1
    tasks[message + SINCE] = w.clock[NOW]
    messages[queue + MESSAGES_IN_WORK] += 1
    messages[queue + MESSAGES_DELIVERIES] += 1
    attempt = create(w, ATTEMPT, message, hub)
    tasks[attempt + OCCURRENCE] = tasks[message + OCCURRENCE] * tries + (tasks[message + TRIES] - 1) % tries
    tasks[attempt + OP] = tasks[message + OP]
    tasks[attempt + ROUTE] = route
    tasks[attempt + REPLICA] = replica
    tasks[attempt + STATUS] = 200
    tasks[attempt + SENT] = w.clock[NOW]
    tasks[attempt + DELIVERY] = tasks[message + TRIES]
    w.clock[NEXT_NUMBER] += 1
    number = w.clock[NEXT_NUMBER]
    tasks[attempt + NUMBER] = number
    record(w, LOG_SENT, number, tasks[message + CONTEXT], tasks[attempt + OP], replica)
    record(w, LOG_ATTEMPT, number, tasks[message + TRIES], tasks[message + REQUEST_INDEX], edge)
    record(w, LOG_DELIVERED, queue, tasks[message + NUMBER], tasks[message + TRIES], number)
    schedule(w, w.clock[NOW] + messages[queue + MESSAGES_VISIBILITY], TIMER, REAPPEAR, message)
    travel(p, w, attempt, edge)


def travel(p: Program, w: World, attempt: int, edge: int) -> None:
    """A message sets off for the worker that has pulled it; lost on its way, it reappears when its time is up."""
    tasks = w.tasks
    route, replica = tasks[attempt + ROUTE], tasks[attempt + REPLICA]
    latency = drawn_latency(p, w, attempt, route, edge)
    tasks[attempt + BACK] = latency - latency // 2
    if is_lost(p, w, edge, p.routes[route + ROUTE_LOSS_OUT], number_of(w, attempt), tasks[attempt + OCCURRENCE]):
        record(w, LOG_LOST, tasks[attempt + NUMBER], 0, 0, 0)
        release(w, attempt)
        return
    w.counts[counts_of(replica) + COUNT_CALLS] += 1
    enter(w, attempt, replica)
    take_slot(w, attempt, replica)
    tasks[attempt + PHASE] = QUEUED
    if latency // 2 == 0:
        w.agenda.append((ARRIVE, attempt))
    else:
        schedule(w, w.clock[NOW] + latency // 2, INCOMING, ARRIVE, attempt)


def receive_message(p: Program, w: World, attempt: int) -> None:
    """A message reaches its worker, unless a partition has begun meanwhile."""
    tasks = w.tasks
    replica = tasks[attempt + REPLICA]
    if is_cut(p, w, attempt, tasks[attempt + SENT]):
        record(w, LOG_LOST, tasks[attempt + NUMBER], 0, 0, 0)
        w.counts[counts_of(replica) + COUNT_LOST] += 1
        leave(w, attempt, replica)
        release(w, attempt)
        pull_messages(p, w, w.replicas[replica + REPLICA_COMPONENT])
    else:
        record(w, LOG_ARRIVED, tasks[attempt + NUMBER], replica, 0, 0)
        w.agenda.append((BEGIN, attempt))


def acknowledge(p: Program, w: World, attempt: int) -> None:
    """What came of a delivery sets off for the queue; lost on its way, the message reappears all the same."""
    tasks, now = w.tasks, w.clock[NOW]
    route = tasks[attempt + ROUTE]
    edge, slot = p.routes[route + ROUTE_EDGE], p.routes[route + ROUTE_LOSS_BACK]
    if is_cut(p, w, attempt, now) or is_lost(p, w, edge, slot, number_of(w, attempt), tasks[attempt + OCCURRENCE]):
        record(w, LOG_LOST, tasks[attempt + NUMBER], 1, 0, 0)
        release(w, attempt)
    elif tasks[attempt + BACK] == 0:
        delivery_ended(p, w, attempt)
    else:
        tasks[attempt + PHASE] = RETURNING
        tasks[attempt + SINCE] = now
        schedule(w, now + tasks[attempt + BACK], COMPLETION, HEAR, attempt)


def acknowledged(p: Program, w: World, attempt: int) -> None:
    """What came of a delivery reaches the queue, unless a partition has begun meanwhile."""
    if is_cut(p, w, attempt, w.tasks[attempt + SINCE]):
        record(w, LOG_LOST, w.tasks[attempt + NUMBER], 1, 0, 0)
        release(w, attempt)
    else:
        delivery_ended(p, w, attempt)


def delivery_ended(p: Program, w: World, attempt: int) -> None:
    """The queue learns that the consumer is done, if it is up to learn it."""
    message = parent_of(w, attempt)
    if message >= 0 and w.tasks[message + PHASE] != SETTLED:
        component = w.messages[w.tasks[message + QUEUE] + MESSAGES_COMPONENT]
        if handing_out(p, w, component) >= 0:
            conclude_delivery(w, attempt, message)
    release(w, attempt)


def conclude_delivery(w: World, attempt: int, message: int) -> None:
    """Acknowledge the message, or put it back to the tail."""
    tasks, messages = w.tasks, w.messages
    queue = tasks[message + QUEUE]
    done = tasks[attempt + CAUSE] == 0
    record(w, LOG_DELIVERY, queue, tasks[message + NUMBER], tasks[attempt + DELIVERY], done)
    waits_again = tasks[message + PHASE] == STORED
    if done:
        messages[queue + MESSAGES_DONE] += 1
        if waits_again:
            messages[queue + MESSAGES_WAITING] -= 1
            tasks[message + PHASE] = SETTLED
        else:
            messages[queue + MESSAGES_IN_WORK] -= 1
            release(w, message)
    elif not waits_again and tasks[attempt + DELIVERY] == tasks[message + TRIES]:
        return_message(w, queue, message)


def return_message(w: World, queue: int, message: int) -> None:
    """A delivery has failed: once more, or, after the last, to the dead letters."""
    tasks, messages = w.tasks, w.messages
    messages[queue + MESSAGES_IN_WORK] -= 1
    if tasks[message + TRIES] < messages[queue + MESSAGES_TRIES]:
        store(w, queue, message)
        return
    messages[queue + MESSAGES_DEAD] += 1
    dead_letter = messages[queue + MESSAGES_DEAD_LETTER]
    record(w, LOG_DEAD, queue, tasks[message + NUMBER], dead_letter, 0)
    if dead_letter < 0:
        release(w, message)
        return
    messages[dead_letter + MESSAGES_PUBLISHED] += 1
    tasks[message + OP] = NONE
    tasks[message + NUMBER] = messages[dead_letter + MESSAGES_PUBLISHED]
    store(w, dead_letter, message)


def reappear(w: World, message: int) -> None:
    """The visibility time-out: a delivery not acknowledged by now counts as failed."""
    tasks = w.tasks
    queue = tasks[message + QUEUE]
    if (
        tasks[message + PHASE] == DELIVERED
        and w.clock[NOW] == tasks[message + SINCE] + w.messages[queue + MESSAGES_VISIBILITY]
    ):
        return_message(w, queue, message)


def pull_messages(p: Program, w: World, component: int) -> None:
    """A worker has a slot free: it looks into the queues it pulls from. A queue that serves again is looked into."""
    if p.components[component + COMPONENT_QUEUE] >= 0:
        w.agenda.append((DISPATCH, p.components[component + COMPONENT_QUEUE]))
    feed = p.components[component + COMPONENT_FEEDS]
    if feed < 0:
        return
    while p.feeds[feed] >= 0:
        w.agenda.append((DISPATCH, p.feeds[feed]))
        feed += 1


def pull_all(w: World) -> None:
    """Workers and queues hear each other again: every queue is looked into, the first one first."""
    for queue in range(len(w.messages) - MESSAGES_SIZE, -1, -MESSAGES_SIZE):
        w.agenda.append((DISPATCH, queue))

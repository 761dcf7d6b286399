"""Message queues: publishing, delivering, redelivering, dead letters (engine contract, sections 7.3 to 7.5)."""

from archspec.execution.admission import enter, has_slot, is_up, take_slot
from archspec.execution.layout import (
    AFTER,
    ANSWER,
    ATTEMPT,
    BEGIN,
    CAUSE,
    COMPONENT_COUNT,
    COMPONENT_FEEDS,
    COMPONENT_FIRST,
    COMPONENT_QUEUE,
    CONTEXT,
    DELIVERED,
    DELIVERY,
    DISPATCH,
    LOG_ARRIVED,
    LOG_ATTEMPT,
    LOG_DEAD,
    LOG_DELIVERED,
    LOG_DELIVERY,
    LOG_PUBLISHED,
    LOG_SENT,
    MESSAGE,
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
    MESSAGES_TAIL,
    MESSAGES_TRIES,
    MESSAGES_VISIBILITY,
    MESSAGES_WAITING,
    NONE,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_ROUTES,
    OWN,
    PHASE,
    QUEUE,
    QUEUE_WAITING,
    REAPPEAR,
    REPLICA,
    REPLICA_REGISTERED,
    REPLICA_SIZE,
    REQUEST_INDEX,
    ROUTE,
    ROUTE_COMPONENT,
    ROUTE_EDGE,
    ROUTE_STEPS,
    SETTLED,
    SHED,
    SINCE,
    SLOT_QUEUE,
    STATUS,
    STORED,
    TIMER,
    TRIES,
    WHERE,
)
from archspec.execution.program import Program
from archspec.execution.state import (
    COUNT_CALLS,
    NEXT_NUMBER,
    NOW,
    World,
    counts_of,
    create,
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
    """Give the messages at the head to free workers, lowest replica first."""
    tasks, messages = w.tasks, w.messages
    while messages[queue + MESSAGES_LISTED] > 0:
        message = messages[queue + MESSAGES_HEAD]
        if tasks[message + PHASE] == SETTLED:
            release(w, drop_head(w, queue))
            continue
        op = tasks[message + OP]
        if op < 0:
            return
        route = p.operations[op + OP_ROUTES]
        replica = free_worker(p, w, p.routes[route + ROUTE_COMPONENT])
        if replica < 0:
            return
        drop_head(w, queue)
        messages[queue + MESSAGES_WAITING] -= 1
        deliver(p, w, queue, message, route, replica)


def free_worker(p: Program, w: World, component: int) -> int:
    """The lowest replica of a worker that is up, registered and has a slot free; NONE where there is none."""
    for index in range(p.components[component + COMPONENT_COUNT]):
        replica = p.components[component + COMPONENT_FIRST] + index * REPLICA_SIZE
        waiting = w.queues[queue_of(replica, SLOT_QUEUE) + QUEUE_WAITING]
        if (
            waiting == 0
            and w.replicas[replica + REPLICA_REGISTERED]
            and is_up(w, replica)
            and has_slot(p, w, replica, component)
        ):
            return replica
    return NONE


def deliver(p: Program, w: World, queue: int, message: int, route: int, replica: int) -> None:
    """One delivery: work of the consumer in a slot of its own, which nobody waits for."""
    tasks, messages = w.tasks, w.messages
    tries = messages[queue + MESSAGES_TRIES]
    tasks[message + PHASE] = DELIVERED
    tasks[message + TRIES] += 1
    tasks[message + SINCE] = w.clock[NOW]
    messages[queue + MESSAGES_IN_WORK] += 1
    messages[queue + MESSAGES_DELIVERIES] += 1
    attempt = create(w, ATTEMPT, message, tasks[message + WHERE])
    tasks[attempt + OCCURRENCE] = tasks[message + OCCURRENCE] * tries + (tasks[message + TRIES] - 1) % tries
    tasks[attempt + OP] = tasks[message + OP]
    tasks[attempt + ROUTE] = route
    tasks[attempt + REPLICA] = replica
    tasks[attempt + STATUS] = 200
    tasks[attempt + DELIVERY] = tasks[message + TRIES]
    w.clock[NEXT_NUMBER] += 1
    tasks[attempt + NUMBER] = w.clock[NEXT_NUMBER]
    record(w, LOG_SENT, tasks[attempt + NUMBER], tasks[message + CONTEXT], tasks[attempt + OP], replica)
    record(
        w,
        LOG_ATTEMPT,
        tasks[attempt + NUMBER],
        tasks[message + TRIES],
        tasks[message + REQUEST_INDEX],
        p.routes[route + ROUTE_EDGE],
    )
    record(w, LOG_DELIVERED, queue, tasks[message + NUMBER], tasks[message + TRIES], tasks[attempt + NUMBER])
    record(w, LOG_ARRIVED, tasks[attempt + NUMBER], replica, 0, 0)
    w.counts[counts_of(replica) + COUNT_CALLS] += 1
    enter(w, attempt, replica)
    take_slot(w, attempt, replica)
    schedule(w, w.clock[NOW] + messages[queue + MESSAGES_VISIBILITY], TIMER, REAPPEAR, message)
    w.agenda.append((BEGIN, attempt))


def delivery_ended(w: World, attempt: int) -> None:
    """The consumer is done with a delivery: acknowledge it, or put the message back to the tail."""
    tasks, messages = w.tasks, w.messages
    message = parent_of(w, attempt)
    if message < 0 or tasks[message + PHASE] == SETTLED:
        return
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
    """A worker has a slot free: it looks into the queues it pulls from."""
    feed = p.components[component + COMPONENT_FEEDS]
    if feed < 0:
        return
    while p.feeds[feed] >= 0:
        w.agenda.append((DISPATCH, p.feeds[feed]))
        feed += 1

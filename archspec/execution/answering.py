"""From the callee's work to its answer: its own status, the steps it asks, the slot it gives back."""

from archspec.execution.admission import has_slot, is_bounded, leave, take_slot
from archspec.execution.caching import finish_miss
from archspec.execution.layout import (
    BEGIN,
    CAUSE,
    COMPONENT_PASSES_ON,
    COMPONENT_SIZE,
    CONTEXT,
    DELIVERY,
    FILLING,
    IN_STEPS,
    LOG_ANSWERED,
    MISSED,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_FAULT_DRAW,
    OP_STATUS,
    OWN,
    PHASE,
    QUEUE_WAITING,
    REPLICA,
    REPLICA_COMPONENT,
    REPLY,
    RESULT_CAUSE,
    RESULT_STATUS,
    ROUTE,
    ROUTE_STEPS,
    SINCE,
    SLOT_QUEUE,
    STATUS,
    TIMEOUT,
)
from archspec.execution.messaging import acknowledge, pull_messages
from archspec.execution.program import Program
from archspec.execution.sequencing import begin_sequence
from archspec.execution.settling import reply
from archspec.execution.state import (
    COUNT_ANSWERED,
    COUNT_ERRORS,
    COUNT_WAITED,
    NOW,
    TIME_WAITED,
    World,
    counts_of,
    dequeue,
    draw,
    number_of,
    queue_of,
    record,
)


def own_status(p: Program, w: World, attempt: int) -> int:
    """The status that the callee answers by itself: an injected error, else the step's, else 200."""
    tasks = w.tasks
    op = tasks[attempt + OP]
    component = w.replicas[tasks[attempt + REPLICA] + REPLICA_COMPONENT]
    slot = 2 * (component // COMPONENT_SIZE)
    number, occurrence = number_of(w, attempt), tasks[attempt + OCCURRENCE]
    if w.errors[slot] > 0 and draw(p, w, p.operations[op + OP_FAULT_DRAW], number, occurrence) < w.errors[slot]:
        return w.errors[slot + 1]
    if p.operations[op + OP_STATUS] < 0:
        return 200
    return draw(p, w, p.operations[op + OP_STATUS], number, occurrence)


def run_steps(p: Program, w: World, attempt: int) -> None:
    """The callee asks whom it has to ask; without steps it answers."""
    steps = p.routes[w.tasks[attempt + ROUTE] + ROUTE_STEPS]
    if steps < 0:
        answer(p, w, attempt)
    else:
        begin_inside(w, attempt, steps)


def begin_inside(w: World, attempt: int, steps: int) -> None:
    """Let the callee run steps within this attempt."""
    sequence = begin_sequence(w, attempt, w.tasks[attempt + REPLICA], steps)
    w.tasks[sequence + CONTEXT] = w.tasks[attempt + NUMBER]


def steps_result(p: Program, w: World, attempt: int) -> None:
    """The callee's steps, or those of a read-through miss, have come to an end."""
    tasks = w.tasks
    if tasks[attempt + PHASE] != IN_STEPS:
        return
    status, cause = tasks[attempt + RESULT_STATUS], tasks[attempt + RESULT_CAUSE]
    filling = tasks[attempt + MISSED] == FILLING
    if filling:
        tasks[attempt + MISSED] = 1
        finish_miss(p, w, attempt, status, cause)
    if cause == 0 and status < 400:
        if filling:
            run_steps(p, w, attempt)
        else:
            answer(p, w, attempt)
        return
    component = w.replicas[tasks[attempt + REPLICA] + REPLICA_COMPONENT]
    tasks[attempt + CAUSE] = cause
    tasks[attempt + STATUS] = status if cause == 0 else status_for(p, component, status, cause)
    answer(p, w, attempt)


def status_for(p: Program, component: int, status: int, cause: int) -> int:
    """What a component answers when a callee it required has failed (engine contract, section 6.8)."""
    if p.components[component + COMPONENT_PASSES_ON] and status != 0:
        return status
    if status == 504 or (status == 0 and cause == TIMEOUT):
        return 504
    return 503 if status in (429, 503) else 502


def answer(p: Program, w: World, attempt: int) -> None:
    """The answer is handed to the network: the slot falls free, its queue's head starts, then the answer goes."""
    tasks = w.tasks
    replica = tasks[attempt + REPLICA]
    component = w.replicas[replica + REPLICA_COMPONENT]
    counts = counts_of(replica)
    record(
        w, LOG_ANSWERED, tasks[attempt + NUMBER], tasks[attempt + STATUS], tasks[attempt + CAUSE], tasks[attempt + OWN]
    )
    w.counts[counts + COUNT_ANSWERED] += 1
    w.counts[counts + COUNT_ERRORS] += tasks[attempt + STATUS] >= 500 or tasks[attempt + STATUS] == 0
    leave(w, attempt, replica)
    if tasks[attempt + DELIVERY] > 0:
        acknowledge(p, w, attempt)
        start_waiting(p, w, replica, component)
    elif is_bounded(p, component):
        w.agenda.append((REPLY, attempt))
        start_waiting(p, w, replica, component)
    else:
        reply(p, w, attempt)


def start_waiting(p: Program, w: World, replica: int, component: int) -> None:
    """A slot is free: the head of the queue takes it, else a worker pulls its next message."""
    queue = queue_of(replica, SLOT_QUEUE)
    if not is_bounded(p, component):
        return
    if w.queues[queue + QUEUE_WAITING] > 0 and has_slot(p, w, replica, component):
        waiting = dequeue(w, queue)
        waited = w.clock[NOW] - w.tasks[waiting + SINCE]
        w.counts[counts_of(replica) + COUNT_WAITED] += waited > 0
        w.counts[counts_of(replica) + TIME_WAITED] += waited
        take_slot(w, waiting, replica)
        w.agenda.append((BEGIN, waiting))
    else:
        pull_messages(p, w, component)

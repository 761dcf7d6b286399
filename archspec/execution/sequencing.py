"""Steps one after the other, branches together, and requests: what runs on the caller's side without a network."""

from archspec.execution.admission import drain_if_idle
from archspec.execution.layout import (
    ADVANCE,
    AFTER,
    ASKING,
    BEGIN,
    CALL,
    CALLING,
    DEGRADED,
    FOLLOWING,
    JOIN,
    LACKING,
    LAST,
    LEFT,
    LOG_ARRIVAL,
    LOG_RESPONSE,
    NO_REPLICA,
    NONE,
    OCCURRENCE,
    OP,
    OP_BRANCH,
    OP_CHANCE,
    OP_CHANCE_DRAW,
    OP_KIND,
    OP_NEEDS,
    OP_NEXT,
    OP_OPTIONAL,
    OP_SIBLING,
    OP_SPREAD,
    OP_TIMES,
    OP_WAIT,
    OWN_WORK,
    PARENT,
    PHASE,
    REPEAT,
    REPLICA,
    REPLICA_BEGUN,
    REQUEST,
    REQUEST_INDEX,
    RESULT,
    RESULT_CAUSE,
    RESULT_STATUS,
    ROUTE,
    SEQUENCE,
    SHARD,
    TOGETHER,
    TRAVELLING,
    TRY,
    WHERE,
    WORKING,
)
from archspec.execution.program import Program
from archspec.execution.state import (
    ASKED_AT,
    ASKED_CAUSE,
    ASKED_CLIENT,
    ASKED_DEGRADED,
    ASKED_FLOW,
    ASKED_NUMBER,
    ASKED_STATUS,
    ASKED_UNTIL,
    NOW,
    World,
    create,
    draw,
    new_request,
    number_of,
    parent_of,
    record,
    release,
)


def begin_request(p: Program, w: World, flow: int, number: int, client: int, where: int) -> int:
    """A request arrives: its entry in the table, which is returned, and the flow's steps as work of its caller.

    `where` is the caller's replica; with NONE there is nobody who could begin it, and it fails.
    """
    index = new_request(w)
    w.asked[index + ASKED_FLOW] = flow
    w.asked[index + ASKED_NUMBER] = number
    w.asked[index + ASKED_CLIENT] = client
    w.asked[index + ASKED_AT] = w.clock[NOW]
    w.asked[index + ASKED_UNTIL] = NONE
    request = create(w, REQUEST, NONE, where)
    w.tasks[request + REQUEST_INDEX] = index
    record(w, LOG_ARRIVAL, index, flow, number, where)
    if where < 0:
        w.tasks[request + RESULT_STATUS] = 0
        w.tasks[request + RESULT_CAUSE] = NO_REPLICA
        w.agenda.append((RESULT, request))
    else:
        w.replicas[where + REPLICA_BEGUN] += 1
        begin_sequence(w, request, where, p.flow_first[flow])
    return index


def end_request(w: World, request: int) -> None:
    """The first caller has its answer, or has given up: enter it in the table."""
    tasks = w.tasks
    index = tasks[request + REQUEST_INDEX]
    degraded = tasks[request + DEGRADED] if tasks[request + RESULT_CAUSE] == 0 else 0
    w.asked[index + ASKED_UNTIL] = w.clock[NOW]
    w.asked[index + ASKED_STATUS] = tasks[request + RESULT_STATUS]
    w.asked[index + ASKED_CAUSE] = tasks[request + RESULT_CAUSE]
    w.asked[index + ASKED_DEGRADED] = degraded
    record(w, LOG_RESPONSE, index, tasks[request + RESULT_STATUS], tasks[request + RESULT_CAUSE], degraded)
    where = tasks[request + WHERE]
    release(w, request)
    if where >= 0:
        w.replicas[where + REPLICA_BEGUN] -= 1
        drain_if_idle(w, where)


def begin_sequence(w: World, parent: int, where: int, op: int) -> int:
    """Let `where` run the steps from `op` on for `parent`."""
    sequence = create(w, SEQUENCE, parent, where)
    w.tasks[sequence + OP] = op
    w.agenda.append((ADVANCE, sequence))
    return sequence


def report(w: World, task: int, status: int, cause: int, degraded: int) -> None:
    """End a task and tell the one that waits for it, if it still does, what came of it."""
    parent = parent_of(w, task)
    release(w, task)
    if parent >= 0:
        w.tasks[parent + RESULT_STATUS] = status
        w.tasks[parent + RESULT_CAUSE] = cause
        if status < 400 and cause == 0:
            w.tasks[parent + DEGRADED] |= degraded
        w.agenda.append((RESULT, parent))


def advance(p: Program, w: World, sequence: int) -> None:
    """Start the step that a sequence stands at, or end the sequence after its last."""
    tasks, operations = w.tasks, p.operations
    op = tasks[sequence + OP]
    if op < 0:
        report(w, sequence, 200, 0, tasks[sequence + DEGRADED])
        return
    if tasks[sequence + LAST] == 0:
        if not is_taken(p, w, sequence, op):
            skip(p, w, sequence)
            w.agenda.append((ADVANCE, sequence))
            return
        tasks[sequence + LAST] = operations[op + OP_TIMES]
    repeat = tasks[sequence + REPEAT]
    waits = operations[op + OP_WAIT]
    occurrence = tasks[sequence + OCCURRENCE] * operations[op + OP_SPREAD]
    kind = operations[op + OP_KIND]
    if not waits:
        step_over(p, w, sequence)
        w.agenda.append((ADVANCE, sequence))
    if kind == CALLING:
        call = create(w, CALL, sequence, tasks[sequence + WHERE])
        occurrence += repeat * (operations[op + OP_SPREAD] // operations[op + OP_TIMES])
        tasks[call + PHASE] = ASKING
        tasks[call + ROUTE] = NONE
        tasks[call + SHARD] = NONE
        started, action = call, TRY
    elif kind == WORKING:
        work = create(w, OWN_WORK, sequence, tasks[sequence + WHERE])
        occurrence += repeat
        tasks[work + REPLICA] = tasks[sequence + WHERE]
        tasks[work + PHASE] = TRAVELLING
        started, action = work, BEGIN
    else:
        started, action = create(w, JOIN, sequence, tasks[sequence + WHERE]), NONE
        occurrence += repeat
    tasks[started + OP] = op
    tasks[started + OCCURRENCE] = occurrence
    if not waits:
        tasks[started + PARENT] = NONE
    if kind == TOGETHER:
        begin_branches(p, w, started)
    elif kind == FOLLOWING:
        tasks[started + LEFT] = 1
        tasks[started + LACKING] = 1
        begin_sequence(w, started, tasks[started + WHERE], operations[op + OP_BRANCH])
    else:
        w.agenda.append((action, started))


def is_taken(p: Program, w: World, task: int, op: int) -> bool:
    """Whether this request takes a step that has a `chance`."""
    chance = p.operations[op + OP_CHANCE]
    if chance < 0:
        return True
    return draw(p, w, p.operations[op + OP_CHANCE_DRAW], number_of(w, task), w.tasks[task + OCCURRENCE]) < chance


def skip(p: Program, w: World, sequence: int) -> None:
    """Go behind a step."""
    tasks = w.tasks
    tasks[sequence + REPEAT] = 0
    tasks[sequence + LAST] = 0
    tasks[sequence + OP] = p.operations[tasks[sequence + OP] + OP_NEXT]


def step_over(p: Program, w: World, sequence: int) -> None:
    """Go to the next repetition of a step, or behind it."""
    tasks = w.tasks
    if tasks[sequence + REPEAT] + 1 < tasks[sequence + LAST]:
        tasks[sequence + REPEAT] += 1
    else:
        skip(p, w, sequence)


def begin_branches(p: Program, w: World, join: int) -> None:
    """Start all branches at this moment, in written order; one with `times: n` is n branches."""
    tasks, operations = w.tasks, p.operations
    op = tasks[join + OP]
    lacking = operations[op + OP_NEEDS]
    begun, count = NONE, 0
    branch = operations[op + OP_BRANCH]
    while branch >= 0:
        times = operations[branch + OP_TIMES]
        if not is_taken(p, w, join, branch):
            lacking -= times
            times = 0
        for repeat in range(times):
            sequence = create(w, SEQUENCE, join, tasks[join + WHERE])
            tasks[sequence + OP] = branch
            tasks[sequence + REPEAT] = repeat
            tasks[sequence + LAST] = repeat + 1
            tasks[sequence + AFTER] = begun
            begun = sequence
            count += 1
        branch = operations[branch + OP_SIBLING]
    tasks[join + LEFT] = count
    tasks[join + LACKING] = lacking
    if lacking <= 0:
        report(w, join, 200, 0, 0)
    while begun >= 0:
        w.agenda.append((ADVANCE, begun))
        begun = tasks[begun + AFTER]


def sequence_result(p: Program, w: World, sequence: int) -> None:
    """A step has come to an end: go on, pass its failure over where it is optional, or fail with it."""
    tasks = w.tasks
    status, cause = tasks[sequence + RESULT_STATUS], tasks[sequence + RESULT_CAUSE]
    if cause == 0 and status < 400:
        step_over(p, w, sequence)
        advance(p, w, sequence)
    elif p.operations[tasks[sequence + OP] + OP_OPTIONAL]:
        tasks[sequence + DEGRADED] |= cause != 0
        step_over(p, w, sequence)
        advance(p, w, sequence)
    else:
        report(w, sequence, status, cause, 0)


def join_result(w: World, join: int) -> None:
    """A branch has come to an end: go on at the last success needed, fail when it can no longer be reached."""
    tasks = w.tasks
    tasks[join + LEFT] -= 1
    status, cause = tasks[join + RESULT_STATUS], tasks[join + RESULT_CAUSE]
    if cause == 0 and status < 400:
        tasks[join + LACKING] -= 1
        if tasks[join + LACKING] == 0:
            report(w, join, 200, 0, tasks[join + DEGRADED])
    elif tasks[join + LEFT] < tasks[join + LACKING]:
        report(w, join, status, cause, 0)

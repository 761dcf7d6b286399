"""How a call ends for its caller: answers, time-outs, retries, fallbacks (engine contract, section 6)."""

from archspec.execution.breaking import outcome, state_of
from archspec.execution.caching import finish_miss, leads
from archspec.execution.layout import (
    BACK,
    CAUSE,
    CAUSES,
    COMPLETION,
    COMPONENT_CACHE,
    CONTEXT,
    DEGRADED,
    DELIVERY,
    EDGE_BREAKER,
    EPOCH,
    FALLING_BACK,
    FULL_JITTER,
    GONE,
    HEAR,
    INCOMING,
    LOG_BACKOFF,
    LOG_FALLBACK,
    LOG_HEARD,
    LOG_LOST,
    MISSED,
    MISSING,
    NO_JITTER,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_FALLBACK,
    OWN,
    PHASE,
    REPLICA,
    REQUEST_INDEX,
    RESULT_CAUSE,
    RESULT_STATUS,
    RETURNING,
    ROUTE,
    ROUTE_ATTEMPTS,
    ROUTE_BUDGET,
    ROUTE_BUDGET_UNIT,
    ROUTE_COMPONENT,
    ROUTE_EDGE,
    ROUTE_GIVES_UP,
    ROUTE_IDEMPOTENT,
    ROUTE_JITTER,
    ROUTE_JITTER_DRAW,
    ROUTE_LOSS_BACK,
    ROUTE_MISS,
    ROUTE_MISS_BY_CALLER,
    ROUTE_WAITS,
    SINCE,
    STATE_IN_FLIGHT,
    STATE_TOKENS,
    STATUS,
    TIMEOUT,
    TRIES,
    TRY,
    WAITING,
    WHERE,
)
from archspec.execution.messaging import acknowledged
from archspec.execution.network import is_cut, is_lost, outstanding_slot
from archspec.execution.program import Program
from archspec.execution.sequencing import begin_sequence, report
from archspec.execution.state import NOW, World, draw, number_of, parent_of, record, release, schedule
from archspec.execution.timing import due, forget_time_out, schedule_first
from archspec.model import attempts
from archspec.model.attempts import RETRIED_STATUSES

SURELY_NOT_PROCESSED = tuple(CAUSES.index(cause) for cause in attempts.SURELY_NOT_PROCESSED)
NEVER_RETRIED = tuple(CAUSES.index(cause) for cause in attempts.NEVER_RETRIED)


def reply(p: Program, w: World, attempt: int) -> None:
    """The callee's answer sets off for the caller."""
    tasks, now = w.tasks, w.clock[NOW]
    if not tasks[attempt + WAITING]:
        release(w, attempt)
        return
    route = tasks[attempt + ROUTE]
    edge = p.routes[route + ROUTE_EDGE]
    tasks[attempt + SINCE] = now
    number, occurrence = number_of(w, attempt), tasks[attempt + OCCURRENCE]
    if is_cut(p, w, attempt, now) or is_lost(p, w, edge, p.routes[route + ROUTE_LOSS_BACK], number, occurrence):
        lose_answer(w, attempt)
        return
    tasks[attempt + PHASE] = RETURNING
    if tasks[attempt + BACK] == 0:
        hear(p, w, attempt)
    else:
        schedule(w, now + tasks[attempt + BACK], COMPLETION, HEAR, attempt)


def lose_answer(w: World, attempt: int) -> None:
    """The caller will never hear of this attempt."""
    w.tasks[attempt + PHASE] = GONE
    record(w, LOG_LOST, w.tasks[attempt + NUMBER], 1, 0, 0)


def hear(p: Program, w: World, attempt: int) -> None:
    """The answer, or the news that there is none, reaches the caller."""
    tasks = w.tasks
    if tasks[attempt + DELIVERY] > 0:
        acknowledged(p, w, attempt)
    elif not tasks[attempt + WAITING]:
        release(w, attempt)
    elif is_cut(p, w, attempt, tasks[attempt + SINCE]):
        lose_answer(w, attempt)
    else:
        settle(p, w, attempt, tasks[attempt + STATUS], tasks[attempt + CAUSE], tasks[attempt + OWN] != 0)


def time_out(p: Program, w: World, route: int) -> None:
    """The caller gives the oldest attempt on a route up; the callee is not told."""
    attempt = due(w, route)
    if attempt >= 0:
        settle(p, w, attempt, 0, TIMEOUT, True)
    schedule_first(p, w, route)


def settle(p: Program, w: World, attempt: int, status: int, cause: int, own: bool) -> None:
    """An attempt is over for its caller."""
    tasks = w.tasks
    call = parent_of(w, attempt)
    where, route = tasks[attempt + WHERE], tasks[attempt + ROUTE]
    edge = p.routes[route + ROUTE_EDGE]
    record(w, LOG_HEARD, tasks[attempt + NUMBER], status, cause, 0)
    forget(p, w, attempt)
    if p.edges[edge + EDGE_BREAKER]:
        outcome(p, w, edge, where, tasks[attempt + EPOCH], status == 0 or status >= 500)
    degraded, missed = tasks[attempt + DEGRADED], tasks[attempt + MISSED]
    if tasks[attempt + PHASE] in (RETURNING, GONE):
        release(w, attempt)
    if call >= 0:
        tasks[call + MISSED] = missed
        if cause == 0 and status < 400:
            tasks[call + DEGRADED] |= degraded
        decide(p, w, call, status, cause, own)


def forget(p: Program, w: World, attempt: int) -> None:
    """Nobody waits for an attempt any more: it counts no longer as under way."""
    tasks = w.tasks
    where = tasks[attempt + WHERE]
    edge = p.routes[tasks[attempt + ROUTE] + ROUTE_EDGE]
    tasks[attempt + WAITING] = 0
    forget_time_out(p, w, attempt)
    w.edges[state_of(p, edge, where) + STATE_IN_FLIGHT] -= 1
    w.outstanding[outstanding_slot(w, attempt, tasks[attempt + REPLICA])] -= 1


def is_retried(p: Program, route: int, status: int, cause: int, own: bool) -> bool:
    """Whether a failure is of the kind that is tried again (engine contract, section 6.2)."""
    if own and (cause in NEVER_RETRIED or (cause == TIMEOUT and p.routes[route + ROUTE_GIVES_UP])):
        return False
    if p.routes[route + ROUTE_IDEMPOTENT]:
        return status in RETRIED_STATUSES or (own and status == 0)
    return own and (cause in SURELY_NOT_PROCESSED or status == 429)


def decide(p: Program, w: World, call: int, status: int, cause: int, own: bool) -> None:
    """After an attempt: try again, or conclude the call."""
    tasks = w.tasks
    route = tasks[call + ROUTE]
    tries = tasks[call + TRIES]
    again = cause != 0 and tries < p.routes[route + ROUTE_ATTEMPTS] and is_retried(p, route, status, cause, own)
    if again and p.routes[route + ROUTE_BUDGET] >= 0:
        state = state_of(p, p.routes[route + ROUTE_EDGE], tasks[call + WHERE])
        again = w.edges[state + STATE_TOKENS] >= p.routes[route + ROUTE_BUDGET_UNIT]
        if again:
            w.edges[state + STATE_TOKENS] -= p.routes[route + ROUTE_BUDGET_UNIT]
    if not again:
        conclude(p, w, call, status, cause)
        return
    wait = backoff(p, w, call, route, tries)
    tasks[call + OCCURRENCE] += 1
    record(w, LOG_BACKOFF, tasks[call + OP], tasks[call + CONTEXT], wait, tasks[call + REQUEST_INDEX])
    if wait == 0:
        w.agenda.append((TRY, call))
    else:
        schedule(w, w.clock[NOW] + wait, INCOMING, TRY, call)


def backoff(p: Program, w: World, call: int, route: int, tries: int) -> int:
    """The wait after attempt number `tries` has failed."""
    waits = p.routes[route + ROUTE_WAITS]
    if waits < 0:
        return 0
    wait = p.waits[waits + tries - 1]
    jitter = p.routes[route + ROUTE_JITTER]
    if jitter == NO_JITTER:
        return wait
    uniform = draw(p, w, p.routes[route + ROUTE_JITTER_DRAW], number_of(w, call), w.tasks[call + OCCURRENCE])
    if jitter == FULL_JITTER:
        return int(wait * (uniform * 2.0**-53) + 0.5)
    half = wait // 2
    return wait - half + int(half * (uniform * 2.0**-53) + 0.5)


def conclude(p: Program, w: World, call: int, status: int, cause: int) -> None:
    """After the last attempt: what the caller does with the outcome."""
    tasks = w.tasks
    route = tasks[call + ROUTE]
    miss = p.routes[route + ROUTE_MISS]
    aside = p.routes[route + ROUTE_MISS_BY_CALLER] and miss >= 0
    if cause == 0 and status >= 400:
        report(w, call, status, 0, 0)
    elif aside and (cause != 0 or tasks[call + MISSED]):
        tasks[call + DEGRADED] |= cause != 0
        tasks[call + PHASE] = MISSING
        if leads(w, p.components[p.routes[route + ROUTE_COMPONENT] + COMPONENT_CACHE], call):
            begin_sequence(w, call, tasks[call + WHERE], miss)
    elif cause == 0:
        report(w, call, 200, 0, tasks[call + DEGRADED])
    else:
        fall_back(p, w, call, status, cause)


def fall_back(p: Program, w: World, call: int, status: int, cause: int) -> None:
    """A call has failed for good: do what is written for that, else fail with it."""
    tasks = w.tasks
    op = tasks[call + OP]
    fallback = p.operations[op + OP_FALLBACK]
    if fallback >= 0 and tasks[call + PHASE] != FALLING_BACK:
        tasks[call + PHASE] = FALLING_BACK
        tasks[call + DEGRADED] = 1
        record(w, LOG_FALLBACK, op, tasks[call + CONTEXT], 0, 0)
        begin_sequence(w, call, tasks[call + WHERE], fallback)
    else:
        report(w, call, status, cause, 0)


def call_result(p: Program, w: World, call: int) -> None:
    """The steps on a miss, or those of a fallback, have come to an end."""
    tasks = w.tasks
    status, cause = tasks[call + RESULT_STATUS], tasks[call + RESULT_CAUSE]
    if tasks[call + PHASE] == MISSING:
        finish_miss(p, w, call, status, cause)
    if cause == 0:
        report(w, call, status, 0, tasks[call + DEGRADED])
    else:
        fall_back(p, w, call, status, cause)

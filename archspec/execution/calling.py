"""A call as its caller sees it: attempts, time-outs, retries, fallbacks (engine contract, sections 3 and 6)."""

from archspec.execution.breaking import outcome, permits, state_of
from archspec.execution.choosing import choose_replica, choose_route
from archspec.execution.layout import (
    ARRIVE,
    ATTEMPT,
    BACK,
    BREAKER_OPEN,
    BULKHEAD,
    CONTEXT,
    EDGE_BREAKER,
    EDGE_BULKHEAD,
    EDGE_SIZE,
    EPOCH,
    FULL_BUDGET,
    GONE,
    INCOMING,
    KEY,
    LOG_ATTEMPT,
    LOG_HEARD,
    LOG_LOST,
    LOG_SENT,
    NO_REPLICA,
    NONE,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_KEY_DRAW,
    PHASE,
    REPLICA,
    REQUEST_INDEX,
    ROUTE,
    ROUTE_BUDGET,
    ROUTE_BUDGET_UNIT,
    ROUTE_EDGE,
    ROUTE_LOSS_OUT,
    SENT,
    STATE_EPOCH,
    STATE_IN_FLIGHT,
    STATE_TOKENS,
    STATUS,
    TRAVELLING,
    TRIES,
    WAITING,
    WHERE,
)
from archspec.execution.network import drawn_latency, is_cut, is_lost, outstanding_slot
from archspec.execution.program import Program
from archspec.execution.serving import arrive
from archspec.execution.settling import decide
from archspec.execution.state import NEXT_NUMBER, NOW, World, create, draw, number_of, record, schedule
from archspec.execution.timing import await_time_out


def try_call(p: Program, w: World, call: int) -> None:
    """One attempt: choose whom to ask, ask leave of bulkhead and breaker, send."""
    tasks = w.tasks
    where = tasks[call + WHERE]
    route = choose_route(p, w, call)
    edge = p.routes[route + ROUTE_EDGE]
    state = state_of(p, edge, where)
    tasks[call + ROUTE] = route
    tasks[call + TRIES] += 1
    if tasks[call + TRIES] == 1 and p.operations[tasks[call + OP] + OP_KEY_DRAW] >= 0:
        slot = p.operations[tasks[call + OP] + OP_KEY_DRAW]
        tasks[call + KEY] = draw(p, w, slot, number_of(w, call), tasks[call + OCCURRENCE])
    if tasks[call + TRIES] == 1 and p.routes[route + ROUTE_BUDGET] >= 0:
        full = FULL_BUDGET * p.routes[route + ROUTE_BUDGET_UNIT]
        w.edges[state + STATE_TOKENS] = min(full, w.edges[state + STATE_TOKENS] + p.routes[route + ROUTE_BUDGET])
    if 0 <= p.edges[edge + EDGE_BULKHEAD] <= w.edges[state + STATE_IN_FLIGHT]:
        unsent(p, w, call, edge, 503, BULKHEAD)
        return
    if p.edges[edge + EDGE_BREAKER] and not permits(p, w, edge, where):
        unsent(p, w, call, edge, 503, BREAKER_OPEN)
        return
    replica = choose_replica(p, w, call, route)
    if replica < 0:
        if p.edges[edge + EDGE_BREAKER]:
            outcome(p, w, edge, where, w.edges[state + STATE_EPOCH], True)
        unsent(p, w, call, edge, 503, NO_REPLICA)
        return
    send(p, w, call, route, edge, state, replica)


def next_number(w: World, call: int, edge: int, replica: int) -> int:
    """Give an attempt its number in the log and note that it was made."""
    w.clock[NEXT_NUMBER] += 1
    number = w.clock[NEXT_NUMBER]
    record(w, LOG_SENT, number, w.tasks[call + CONTEXT], w.tasks[call + OP], replica)
    record(w, LOG_ATTEMPT, number, w.tasks[call + TRIES], w.tasks[call + REQUEST_INDEX], edge)
    return number


def unsent(p: Program, w: World, call: int, edge: int, status: int, cause: int) -> None:
    """An attempt that fails before anything is sent."""
    number = next_number(w, call, edge, NONE)
    record(w, LOG_HEARD, number, status, cause, 0)
    decide(p, w, call, status, cause, True)


def send(p: Program, w: World, call: int, route: int, edge: int, state: int, replica: int) -> None:
    """Send one attempt on its way; its clock starts now."""
    tasks, now = w.tasks, w.clock[NOW]
    where = tasks[call + WHERE]
    attempt = create(w, ATTEMPT, call, where)
    tasks[attempt + OP] = tasks[call + OP]
    tasks[attempt + ROUTE] = route
    tasks[attempt + REPLICA] = replica
    tasks[attempt + WAITING] = 1
    tasks[attempt + KEY] = tasks[call + KEY]
    tasks[attempt + SENT] = now
    tasks[attempt + STATUS] = 200
    tasks[attempt + TRIES] = tasks[call + TRIES]
    tasks[attempt + EPOCH] = w.edges[state + STATE_EPOCH]
    tasks[attempt + NUMBER] = next_number(w, call, edge, replica)
    w.edges[state + STATE_IN_FLIGHT] += 1
    w.outstanding[outstanding_slot(w, call, replica)] += 1
    if tasks[call + TRIES] > 1:
        w.retries[edge // EDGE_SIZE] += 1
    number, occurrence = number_of(w, call), tasks[call + OCCURRENCE]
    latency = drawn_latency(p, w, call, route, edge)
    tasks[attempt + BACK] = latency - latency // 2
    await_time_out(p, w, attempt)
    if is_cut(p, w, attempt, now) or is_lost(p, w, edge, p.routes[route + ROUTE_LOSS_OUT], number, occurrence):
        tasks[attempt + PHASE] = GONE
        record(w, LOG_LOST, tasks[attempt + NUMBER], 0, 0, 0)
    elif latency // 2 == 0:
        tasks[attempt + PHASE] = TRAVELLING
        arrive(p, w, attempt)
    else:
        tasks[attempt + PHASE] = TRAVELLING
        schedule(w, now + latency // 2, INCOMING, ARRIVE, attempt)

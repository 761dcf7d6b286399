"""Time-outs: one route's all last alike, so they come in the order of sending, and only the next is in the heap.

Nearly every time-out is overtaken by an answer. Kept in the heap, those of a minute would make it long and slow.
"""

from heapq import heappush

from archspec.execution.layout import (
    NONE,
    ROUTE,
    ROUTE_SIZE,
    ROUTE_TIMEOUT,
    SENT,
    TIME_OUT,
    TIMER,
    TIMER_AFTER,
    TIMER_BEFORE,
    TIMER_SEQUENCE,
    TIMERS_FIRST,
    TIMERS_LAST,
    TIMERS_SCHEDULED,
    TIMERS_SIZE,
)
from archspec.execution.program import Program
from archspec.execution.state import SEQUENCE_NUMBER, World


def timers_of(route: int) -> int:
    """The offset of a route's time-outs."""
    return route // ROUTE_SIZE * TIMERS_SIZE


def await_time_out(p: Program, w: World, attempt: int) -> None:
    """Begin to wait for an attempt's time-out, last on its route."""
    tasks, timers = w.tasks, w.timers
    route = tasks[attempt + ROUTE]
    if p.routes[route + ROUTE_TIMEOUT] < 0:
        return
    tasks[attempt + TIMER_SEQUENCE] = w.clock[SEQUENCE_NUMBER]
    w.clock[SEQUENCE_NUMBER] += 1
    place = timers_of(route)
    last = timers[place + TIMERS_LAST]
    tasks[attempt + TIMER_BEFORE] = last
    tasks[attempt + TIMER_AFTER] = NONE
    timers[place + TIMERS_LAST] = attempt
    if last >= 0:
        tasks[last + TIMER_AFTER] = attempt
    else:
        timers[place + TIMERS_FIRST] = attempt
    if timers[place + TIMERS_SCHEDULED] < 0:
        schedule_first(p, w, route)


def forget_time_out(p: Program, w: World, attempt: int) -> None:
    """An attempt is over before its time-out; an event that is in the heap for it will find another first."""
    tasks, timers = w.tasks, w.timers
    route = tasks[attempt + ROUTE]
    if p.routes[route + ROUTE_TIMEOUT] < 0:
        return
    place = timers_of(route)
    before, after = tasks[attempt + TIMER_BEFORE], tasks[attempt + TIMER_AFTER]
    if before >= 0:
        tasks[before + TIMER_AFTER] = after
    else:
        timers[place + TIMERS_FIRST] = after
    if after >= 0:
        tasks[after + TIMER_BEFORE] = before
    else:
        timers[place + TIMERS_LAST] = before


def schedule_first(p: Program, w: World, route: int) -> None:
    """Put a route's next time-out into the heap, at the place in the order that it had from its sending."""
    tasks = w.tasks
    place = timers_of(route)
    first = w.timers[place + TIMERS_FIRST]
    if first < 0:
        w.timers[place + TIMERS_SCHEDULED] = NONE
        return
    sequence = tasks[first + TIMER_SEQUENCE]
    w.timers[place + TIMERS_SCHEDULED] = sequence
    when = tasks[first + SENT] + p.routes[route + ROUTE_TIMEOUT]
    heappush(w.heap, (when * 8 + TIMER, sequence, TIME_OUT, route, minus_one()))


def minus_one() -> int:
    """`NONE` as a number like any other: numba takes a constant in a tuple for a type of its own."""
    return NONE


def due(w: World, route: int) -> int:
    """The attempt whose time-out this event is, or NONE where it has been answered in the meantime."""
    place = timers_of(route)
    first = w.timers[place + TIMERS_FIRST]
    if first >= 0 and w.tasks[first + TIMER_SEQUENCE] == w.timers[place + TIMERS_SCHEDULED]:
        return first
    return NONE

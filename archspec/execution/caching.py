"""Whether a cache has what it is asked for (engine contract, sections 7.1 and 7.2)."""

from archspec.execution.layout import (
    CONTEXT,
    FILLING,
    LOG_CACHE,
    MISSED,
    NUMBER,
    OCCURRENCE,
    OP,
    OP_HIT_DRAW,
    REPLICA,
    ROUTE,
    ROUTE_HIT,
    ROUTE_MISS,
    ROUTE_MISS_BY_CALLER,
)
from archspec.execution.program import Program
from archspec.execution.sequencing import begin_sequence
from archspec.execution.state import World, draw, number_of, record


def look_up(p: Program, w: World, attempt: int, component: int) -> bool:
    """Ask the cache; False where it asks for what it misses itself (read-through) before it goes on."""
    tasks = w.tasks
    op = tasks[attempt + OP]
    route = tasks[attempt + ROUTE]
    threshold = p.routes[route + ROUTE_HIT]
    if threshold < 0:
        return True
    uniform = draw(p, w, p.operations[op + OP_HIT_DRAW], number_of(w, attempt), tasks[attempt + OCCURRENCE])
    hit = uniform < threshold
    record(w, LOG_CACHE, tasks[attempt + NUMBER], hit, 0, 0)
    if hit:
        return True
    tasks[attempt + MISSED] = 1
    if p.routes[route + ROUTE_MISS] < 0 or p.routes[route + ROUTE_MISS_BY_CALLER]:
        return True
    tasks[attempt + MISSED] = FILLING
    sequence = begin_sequence(w, attempt, tasks[attempt + REPLICA], p.routes[route + ROUTE_MISS])
    tasks[sequence + CONTEXT] = tasks[attempt + NUMBER]
    return False


def finish_miss(p: Program, w: World, task: int, good: bool) -> None:
    """What was missing has been fetched, or could not be."""

"""Messages on their way, and who counts them as under way (engine contract, section 3)."""

from archspec.execution.choosing import chooser_of
from archspec.execution.layout import (
    EDGE_SIZE,
    OCCURRENCE,
    REPLICA,
    REPLICA_ISLAND,
    REPLICA_ISLAND_SINCE,
    REPLICA_SIZE,
    ROUTE,
    ROUTE_EDGE,
    ROUTE_LATENCY,
    WHERE,
)
from archspec.execution.program import Program
from archspec.execution.state import World, draw, number_of, slowed


def outstanding_slot(w: World, call: int, replica: int) -> int:
    """Where a chooser counts what it has under way at a replica."""
    return chooser_of(w, call) * (len(w.replicas) // REPLICA_SIZE) + replica // REPLICA_SIZE


def drawn_latency(p: Program, w: World, task: int, route: int, edge: int) -> int:
    """How long one attempt's way there and back takes, with what slows the connection down."""
    latency = 0
    if p.routes[route + ROUTE_LATENCY] >= 0:
        latency = draw(p, w, p.routes[route + ROUTE_LATENCY], number_of(w, task), w.tasks[task + OCCURRENCE])
    slow = 3 * (edge // EDGE_SIZE)
    return slowed(latency, w.edge_slow[slow], w.edge_slow[slow + 1], w.edge_slow[slow + 2])


def is_lost(p: Program, w: World, edge: int, slot: int, number: int, occurrence: int) -> bool:
    """Whether a message is lost on its way."""
    threshold = w.edge_loss[edge // EDGE_SIZE]
    return threshold > 0 and draw(p, w, slot, number, occurrence) < threshold


def is_cut(p: Program, w: World, attempt: int, since: int) -> bool:
    """Whether a partition parts caller and replica, or has begun after `since`."""
    tasks, r = w.tasks, w.replicas
    where, replica = tasks[attempt + WHERE], tasks[attempt + REPLICA]
    edge = p.routes[tasks[attempt + ROUTE] + ROUTE_EDGE] // EDGE_SIZE
    if r[where + REPLICA_ISLAND] != r[replica + REPLICA_ISLAND]:
        return True
    mine, theirs = r[where + REPLICA_ISLAND_SINCE], r[replica + REPLICA_ISLAND_SINCE]
    if mine != theirs and max(mine, theirs) > since:
        return True
    return w.edge_cut[edge] > 0 or w.edge_cut_since[edge] > since

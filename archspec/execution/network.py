"""Messages on their way, and who counts them as under way (engine contract, section 3)."""

from archspec.execution.choosing import chooser_of
from archspec.execution.layout import (
    EDGE_SIZE,
    REPLICA,
    REPLICA_ISLAND,
    REPLICA_ISLAND_SINCE,
    REPLICA_SIZE,
    ROUTE,
    ROUTE_EDGE,
    WHERE,
)
from archspec.execution.program import Program
from archspec.execution.state import World, draw


def outstanding_slot(w: World, call: int, replica: int) -> int:
    """Where a chooser counts what it has under way at a replica."""
    return chooser_of(w, call) * (len(w.replicas) // REPLICA_SIZE) + replica // REPLICA_SIZE


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

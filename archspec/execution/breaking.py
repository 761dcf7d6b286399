"""What a caller replica keeps of a connection: breaker, bulkhead and retry budget (engine contract, section 6)."""

from archspec.execution.layout import (
    CLOSED,
    EDGE_BUCKET,
    EDGE_CALLER,
    EDGE_HALF_OPEN_AFTER,
    EDGE_MINIMUM,
    EDGE_OPENS_DENOMINATOR,
    EDGE_OPENS_NUMERATOR,
    EDGE_PROBES,
    EDGE_STATE,
    FULL_BUDGET,
    HALF_OPEN,
    LOG_BREAKER,
    NONE,
    OPEN,
    REPLICA_SIZE,
    STATE_BREAKER,
    STATE_BUCKETS,
    STATE_EPOCH,
    STATE_OPENED,
    STATE_PROBED,
    STATE_PROBING,
    STATE_SIZE,
    STATE_TOKENS,
    TOKEN,
)
from archspec.execution.program import Program
from archspec.execution.state import NOW, World, record

BUCKETS = 10


def state_of(p: Program, edge: int, where: int) -> int:
    """The offset of what a caller replica keeps about an edge."""
    return p.edges[edge + EDGE_STATE] + (where - p.edges[edge + EDGE_CALLER]) // REPLICA_SIZE * STATE_SIZE


def forget_calls(w: World, state: int) -> None:
    """What a new process knows of a connection: nothing under way, a closed breaker, a full budget of retries."""
    for place in range(STATE_SIZE):
        w.edges[state + place] = 0
    w.edges[state + STATE_TOKENS] = FULL_BUDGET * TOKEN
    for bucket in range(BUCKETS):
        w.edges[state + STATE_BUCKETS + 3 * bucket] = NONE


def change(w: World, edge: int, state: int, where: int, breaker: int) -> None:
    """Bring a breaker into another state, with an empty window and no probe sent."""
    w.edges[state + STATE_BREAKER] = breaker
    w.edges[state + STATE_EPOCH] += 1
    w.edges[state + STATE_PROBING] = 0
    w.edges[state + STATE_PROBED] = 0
    if breaker == OPEN:
        w.edges[state + STATE_OPENED] = w.clock[NOW]
    for bucket in range(BUCKETS):
        w.edges[state + STATE_BUCKETS + 3 * bucket] = NONE
    record(w, LOG_BREAKER, edge, breaker, where, 0)


def permits(p: Program, w: World, edge: int, where: int) -> bool:
    """Whether the breaker lets a call pass; the first one late enough makes an open breaker half-open."""
    state = state_of(p, edge, where)
    breaker = w.edges[state + STATE_BREAKER]
    if breaker == CLOSED:
        return True
    if breaker == OPEN:
        if w.clock[NOW] < w.edges[state + STATE_OPENED] + p.edges[edge + EDGE_HALF_OPEN_AFTER]:
            return False
        change(w, edge, state, where, HALF_OPEN)
    if w.edges[state + STATE_PROBING] >= p.edges[edge + EDGE_PROBES]:
        return False
    w.edges[state + STATE_PROBING] += 1
    return True


def outcome(p: Program, w: World, edge: int, where: int, epoch: int, failed: bool) -> None:
    """Tell the breaker how an attempt ended."""
    state = state_of(p, edge, where)
    edges = w.edges
    if epoch != edges[state + STATE_EPOCH]:
        return
    if edges[state + STATE_BREAKER] == HALF_OPEN:
        if failed:
            change(w, edge, state, where, OPEN)
            return
        edges[state + STATE_PROBED] += 1
        if edges[state + STATE_PROBED] >= p.edges[edge + EDGE_PROBES]:
            change(w, edge, state, where, CLOSED)
        return
    present = w.clock[NOW] // p.edges[edge + EDGE_BUCKET]
    bucket = state + STATE_BUCKETS + 3 * (present % BUCKETS)
    if edges[bucket] != present:
        edges[bucket] = present
        edges[bucket + 1] = 0
        edges[bucket + 2] = 0
    edges[bucket + 1] += 1
    edges[bucket + 2] += failed
    calls, failures = 0, 0
    for i in range(BUCKETS):
        bucket = state + STATE_BUCKETS + 3 * i
        if edges[bucket] > present - BUCKETS:
            calls += edges[bucket + 1]
            failures += edges[bucket + 2]
    enough = failures * p.edges[edge + EDGE_OPENS_DENOMINATOR] >= calls * p.edges[edge + EDGE_OPENS_NUMERATOR]
    if calls >= p.edges[edge + EDGE_MINIMUM] and enough:
        change(w, edge, state, where, OPEN)

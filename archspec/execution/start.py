"""The state of a run before anything has happened."""

from archspec.execution.layout import (
    COMPONENT_COUNT,
    COMPONENT_SECOND,
    COMPONENT_SIZE,
    EDGE_CALLER,
    EDGE_LOSS,
    EDGE_SIZE,
    EDGE_STATE,
    FULL_BUDGET,
    NONE,
    OP_SIZE,
    QUEUE_SIZE,
    REPLICA_COMPONENT,
    REPLICA_SIZE,
    ROUTE_SIZE,
    STATE_BUCKETS,
    STATE_SIZE,
    STATE_TOKENS,
    TASK_SIZE,
    TIMERS_SIZE,
    TOKEN,
)
from archspec.execution.program import Program
from archspec.execution.state import ASKED_SIZE, CLOCK_SIZE, COUNT_SIZE, RECORDING, DrawSource, World


def new_world(p: Program, source: DrawSource | None, *, recording: int) -> World:
    """An empty system at time 0, everything up and believed up, every bucket full.

    `source` makes the draws that are not constant; None where all are. `recording` says how much of the log to keep
    (`SILENCE`, `EVENTS`, `EVERYTHING`).
    """
    replicas = len(p.replicas) // REPLICA_SIZE
    components = len(p.components) // COMPONENT_SIZE
    edges = len(p.edges) // EDGE_SIZE
    choosers = len(p.choosers)
    places = replicas + len(p.operations) // OP_SIZE + 2 * components
    clock = [0] * CLOCK_SIZE
    clock[RECORDING] = recording
    return World(
        clock=clock,
        heap=[],
        agenda=[],
        tasks=[],
        blank=[0] * TASK_SIZE,
        unasked=[0] * ASKED_SIZE,
        free=[],
        asked=[],
        replicas=list(p.replicas),
        queues=[0] * (2 * replicas * QUEUE_SIZE),
        counts=[0] * (replicas * COUNT_SIZE),
        edges=_edge_states(p),
        messages=list(p.queues),
        limiters=list(p.limiters),
        caches=list(p.caches),
        believed=[1] * (choosers * replicas),
        outstanding=[0] * (choosers * replicas),
        turns=[NONE] * (choosers * places),
        smooth=[0] * (choosers * (len(p.routes) // ROUTE_SIZE)),
        streaks=[0] * (choosers * replicas),
        edge_cut=[0] * edges,
        edge_cut_since=[NONE] * edges,
        edge_slow=[1, 1, 0] * edges,
        edge_loss=[p.edges[edge * EDGE_SIZE + EDGE_LOSS] for edge in range(edges)],
        errors=[0, 500] * components,
        retries=[0] * edges,
        timers=[NONE] * (len(p.routes) // ROUTE_SIZE * TIMERS_SIZE),
        sticky={},
        keys={},
        entries=[],
        free_entries=[],
        flights={},
        waiting=[],
        arrivals=[],
        arrival_end=[0] * len(p.flow_first),
        next_arrival=[0] * len(p.flow_first),
        first_number=[0] * len(p.flow_first),
        last_arrival=[NONE] * len(p.flow_first),
        rounds={},
        begun=[NONE] * len(p.flow_first),
        users=[NONE] * len(p.flow_first),
        timeline=[],
        plans=[],
        scalers=[],
        wanted=[],
        candidates=[],
        casualties=[],
        log=[],
        samples=[],
        blocks={},
        block_bits=list(source.block_bits) if source else [],
        source=source,
    )


def _edge_states(p: Program) -> list[int]:
    states: list[int] = []
    for edge in range(0, len(p.edges), EDGE_SIZE):
        assert p.edges[edge + EDGE_STATE] == len(states)
        caller = p.replicas[p.edges[edge + EDGE_CALLER] + REPLICA_COMPONENT]
        for _ in range(p.components[caller + COMPONENT_COUNT] + p.components[caller + COMPONENT_SECOND]):
            state = [0] * STATE_SIZE
            state[STATE_TOKENS] = FULL_BUDGET * TOKEN
            for bucket in range(10):
                state[STATE_BUCKETS + 3 * bucket] = NONE
            states += state
    return states

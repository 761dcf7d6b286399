"""The log in words: what happened beside the calls."""

from archspec.execution.layout import (
    CHECKS,
    COMPONENT_SIZE,
    EDGE_SIZE,
    LOG_BELIEF,
    LOG_BREAKER,
    LOG_DEAD,
    LOG_DELIVERY,
    LOG_DEPLOY,
    LOG_PUBLISHED,
    LOG_SCALED,
    LOG_WAITS,
    MESSAGES_SIZE,
    REPLICA_CHOOSER,
    REPLICA_COMPONENT,
    REPLICA_SIZE,
)
from archspec.execution.program import Compiled
from archspec.execution.recorder import LogEntry
from archspec.execution.trace_model import Event

BREAKER_STATES = ("closed", "open", "half_open")
DEPLOY_STEPS = (
    "leaves for the deploy",
    "is down for the deploy",
    "is back with the new version",
    "leaves: fewer are wanted",
    "is gone",
    "serves",
    "boots anew beside the old one",
    "takes over with the new version",
    "of before is gone",
)


def tell(compiled: Compiled, log: list[LogEntry]) -> tuple[Event, ...]:
    """The events of a log that are no part of a call, in order."""
    found = []
    for time, what, a, b, c, d in log:
        text = _text(compiled, what, a, b, c, d)
        if text:
            found.append(Event(time, text))
    return tuple(found)


def _text(compiled: Compiled, what: int, a: int, b: int, c: int, d: int) -> str | None:
    names = compiled.names
    if what == LOG_BREAKER:
        return f"breaker {names.edges[a // EDGE_SIZE]} {BREAKER_STATES[b]}"
    if what == LOG_BELIEF:
        return f"{_chooser(compiled, a)} {'puts' if c else 'takes'} {names.replicas[b // REPLICA_SIZE]} " + (
            "back" if c else "out"
        )
    if what == LOG_WAITS:
        return f"{names.replicas[b // REPLICA_SIZE]} waits for its copy {names.components[c // COMPONENT_SIZE]}"
    if what == LOG_DELIVERY:
        return f"message {b} delivery {c} {'done' if d else 'failed'}"
    if what == LOG_DEAD:
        return f"message {b} to {names.queues[c // MESSAGES_SIZE] if c >= 0 else 'nobody: it is dropped'}"
    if what == LOG_PUBLISHED:
        return f"message {b} stored in {names.queues[a // MESSAGES_SIZE]}"
    if what == LOG_SCALED:
        return f"{names.components[a // COMPONENT_SIZE]} scales to {b}"
    if what == LOG_DEPLOY:
        return f"{names.replicas[a // REPLICA_SIZE]} {DEPLOY_STEPS[b]}"
    return None


def _chooser(compiled: Compiled, chooser: int) -> str:
    p = compiled.program
    if p.choosers[chooser] != CHECKS:
        return "the platform"
    for replica in range(0, len(p.replicas), REPLICA_SIZE):
        if p.replicas[replica + REPLICA_CHOOSER] == chooser:
            component = p.replicas[replica + REPLICA_COMPONENT]
            several = {
                compiled.names.replicas[r // REPLICA_SIZE]
                for r in range(0, len(p.replicas), REPLICA_SIZE)
                if p.replicas[r + REPLICA_COMPONENT] == component
            }
            id_ = compiled.names.components[component // COMPONENT_SIZE]
            return id_ if len(several) == 1 else compiled.names.replicas[replica // REPLICA_SIZE]
    return "the platform"

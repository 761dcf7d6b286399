"""The log in words: what happened beside the calls."""

from collections.abc import Iterable

from archspec.simulation.log import CAUSES, Entry, Told
from archspec.simulation.names import Compiled, Kept
from archspec.simulation.trace_model import Event

BREAKER_STATES = ("closed", "open", "half_open")
MOVES = (
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


def events_of(compiled: Compiled, log: Iterable[Entry]) -> tuple[Event, ...]:
    """The events of a log that are no part of a call, in order."""
    told = ((time, _text(compiled, what, *numbers)) for time, what, *numbers in log)
    return tuple(Event(time, text) for time, text in told if text is not None)


def _text(compiled: Compiled, what: int, a: int, b: int, c: int, d: int) -> str | None:
    components, replicas, queues = compiled.components, compiled.replicas, compiled.queues
    match what:
        case Told.BREAKER:
            return f"breaker {compiled.connection_names[a]} {BREAKER_STATES[b]}"
        case Told.BELIEF:
            return f"{_chooser(compiled, a)} {'puts' if c else 'takes'} {replicas[b].name} {'back' if c else 'out'}"
        case Told.WAITS:
            return f"{replicas[b].name} waits for its copy {components[c]}"
        case Told.DELIVERY:
            return f"message {b}{_whose(queues[a])} delivery {c} {'done' if d else 'failed'}"
        case Told.DEAD:
            return f"message {b}{_whose(queues[a])} to {components[c] if c >= 0 else 'nobody: it is dropped'}"
        case Told.PUBLISHED:
            return f"message {b} stored in {queues[a].name}"
        case Told.SCALED:
            return f"{components[a]} scales to {b}"
        case Told.RESTARTED:
            return f"run {b + 1} of {compiled.system.flows[a].id} begins anew: {CAUSES[d].replace('_', ' ')}"
        case Told.DEPLOY:
            return f"{replicas[a].name} {MOVES[b]}"
        case _:
            return None


def _whose(kept: Kept) -> str:
    return f" for {kept.subscriber}" if kept.subscriber else ""


def _chooser(compiled: Compiled, chooser: int) -> str:
    """The platform, or a balancer: by its replica's name where it has several."""
    if chooser == 0:
        return "the platform"
    replica = compiled.choosers[chooser - 1]
    id_ = compiled.components[replica.component]
    return id_ if compiled.system.components[replica.component].most == 1 else replica.name

"""Every event of a log, in words."""

from pathlib import Path

import pytest

from archspec.language import load
from archspec.simulation.asked import understood
from archspec.simulation.events import MOVES, events_of
from archspec.simulation.log import CAUSES, Told
from archspec.simulation.names import Compiled
from archspec.simulation.options import SimulationOptions
from archspec.simulation.trace_model import Event

CHOOSERS = ("the platform", "dns", "lb-1", "lb-2", "gw", "edge")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return understood(load(str(Path(__file__).parent / "compiled.yaml")), SimulationOptions()).compiled


def entry(compiled: Compiled, what: Told, *numbers: int | str) -> tuple[int, ...]:
    """A row of the log; of a replica, component, connection or flow by its name."""
    known = {name: number for number, name in enumerate(compiled.connection_names)}
    known |= {flow.id: number for number, flow in enumerate(compiled.system.flows)} | compiled.numbers
    known |= {replica.name: number for number, replica in reversed([*enumerate(compiled.replicas)])}
    rest = [number if isinstance(number, int) else known[number] for number in numbers]
    return (7, what, *rest, *[0] * (4 - len(rest)))


@pytest.mark.parametrize(
    ("what", "numbers", "text"),
    [
        (Told.BREAKER, ("api -> db via reads", 0), "breaker api -> db via reads closed"),
        (Told.BREAKER, ("api -> db via reads", 1), "breaker api -> db via reads open"),
        (Told.BREAKER, ("api -> db via writes", 2), "breaker api -> db via writes half_open"),
        *[(Told.BELIEF, (number, "api-2", 0), f"{name} takes api-2 out") for number, name in enumerate(CHOOSERS)],
        *[(Told.BELIEF, (number, "hook-1", 1), f"{name} puts hook-1 back") for number, name in enumerate(CHOOSERS)],
        (Told.WAITS, (0, "db-2", "copy"), "db-2 waits for its copy copy"),
        (Told.DELIVERY, (0, 12, 3, 1), "message 12 delivery 3 done"),
        (Told.DELIVERY, (2, 12, 1, 0), "message 12 for mail delivery 1 failed"),
        (Told.DEAD, (0, 9, "dead"), "message 9 to dead"),
        (Told.DEAD, (3, 9, -1), "message 9 for hook to nobody: it is dropped"),
        (Told.DEAD, (0, 9, 0), "message 9 to user"),
        (Told.PUBLISHED, (0, 4), "message 4 stored in jobs"),
        (Told.PUBLISHED, (3, 4), "message 4 stored in events for hook"),
        (Told.SCALED, ("small", 3), "small scales to 3"),
        *[
            (Told.RESTARTED, ("tidy", 4, 2, number), f"run 5 of tidy begins anew: {cause.replace('_', ' ')}")
            for number, cause in enumerate(CAUSES)
        ],
        *[(Told.DEPLOY, ("crew-1", number), f"crew-1 {move}") for number, move in enumerate(MOVES)],
    ],
)
def test_an_event_in_words(what: Told, numbers: tuple[int | str, ...], text: str, compiled: Compiled) -> None:
    assert events_of(compiled, [entry(compiled, what, *numbers)]) == (Event(7, text),)


@pytest.mark.parametrize(
    "what",
    [
        *(Told.ARRIVAL, Told.SENT, Told.ATTEMPT, Told.ARRIVED, Told.QUEUED, Told.WORKED, Told.OWN, Told.CACHE),
        *(Told.ANSWERED, Told.HEARD, Told.BACKOFF, Told.LOST, Told.RESPONSE, Told.DELIVERED, Told.FALLBACK),
        *(Told.POOLED, Told.FAULT),
    ],
)
def test_what_is_part_of_a_call_is_no_event_beside_it(what: Told, compiled: Compiled) -> None:
    assert events_of(compiled, [entry(compiled, what, 0, 0, 0, 0)]) == ()

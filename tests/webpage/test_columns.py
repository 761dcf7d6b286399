"""What the page reads off the engine's columns stands where Python reads it."""

import re

from archspec.simulation.alerts import STATES
from archspec.simulation.engine import View
from archspec.simulation.responses import Outcome
from archspec.simulation.run import Count, Message
from archspec.simulation.timeline import FIGURES
from tests.conftest import ROOT

COLUMNS = (ROOT / "viewer/src/simulation/columns.ts").read_text("utf-8")


def numbers(name: str) -> dict[str, int]:
    """The members of a constant, or under its own name a number."""
    body = re.findall(rf"export const {name} = (.*?);", COLUMNS.replace("\n", " "))[0]
    return {key: int(value) for key, value in re.findall(r"(\w+): (\d+)", body)} or {name: int(body)}


def test_the_counts_of_replicas_stand_where_python_has_them() -> None:
    assert numbers("COUNTS") == {each.name.lower(): each.value for each in list(Count)[:16]}
    assert numbers("COUNTS_WIDTH") == {"COUNTS_WIDTH": len(Count)}


def test_the_counts_of_queues_stand_where_python_has_them() -> None:
    assert numbers("QUEUE") == {"component": Message.COMPONENT, "waiting": Message.WAITING}
    assert numbers("QUEUE_WIDTH") == {"QUEUE_WIDTH": len(Message)}


def test_what_came_of_flows_stands_where_python_has_it() -> None:
    assert numbers("OUTCOME") == {each.name.lower(): each.value for each in list(Outcome)[:4]}
    assert numbers("OUTCOMES") == {"OUTCOMES": len(Outcome)}
    assert numbers("SHOWN") == {name: place for place, (name, _) in enumerate(FIGURES)}
    assert numbers("SHOWN_WIDTH") == {"SHOWN_WIDTH": len(FIGURES)}


def test_the_states_of_alerts_stand_where_python_has_them() -> None:
    body = re.findall(r"export const ALERT_STATES = \[(.*?)\]", COLUMNS)[0]
    assert tuple(re.findall(r'"(\w+)"', body)) == STATES


def test_the_columns_of_a_run_have_the_numbers_that_python_has() -> None:
    source = (ROOT / "viewer/src/engine/engine.ts").read_text("utf-8")
    body = re.findall(r"export const VIEWS = \{(.*?)\}", source, re.DOTALL)[0]
    assert {name: int(number) for name, number in re.findall(r"(\w+): (\d+)", body)} == {
        each.name.lower(): each.value for each in View
    }

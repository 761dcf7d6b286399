"""Every sum of a run is checked: a single count that is one off is a defect of ours, and is said to be one."""

from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archspec.errors import DefectError
from archspec.language import load
from archspec.simulation.evaluation import collect
from archspec.simulation.options import SimulationOptions
from archspec.simulation.responses import Outcome
from archspec.simulation.run import Count, Due, Held, Instance, Message, Place, Run
from archspec.simulation.simulate import run_simulation

SUMMED: dict[str, tuple[str, list[IntEnum]]] = {
    "outcomes": ("requests of `ask` do not add up", [Outcome.OFFERED, Outcome.OK, Outcome.IN_FLIGHT]),
    "counts": (
        "calls of `lb` do not add up",
        [
            *(Count.CALLS, Count.ANSWERED, Count.SHED, Count.RATE_LIMITED),
            *(Count.REFUSED, Count.RESET, Count.LOST, Count.IN_WORK),
        ],
    ),
    "pools": (
        "calls that wanted a place of `api -> db` do not add up",
        [Place.ASKED, Place.GOT, Place.REFUSED, Place.WAITING, Place.GONE],
    ),
    "jobs": (
        "the runs of `tidy`, due 6 times, do not add up",
        [Due.TICKS, Due.DONE, Due.FAILED, Due.OVERDUE, Due.RUNNING],
    ),
    "sessions": ("the users of `talk` do not add up", [Held.USERS, Held.HANDSHAKING, Held.WAITING, Held.CONNECTED]),
    "functions": (
        "calls of the function `thumb` do not add up",
        [Instance.WARM, Instance.COLD, Instance.THROTTLED, Instance.REFUSED, Instance.LOST],
    ),
    "messages": (
        "messages of `jobs` do not add up",
        [Message.PUBLISHED, Message.DONE, Message.DEAD, Message.EXPIRED, Message.WAITING, Message.IN_WORK],
    ),
}


@pytest.fixture(scope="module")
def run() -> Run:
    found = run_simulation(load(str(Path(__file__).parent / "every.yaml")), SimulationOptions("run"))
    collect(found)
    return found


def copied(run: Run) -> Run:
    """The same run with all that has been read of it: the engine gives each table once."""
    other = replace(run)
    other.__dict__.update(run.__dict__)
    return other


def altered(run: Run, table: str, column: int, by: int) -> Run:
    """The same run with one count changed: that of the first row, of replicas that of the balancer."""
    other = copied(run)
    rows: Any = getattr(run, table)
    if isinstance(rows, np.ndarray):
        changed: Any = rows.copy()
        changed[1 if table == "counts" else 0, column] += by
    elif isinstance(rows, dict):
        first = next(iter(rows))
        changed = rows | {first: _altered(rows[first], column, by)}
    else:
        changed = [_altered(rows[0], column, by), *rows[1:]]
    other.__dict__[table] = changed
    return other


def _altered(row: tuple[int, ...], column: int, by: int) -> tuple[int, ...]:
    return (*row[:column], row[column] + by, *row[column + 1 :])


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, (_, columns) in SUMMED.items() for column in columns]
)
def test_a_count_that_is_one_off_is_a_defect(table: str, column: int, by: int, run: Run) -> None:
    with pytest.raises(DefectError) as error:
        collect(altered(run, table, column, by))
    assert SUMMED[table][0] in str(error.value)


@pytest.mark.parametrize(
    ("table", "column", "by", "says"),
    [
        ("outcomes", len(Outcome) + 1, 1, "requests of `ask` do not add up"),
        ("counts", Count.TIME_INSIDE, 1, "Little's law fails at `lb`"),
        ("counts", Count.TIME_SINCE, -1, "Little's law fails at `lb`"),
        ("sessions", Held.OPENED, 1, "the sessions of `talk` do not add up"),
        ("sessions", Held.ENDED, -1, "the sessions of `talk` do not add up"),
        ("sessions", Held.DROPPED, 1, "the sessions of `talk` do not add up"),
        ("functions", Instance.BUSY, -1, "calls of the function `thumb` do not add up"),
        ("functions", Instance.STARTING, -1, "calls of the function `thumb` do not add up"),
        ("functions", Instance.IDLE, -9, "calls of the function `thumb` do not add up"),
    ],
)
def test_so_is_a_time_and_what_is_counted_twice(table: str, column: int, by: int, says: str, run: Run) -> None:
    with pytest.raises(DefectError) as error:
        collect(altered(run, table, column, by))
    assert says in str(error.value)


def test_messages_of_a_topic_are_counted_for_each_subscriber(run: Run) -> None:
    other = copied(run)
    kept = next(each for each in run.messages if each.subscriber is not None)
    other.__dict__["messages"] = run.messages | {kept: _altered(run.messages[kept], Message.DONE, 1)}
    with pytest.raises(DefectError, match=r"messages of `[^`]*mail` do not add up"):
        collect(other)

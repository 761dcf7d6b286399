"""Columns of the table of requests."""

import numpy as np
import pytest

from archspec.execution.requests import requests_of, rows_of
from archspec.execution.state import ASKED_SIZE, World

ROWS = [
    # flow, number, client, at, until, status, cause, degraded
    [0, 0, 0, 10, 15, 200, 0, 1],
    [1, 0, 0, 11, -1, 0, 0, 0],
    [0, 1, 0, 20, 29, 503, 3, 0],
    [0, 2, 0, 30, 31, 200, 0, 0],
]


class Table:
    """As much of a world as its requests."""

    def __init__(self, asked: object) -> None:
        self.asked = asked


def world(form: str) -> World:
    flat = np.array(ROWS, dtype=np.int64).reshape(-1)
    forms = {"list": flat.tolist(), "rows": flat, "columns": np.ascontiguousarray(flat.reshape(-1, ASKED_SIZE).T)}
    return Table(forms[form])  # type: ignore[return-value]


@pytest.mark.parametrize("form", ["list", "rows", "columns"])
def test_the_requests_of_each_flow_come_in_columns_from_any_form_of_table(form: str) -> None:
    """Rows in a list, rows in an array, or columns in an array: the same requests."""
    ask, other = requests_of(world(form), 2)
    assert (ask.at.tolist(), ask.until.tolist(), ask.cause.tolist()) == ([10, 20, 30], [15, 29, 31], [0, 3, 0])
    assert (other.at.tolist(), other.until.tolist(), other.degraded.tolist()) == ([11], [-1], [0])
    assert rows_of(world(form)) == ROWS


def test_a_request_in_flight_is_neither_good_nor_bad() -> None:
    """It has no cause yet, and no answer."""
    ask, other = requests_of(world("rows"), 2)
    assert (ask.good.tolist(), ask.bad.tolist()) == ([True, False, True], [False, True, False])
    assert (other.good.tolist(), other.bad.tolist()) == ([False], [False])


def test_answers_are_in_order_of_arrival() -> None:
    """When the good and the bad ones came, and how long the good ones took."""
    good, bad, took = requests_of(world("rows"), 2)[0].answered()
    assert (good.tolist(), bad.tolist(), took.tolist()) == ([15, 31], [29], [5, 1])


def test_the_warm_up_ends_with_the_request_that_arrives_at_its_end() -> None:
    """A request at exactly that moment counts."""
    assert requests_of(world("rows"), 2)[0].since(20).at.tolist() == [20, 30]

"""M/M/c against exact results."""

from math import inf

import pytest

from archspec.analysis.queueing import erlang_c, mean_response, mean_wait


@pytest.mark.parametrize(
    ("servers", "rate", "waits", "wait"),
    [(1, 0.8, 0.8, 4.0), (2, 1.6, 0.7111111111, 1.7777777778), (4, 3.2, 0.5964324718, 0.7455405897)],
)
def test_waiting_is_that_of_the_textbook(servers: int, rate: float, waits: float, wait: float) -> None:
    assert erlang_c(servers, rate) == pytest.approx(waits, abs=1e-9)
    assert mean_wait(servers, rate, 1.0) == pytest.approx(wait, abs=1e-9)


def test_one_server_twice_as_fast_answers_sooner_than_two() -> None:
    assert mean_response(1, 1.6, 0.5) == pytest.approx(2.5)
    assert mean_response(2, 1.6, 1.0) == pytest.approx(2.7777777778)


def test_an_overloaded_station_never_answers() -> None:
    assert mean_wait(2, 2.0, 1.0) == inf

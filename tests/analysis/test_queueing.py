"""M/M/c against exact results."""

from math import inf

import pytest

from archspec.analysis.queueing import erlang_c, least_wait, mean_wait, most_wait, wait_of_one


@pytest.mark.parametrize(
    ("servers", "rate", "waits", "wait"),
    [(1, 0.8, 0.8, 4.0), (2, 1.6, 0.7111111111, 1.7777777778), (4, 3.2, 0.5964324718, 0.7455405897)],
)
def test_waiting_is_that_of_the_textbook(servers: int, rate: float, waits: float, wait: float) -> None:
    assert erlang_c(servers, rate) == pytest.approx(waits, abs=1e-9)
    assert mean_wait(servers, rate, 1.0) == pytest.approx(wait, abs=1e-9)


def test_a_constant_service_waits_half_as_long_as_an_exponential_one() -> None:
    assert [round(wait_of_one(80, 0.01, variation), 9) for variation in (0, 1, 3)] == [0.02, 0.04, 0.08]


def test_several_servers_lie_between_one_queue_and_arrivals_dealt_at_random() -> None:
    least, most = least_wait(8, 720, 0.01, 4.0), most_wait(8, 720, 0.01, 4.0)

    assert [round(wait, 5) for wait in (least, most)] == [0.00438, 0.02254]


def test_an_overloaded_station_never_answers() -> None:
    assert mean_wait(2, 2.0, 1.0) == inf

"""The response of a station by the queues that its balancer makes."""

import pytest

from archspec.analysis.capacity import Capacity
from archspec.analysis.response import Response, response_of
from tests.analysis.specs import spec


def response(api: str, rate: str, algorithm: str = "round_robin", work: str = "exponential(10ms)") -> Response | None:
    """Of the cores of `api` behind a balancer."""
    capacity = Capacity(
        spec(
            f"lb: {{kind: load_balancer, algorithm: {algorithm}}}, api: {{kind: server, {api}}}",
            f"{{call: lb, steps: [{{call: api, cpu: {work}}}]}}",
            flow=f"rate: {rate}, ",
        )
    )
    return response_of(capacity.stations[0])


@pytest.mark.parametrize("algorithm", ["round_robin", "least_connections", "power_of_two"])
def test_queues_of_replicas_lie_between_one_queue_and_a_choice_at_random(algorithm: str) -> None:
    """Eight at 90%: simulated 60 ms in turn, 21.5 ms by least connections, 31.4 ms by power of two."""
    found = response("replicas: 8, cores: 1", "720/s", algorithm)

    assert found is not None
    assert (round(found.least * 1e3, 1), round((found.most or 0) * 1e3, 1)) == (18.8, 100.0)


def test_a_choice_at_random_is_as_many_single_servers() -> None:
    """Four M/M/1 at 80%: 10 ms / (1 - 0.8)."""
    found = response("replicas: 4, cores: 1", "320/s", "random")

    assert found is not None
    assert (round(found.least * 1e3, 6), round((found.most or 0) * 1e3, 6)) == (50.0, 50.0)


def test_one_constant_server_waits_half_as_long_as_an_exponential_one() -> None:
    """M/D/1 at 80%: 10 ms + 20 ms."""
    found = response("cores: 1", "80/s", work="10ms")

    assert found is not None
    assert (round(found.least * 1e3, 6), round((found.most or 0) * 1e3, 6)) == (30.0, 30.0)


def test_a_hash_has_no_upper_bound() -> None:
    found = response("replicas: 4, cores: 1", "320/s", "consistent_hash")

    assert found is not None
    assert found.most is None


def test_who_is_overloaded_has_no_response() -> None:
    assert response("cores: 1", "100/s", work="10ms") is None

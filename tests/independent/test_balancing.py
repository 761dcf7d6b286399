"""Balancers that look at what is under way, beside a simulator of their own."""

from collections.abc import Sequence
from random import Random

import pytest

from tests.independent.balancers import Balanced, Choice
from tests.independent.judging import Figures, assert_agree, component, mean_ms, run

SPEC = """
archspec: 1
name: Behind a balancer
components:
  user: {{kind: client}}
  lb:   {{kind: load_balancer, algorithm: {algorithm}}}
  api:  {{kind: server, replicas: {replicas}, cores: 1}}
connections: [user -> lb -> api]
flows:
  ask: {{from: user, rate: {rate}/s, steps: [{{call: lb, steps: [{{call: api, cpu: exponential(10ms)}}]}}]}}
scenarios:
  one-slow: {{faults: [{{at: 0s, slow: api-3, by: 4x}}]}}
"""


def archspecs(algorithm: str, replicas: int, rate: int, seconds: float, seed: int, scenario: str | None) -> Figures:
    results = run(SPEC.format(algorithm=algorithm, replicas=replicas, rate=rate), seconds, seed, scenario)
    api = component(results, "api")
    assert api.core_utilisation is not None
    return {"mean ms": mean_ms(results), "utilisation": api.core_utilisation, "inside": api.in_system}


class FewestInTurn:
    """The server with the fewest under way; of several, the next after the one chosen last."""

    def __init__(self) -> None:
        self.last = -1

    def __call__(self, under_way: Sequence[int], random: Random) -> int:
        count = len(under_way)
        in_turn = [(self.last + 1 + step) % count for step in range(count)]
        self.last = min(in_turn, key=lambda number: under_way[number])
        return self.last


def better_of_two(under_way: Sequence[int], random: Random) -> int:
    """Of two different servers drawn, the one with less under way; of equals the first (M. Mitzenmacher, 1996)."""
    one, two = random.sample(range(len(under_way)), 2)
    return two if under_way[two] < under_way[one] else one


def judge(choose: Choice, means: Sequence[float], rate: int, seconds: float, seed: int) -> Figures:
    return Balanced(means, rate, choose, seed, seconds).run()


@pytest.mark.parametrize(
    ("seeds", "seconds", "within"), [(8, 12, 0.3), pytest.param(20, 60, 0.1, marks=pytest.mark.slow)]
)
def test_least_connections_sends_a_slow_replica_less(seeds: int, seconds: float, within: float) -> None:
    means = (0.010, 0.010, 0.040)
    assert_agree(
        lambda seed: archspecs("least_connections", 3, 150, seconds, seed, "one-slow"),
        lambda seed: judge(FewestInTurn(), means, 150, seconds, seed),
        seeds,
        within,
    )


@pytest.mark.parametrize(
    ("seeds", "seconds", "within"), [(8, 12, 0.3), pytest.param(20, 80, 0.05, marks=pytest.mark.slow)]
)
def test_power_of_two_chooses_the_less_busy_of_two(seeds: int, seconds: float, within: float) -> None:
    means = (0.010,) * 5
    assert_agree(
        lambda seed: archspecs("power_of_two", 5, 400, seconds, seed, None),
        lambda seed: judge(better_of_two, means, 400, seconds, seed),
        seeds,
        within,
    )

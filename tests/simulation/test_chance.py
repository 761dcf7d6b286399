"""Draws that depend on what they are for, and on nothing else."""

import numpy as np
import pytest

from archspec.language import load_text
from archspec.model import Time
from archspec.simulation.options import SimulationOptions
from archspec.simulation.run import Run
from archspec.simulation.simulate import run_simulation

SPEC = """
archspec: 1
name: Draws
components: {{user: {{kind: client}}, api: {{kind: server}}}}
connections: [user -> api]
flows: {{ask: {{from: user, rate: 1000/s, steps: [{{call: api, {work}}}]}}}}
scenarios: {{run: {{duration: {duration}, warm_up: 0s, load: {{ask: {{arrivals: even}}}}}}}}
"""


def run_of(work: str, duration: str = "60s", seed: int = 1) -> Run:
    spec = load_text(SPEC.format(work=work, duration=duration))
    return run_simulation(spec, SimulationOptions(scenario="run", seed=seed, keep_requests=True))


def times_of(work: str, duration: str = "60s", seed: int = 1) -> list[int]:
    requests = run_of(work, duration, seed).every_request
    took = requests.until - requests.at
    return [int(time) for time, until in zip(took, requests.until, strict=True) if until >= 0]


@pytest.mark.parametrize(
    "text",
    [
        "exponential(6ms)",
        "lognormal(p50=3ms p99=25ms)",
        "lognormal(mean=6ms sd=3ms)",
        "normal(mean=6ms sd=2ms)",
        "uniform(2ms 9ms)",
        "erlang(k=6 mean=6ms)",
        "hyperexponential(p=0.1 mean1=20ms mean2=2ms)",
        "empirical(1ms 2ms 9ms)",
    ],
)
def test_a_family_has_the_mean_it_should(text: str) -> None:
    """60,000 draws come within five standard errors of the distribution's mean."""
    drawn = np.array(times_of(f"takes: {text}"))
    assert abs(drawn.mean() - Time.parse(text).mean) < 5 * drawn.std() / np.sqrt(len(drawn))


def test_statuses_come_with_their_shares() -> None:
    """Of 60,000 draws 2% ± 0.3% are 404."""
    status = run_of("status: {404: 2%}").every_request.status
    assert sorted(set(status.tolist())) == [200, 404]
    assert abs((status == 404).mean() - 0.02) < 0.003


def test_a_longer_run_draws_the_same_for_its_first_requests() -> None:
    short, long = times_of("takes: exponential(1ms)", "1s"), times_of("takes: exponential(1ms)", "2s")
    assert short[:900] == long[:900]


def test_another_seed_draws_otherwise() -> None:
    one, other = times_of("takes: exponential(1ms)", "1s", 1), times_of("takes: exponential(1ms)", "1s", 2)
    assert sum(a == b for a, b in zip(one, other, strict=False)) == 0

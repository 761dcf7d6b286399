"""The figures that the README of the chat tells."""

from pathlib import Path

import pytest

from archspec.language import load
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results, SessionResult
from archspec.simulation.simulate import simulate
from archspec.validators.run import judge

SPEC = load(Path(__file__).parent.parent / "specs/chat/architecture.yaml")


def storm(scenario: str) -> tuple[SessionResult, Results]:
    results = simulate(SPEC, SimulationOptions(scenario=scenario, seed=1))
    return results.sessions[0], results


def test_lint_foresees_the_storm() -> None:
    found = [each.message for each in judge(SPEC).findings if each.code == "RES17"]
    assert found == [
        "when a replica of `gateway` dies, 10,000 users of `connected` come back within 1 s, and 723/s of their "
        "handshakes can be served: they are back after 13.8 s at the earliest"
    ]


@pytest.mark.parametrize(
    ("scenario", "handshakes", "busiest", "seconds", "share", "without"),
    [
        ("lose-a-gateway", 61_214, 12_711, 27.2, 0.9759, 6_381),
        ("lose-a-gateway-unhurried", 16_509, 614, 38.9, 0.9786, 9),
    ],
)
def test_the_storm_is_as_told(
    scenario: str, handshakes: int, busiest: int, seconds: float, share: float, without: int
) -> None:
    session, results = storm(scenario)
    connected, write, _ = results.flows
    assert (session.dropped, connected.offered, session.most_handshakes) == (9_999, handshakes, busiest)
    assert session.longest_below / 1e9 == pytest.approx(seconds, abs=0.1)
    assert session.mean_connected == pytest.approx(share, abs=0.0001)
    assert write.degraded == without


@pytest.mark.slow
def test_a_deploy_is_three_storms() -> None:
    session, results = storm("deploy")
    assert (session.dropped, results.flows[0].offered) == (32_064, 227_277)

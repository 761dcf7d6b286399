"""The figures that the README of the two regions tells."""

from pathlib import Path

import pytest

from archspec.analysis.availability import Availability
from archspec.language import load
from archspec.language.what_if import changed
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.verification.values import Kept
from archspec.verification.verify import verify

SPEC = load(Path(__file__).parent.parent / "specs/two_regions/architecture.yaml")
FLOWS = ("look-eu", "look-us", "pay-eu", "pay-us")


def failed(scenario: str) -> dict[str, int]:
    results = simulate(SPEC, SimulationOptions(scenario=scenario, seed=1))
    return {flow.flow: sum(count for _, count in flow.failed) for flow in results.flows}


@pytest.mark.parametrize(
    ("failover", "about"),
    [("1h", (0.999992, 0.999992, 0.999765, 0.999765)), ("1m", (0.999992, 0.999992, 0.999988, 0.999987))],
)
def test_a_promise_hangs_on_the_time_of_failover(failover: str, about: tuple[float, ...]) -> None:
    availability = Availability(changed(SPEC, {"ledger.failover_time": failover}))
    found = tuple(availability.of_flow(flow).at_most for flow in FLOWS)
    assert found == pytest.approx(about, abs=1.5e-6)


def test_without_america_nothing_is_lost_in_europe() -> None:
    assert failed("america-lost") == {"look-eu": 0, "look-us": 4_509, "pay-eu": 0, "pay-us": 456}


def test_a_copy_that_takes_over_within_a_minute_saves_most_payments() -> None:
    assert failed("europe-lost-prompt") == {"look-eu": 6_049, "look-us": 0, "pay-eu": 1_238, "pay-us": 915}


@pytest.mark.slow
def test_payments_fail_for_an_hour() -> None:
    assert failed("europe-lost") == {"look-eu": 6_049, "look-us": 0, "pay-eu": 71_728, "pay-us": 53_972}


@pytest.mark.slow
def test_runs_agree_with_what_is_computed() -> None:
    found = {verdict.flow: verdict for verdict in verify(SPEC).flows}
    assert [found[flow].kept for flow in FLOWS] == [Kept.ALLOWED, Kept.ALLOWED, Kept.NO, Kept.NO]
    assert found["look-us"].availability == pytest.approx(0.999993, abs=1e-6)
    assert found["pay-eu"].availability == pytest.approx(0.999766, abs=1e-6)

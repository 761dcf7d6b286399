"""The figures that the README of the nightly pipeline tells."""

from pathlib import Path

import pytest

from archspec.analysis.availability import Availability
from archspec.language import load
from archspec.language.what_if import changed, in_scenario
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import JobResult
from archspec.simulation.simulate import simulate
from archspec.validators.run import judge

SPEC = load(Path(__file__).parent.parent / "specs/nightly_pipeline/architecture.yaml")


def night(scenario: str) -> tuple[JobResult, JobResult, float | None]:
    """What became of the night and of the loads of the day, and how many minutes the night took."""
    results = simulate(SPEC, SimulationOptions(scenario=scenario))
    nightly, fresh = results.jobs
    flow = next(flow for flow in results.flows if flow.flow == "nightly")
    return nightly, fresh, flow.latency.mean.value / 60e9 if flow.latency is not None else None


def test_a_night_without_the_warehouse_for_an_hour_is_done_at_four_to_five() -> None:
    nightly, fresh, took = night("warehouse-down")
    assert (nightly.done, nightly.restarts, fresh.ticks, fresh.failed) == (1, 4, 20, 4)
    assert took == pytest.approx(146.0, abs=0.5)


def test_a_night_without_exchange_rates_fails_at_six() -> None:
    nightly, _, took = night("rates-down")
    assert (nightly.overdue, nightly.restarts, took) == (1, 9, None)


@pytest.mark.parametrize(
    ("change", "about"), [({}, 0.99283), ({"rates.mttr": "30m"}, 0.99904), ({"nightly.deadline": "12h"}, 0.999226)]
)
def test_the_share_of_nights_is_the_one_told(change: dict[str, str], about: float) -> None:
    found = Availability(changed(SPEC, change)).of_flow("nightly").in_time
    assert found is not None
    assert found.share == pytest.approx(about, abs=5e-6)


def test_a_small_warehouse_is_too_small_while_the_jobs_run() -> None:
    scenario = SPEC.scenarios["small-warehouse"]
    found = [finding.text for finding in judge(in_scenario(SPEC, scenario)).findings if finding.code == "PRF03"]
    assert "`warehouse` keeps busy 3.54 slots of 2 while nightly and fresh are in work" in found[0]

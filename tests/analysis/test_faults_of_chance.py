"""Inputs whose availability was once wrong by what is drawn, each with what is right."""

from pathlib import Path

import pytest

from archspec.analysis.availability import Availability
from archspec.analysis.demand import demands_of
from archspec.language import load
from archspec.validators.config import Config
from archspec.validators.run import judge

FAULTS = Path(__file__).parent / "faults"

RIGHT = {
    "outer-retry-redraws": ("read", 1 - (1 - 0.9801) ** 3),
    "outer-retry-of-503": ("f", 1 - 0.02**3),
    "times-repeats-the-draw": ("read", 0.9801**10),
    "post-is-not-retried": ("read", 0.9801),
    "lost-without-timeout": ("read", 0.9801),
    "status-of-a-failed-call": ("f", 0.625),
    "miss-in-a-call": ("f", 0.999 * (0.999 * 0.9 + (0.999 * 0.1 + 0.001) * 0.99**2)),
    "not-found-in-a-miss": (
        "f",
        0.999 * (0.999 * 0.9 * 0.99 + (0.999 * 0.1 + 0.001) * 0.99**2 * (0.5 + 0.5 * 0.99)),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_availability(name: str) -> None:
    flow, right = RIGHT[name]

    assert Availability(load(FAULTS / f"{name}.yaml")).of_flow(flow).value == pytest.approx(right, abs=1e-12)


@pytest.mark.parametrize("name", ["outer-retry-redraws", "outer-retry-of-503"])
def test_an_objective_that_retries_meet_is_not_called_infeasible(name: str) -> None:
    found = judge(load(FAULTS / f"{name}.yaml"), Config())

    assert "AVL08" not in {finding.code for finding in found.findings}


def test_each_region_carries_its_own_half_of_the_load() -> None:
    demands = demands_of(load(FAULTS / "list-in-two-regions.yaml"), "read")

    assert (demands.of("api-east").visits, demands.of("api-west").visits) == (0.5, 0.5)


def test_lint_judges_each_caller_below_a_list() -> None:
    found = judge(load(FAULTS / "list-without-connection.yaml"), Config())

    assert [finding.element for finding in found.findings if finding.code == "STR10"] == ["us -> db-eu"]

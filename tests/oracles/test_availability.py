"""The figures of `analyze` against enumeration of all states, over random systems."""

import json

import pytest

from archspec.analysis import states
from archspec.analysis.availability import Availability, FlowAvailability
from archspec.language import load_text
from tests.oracles.enumeration import availability
from tests.oracles.systems import random_system

ROUNDING = 1e-9


def _analysed(seed: int) -> tuple[FlowAvailability, float]:
    spec = random_system(seed)
    return Availability(load_text(json.dumps(spec))).of_flow("ask"), availability(spec, "ask")


def _check(seeds: range) -> None:
    exact = 0
    for seed in seeds:
        flow, expected = _analysed(seed)
        if flow.known is None or flow.known.exact is not None:  # None: nothing that can fail has a figure
            exact += 1
            assert (1.0 if flow.known is None else flow.known.exact) == pytest.approx(expected, abs=ROUNDING), seed
            continue
        assert flow.known.lower - ROUNDING <= expected <= flow.known.upper + ROUNDING, seed
        assert flow.known.upper - flow.known.lower <= 0.1 * (1 - expected), seed
    assert exact >= 0.9 * len(seeds)


def test_availability_is_that_of_all_states_or_lies_in_close_bounds() -> None:
    _check(range(60))


@pytest.mark.parametrize("most", [0, 2])
def test_where_states_are_too_many_the_truth_lies_between_the_bounds(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So few conditions may be told apart that nearly every system has bounds."""
    monkeypatch.setattr(states, "CONDITION_LIMIT", most)
    bounded = 0
    for seed in range(100, 130):
        flow, expected = _analysed(seed)
        if flow.known is not None:
            bounded += flow.known.exact is None
            assert flow.known.lower - ROUNDING <= expected <= flow.known.upper + ROUNDING, seed
    assert bounded > 10


@pytest.mark.slow
def test_availability_of_300_systems_is_that_of_all_states_or_lies_in_close_bounds() -> None:
    _check(range(60, 360))

"""A promise allows for a fault that breaks it while it lasts, if it comes so seldom that it stays within."""

from dataclasses import replace
from fractions import Fraction

import pytest

from archspec.model import Objective
from archspec.verification.judging import affordable, expected
from archspec.verification.values import Fault, FlowVerdict, Kept, Late, State, Tried

LIMIT = 100_000_000
CALM = State(10_000, 10_000, (), (Late("p99", 5e7, 4e7, 6e7, LIMIT),), None, slow=0.004)
DOWN = State(10_000, 5_000, (), (), None)
SLOW = State(10_000, 10_000, (), (Late("p99", 3e8, 2e8, 4e8, LIMIT),), None)
GROWS = State(10_000, 10_000, (), (), "requests pile up")
PROMISED = Objective.model_validate({"success": "99.9%", "p99": "100ms"})


def tried(state: State, chance: float | None, kept: Kept = Kept.NO, parts: int = 1) -> Tried:
    names = tuple(f"api-{number}" for number in range(parts))
    return Tried(Fault(names, names, chance, None), state, (), 0.0, None, (), (), kept, (), "")


def verdict(*found: Tried, calm: State = CALM, objective: Objective | None = PROMISED) -> FlowVerdict:
    return FlowVerdict("ask", Fraction(1), objective, calm, Kept.YES, (), found, Kept.NO, None, None, "")


@pytest.mark.parametrize(
    ("found", "is_affordable"),
    [
        (verdict(tried(DOWN, 0.002)), True),  # half of 0.2% fails: 99.9% is promised
        (verdict(tried(DOWN, 0.0021)), False),
        (verdict(tried(DOWN, 0.001), tried(DOWN, 0.001)), True),
        (verdict(tried(DOWN, 0.001), tried(DOWN, 0.0011)), False),
        (verdict(tried(DOWN, None)), False),
        (verdict(tried(DOWN, None, Kept.YES)), True),  # what breaks nothing may come as often as it likes
        (verdict(tried(DOWN, 0.5, parts=2)), True),  # that two fail is counted with each of them
        (verdict(tried(SLOW, 0.006)), True),  # 0.4% of the answers are slow anyhow, and 1% may be
        (verdict(tried(SLOW, 0.007)), False),
        (verdict(tried(GROWS, 0.007)), False),
        (verdict(tried(SLOW, 0.003), tried(GROWS, 0.004)), False),
        (verdict(tried(SLOW, 0.001), calm=replace(CALM, slow=None)), False),
        (verdict(tried(SLOW, 0.001), objective=None), False),
    ],
)
def test_a_promise_allows_for_what_comes_so_seldom(found: FlowVerdict, *, is_affordable: bool) -> None:
    assert affordable(found) is is_affordable


def test_what_is_expected_is_calm_less_what_each_single_fault_costs() -> None:
    calm = replace(CALM, ok=9_000)
    faults = (tried(DOWN, 0.1), tried(DOWN, 0.1, parts=2), tried(DOWN, None), tried(CALM, 0.5))
    assert expected(verdict(*faults, calm=calm)) == pytest.approx(0.9 - 0.1 * (0.9 - 0.5))
    assert expected(verdict(tried(replace(DOWN, offered=0, ok=0), 0.5), calm=calm)) == 0.9
    assert expected(verdict(tried(DOWN, 1.0), tried(DOWN, 1.0))) == 0.0

"""A plan in sentences."""

from dataclasses import replace
from fractions import Fraction

import pytest

from archspec.planning.telling import headline, margin, tries
from archspec.planning.values import Change, Margin, Plan, Setting, Try, Verdict
from archspec.reports import Screen
from archspec.reports.plan.text import text

LARGER = Change((Setting("api.replicas", Fraction(2), Fraction(3)), Setting("api.cores", Fraction(1, 2), Fraction(1))))
NONE = Change(())


def plan(change: Change | None, level: int = 1, beyond: tuple[str, ...] = (), tried: tuple[Try, ...] = ()) -> Plan:
    return Plan("Shop", Fraction(level), 1, change, (), tried, beyond, ())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (plan(None), "no change was found that keeps every promise at the load as it is with one part lost"),
        (plan(None, 3, ("db-1",)), "no change was found that keeps every promise at 3x the load with one part lost"),
        (plan(NONE), "every promise is kept at the load as it is with one part lost, as the spec is"),
        (
            plan(NONE, 2, ("db-1",)),
            "every promise is kept at 2x the load with one part lost (1 part left out), as the spec is",
        ),
        (
            plan(LARGER, 2, ("db-1", "lb-1")),
            "the smallest change that keeps every promise at 2x the load with one part lost (2 parts left out)",
        ),
    ],
)
def test_the_headline_says_load_change_and_what_is_left_out(found: Plan, said: str) -> None:
    assert headline(found) == said


def test_of_many_tries_the_first_twelve_are_told_and_the_rest_counted() -> None:
    """The spec as it is was tried too, and is no change."""
    first, other = Try(NONE, Verdict.BREAKS, "ask: 98%"), Try(LARGER, Verdict.UNSURE, "ask: 99%")
    told = "api.replicas: 2 -> 3, api.cores: 0.5 -> 1: too near to tell (ask: 99%)"
    assert tries(plan(None, tried=(first, *[other] * 12))) == [told] * 12
    assert tries(plan(None, tried=(first, *[other] * 14))) == [*[told] * 12, "and 2 more"]
    assert tries(plan(LARGER, tried=(Try(LARGER, Verdict.HOLDS, None),))) == [
        "api.replicas: 2 -> 3, api.cores: 0.5 -> 1: keeps every promise"
    ]


def test_a_margin_says_how_near_and_when() -> None:
    success = Margin("buy", "success", 0.999, 0.9995, 0.9991, 0.9999, "api-1")
    late = Margin("buy", "p99", 1e8, 57.4e6, 50e6, 60e6, None)
    assert margin(success) == "buy succeeds in 99.95% (at least 99.91%), 99.9% promised, without `api-1`"
    assert margin(late) == "buy p99 is 57.4 ms (50 ms to 60 ms), 100 ms promised"


def test_sentences_fill_the_screen_and_no_more() -> None:
    noted = replace(plan(None), notes=("a b c d e f g h i j k l m n o p q r s t u v w x y z " * 3,))
    for width in range(30, 60):
        sentences = [line for line in text(noted, Screen(width=width)).splitlines() if line.startswith("  ")]
        assert width - 1 <= max(map(len, sentences)) <= width

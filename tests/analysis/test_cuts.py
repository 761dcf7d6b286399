"""Minimal cut sets to order three."""

from itertools import combinations

import pytest
from hypothesis import given

from archspec.analysis import cuts as cuts_module
from archspec.analysis.availability import Availability
from archspec.analysis.cuts import fails, minimal_cuts
from archspec.analysis.expression import (
    FALSE,
    Cause,
    Constant,
    Expression,
    Not,
    Variable,
    all_of,
    at_least,
    bottom_up,
    restricted,
    variables,
)
from tests.analysis.specs import spec
from tests.analysis.test_diagram import expressions
from tests.properties import examples

ZONES = "{a: {kind: zone}, b: {kind: zone}}"


def cuts(components: str, steps: str, groups: str = "{}") -> list[str]:
    found = Availability(spec(components, steps, groups=groups)).of_flow("f").cuts.sets
    return [" ".join(sorted(part.name for part in cut)) for cut in found]


def test_two_of_three_fail_by_any_two() -> None:
    assert cuts("x: {kind: server, replicas: 3, needs: 2}", "{call: x}") == ["x-1 x-2", "x-1 x-3", "x-2 x-3"]


def test_a_zone_and_a_replica_elsewhere_are_a_cut() -> None:
    found = cuts("x: {kind: server, replicas: 3, needs: 1, zones: [a, b]}", "{call: x}", ZONES)

    assert sorted(found) == ["a b", "a x-2", "b x-1 x-3", "x-1 x-2 x-3"]


def test_a_fallback_must_fail_too() -> None:
    assert cuts("x: {kind: server}, y: {kind: server}", "{call: x, fallback: [{call: y}]}") == ["x-1 y-1"]


def test_choices_are_taken_at_their_worse_outcome() -> None:
    assert cuts("x: {kind: server}", "{call: x, chance: 1%}") == ["x-1"]


def test_sets_beyond_the_order_are_left_out() -> None:
    assert cuts("x: {kind: server, replicas: 4}", "{call: x}") == []


def test_the_silence_of_a_zone_further_in_is_a_cut_and_the_death_of_who_would_wait_for_it_is_none() -> None:
    components = "s: {kind: server}, y: {kind: server}, x: {kind: server, zones: [a]}"
    found = Availability(
        spec(
            components,
            "{call: s, steps: [{call: y, optional: true, steps: [{call: x}]}]}",
            groups="{a: {kind: zone}}",
            connections="[{from: app, to: s}, {from: s, to: y}, {from: y, to: x}]",
        )
    ).of_flow("f")
    assert [sorted(part.name for part in cut) for cut in found.cuts.sets] == [["s-1"], ["a"]]


@examples(100)
@given(expressions)
def test_cuts_are_those_of_trying_every_set(expression: Expression) -> None:
    if any(isinstance(node, Not) for node in bottom_up(expression)) or isinstance(expression, Constant):
        return
    parts = variables(expression)
    failing: list[frozenset[Variable]] = []
    for size in (1, 2, 3):
        for chosen in map(frozenset, combinations(parts, size)):
            down = restricted(expression, {part: part not in chosen for part in parts})
            if down is FALSE and not any(smaller <= chosen for smaller in failing):
                failing.append(chosen)

    assert set(minimal_cuts(expression).sets) == set(failing)


@pytest.mark.parametrize("limit", [1, 3, 10])
@pytest.mark.parametrize("of_parts", [True, False])
def test_too_many_cut_sets_are_cut_short_and_it_is_said(
    limit: int, of_parts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is listed then is cut all the same, and the smallest sets are among it."""
    parts = [Variable(f"p{number}", Cause.REPLICA, "p", 0.9) for number in range(12)]
    pairs = [all_of(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    expression = all_of([at_least(4, parts[:6] if of_parts else pairs), parts[11]])
    whole = minimal_cuts(expression)
    monkeypatch.setattr(cuts_module, "CUT_LIMIT", limit)
    some = minimal_cuts(expression)
    assert (whole.complete, some.complete) == (True, False)
    assert set(some.sets) < set(whole.sets)
    assert all(fails(expression, cut) for cut in some.sets)
    assert whole.of_order(1) == (frozenset({parts[11]}),)
    assert len(whole.of_order(3)) == len(whole.sets) - 1


@examples(60)
@given(expressions)
def test_a_cut_fails_and_without_any_of_its_parts_it_does_not(expression: Expression) -> None:
    """Where something stands below a `Not` too: each that is listed fails, and no smaller one that is listed does."""
    found = minimal_cuts(expression).sets
    assert all(fails(expression, cut) for cut in found)
    assert not [cut for cut in found for other in found if other < cut]
    assert [len(cut) for cut in found] == sorted(len(cut) for cut in found)
    assert all(len(cut) <= 3 for cut in found)

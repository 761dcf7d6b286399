"""Minimal cut sets to order three."""

from itertools import combinations

from hypothesis import given

from archspec.analysis.availability import Availability
from archspec.analysis.cuts import minimal_cuts
from archspec.analysis.expression import FALSE, Constant, Expression, Not, Variable, bottom_up, restricted, variables
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

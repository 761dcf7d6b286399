"""Exact figures whatever the order, and bounds that hold, against trying every combination of up and down."""

import random
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis import conditioning, crowds, probability
from archspec.analysis.conditioning import Conditioned
from archspec.analysis.crowds import condensed, fewer_than
from archspec.analysis.diagram import Diagram
from archspec.analysis.expression import (
    Cause,
    Expression,
    Variable,
    all_of,
    any_of,
    at_least,
    variables,
)
from archspec.analysis.modules import modules_apart
from archspec.analysis.order import groups_first, neighbours_together
from archspec.analysis.probability import Probability
from tests.analysis.test_diagram import enumerated, expressions
from tests.properties import examples


def replica(name: str, owner: str, chance: float = 0.99) -> Variable:
    return Variable(name, Cause.REPLICA, owner, chance)


def zones(count: int, chance: float = 0.9995) -> list[Variable]:
    return [Variable(f"zone-{i}", Cause.GROUP, f"zone-{i}", chance) for i in range(count)]


def placed(places: list[list[int]], over: list[Variable], chance: float = 0.99) -> Expression:
    """Parts in a row, each with a replica in every of its zones, of which it needs one."""
    return all_of(
        any_of(all_of([replica(f"p{i}-{zone}", f"p{i}", chance), over[zone]]) for zone in chosen)
        for i, chosen in enumerate(places)
    )


@examples(100)
@given(expressions)
def test_every_order_of_the_variables_gives_the_same(expression: Expression) -> None:
    for order in (groups_first, neighbours_together):
        assert Diagram(expression, order(expression)).probability() == pytest.approx(enumerated(expression), abs=1e-12)


@examples(100)
@given(expressions)
def test_all_states_give_the_exact_figure(expression: Expression) -> None:
    found = Conditioned(expression).range()

    assert found.exact == pytest.approx(enumerated(expression), abs=1e-12)


@examples(200)
@given(expressions, st.integers(1, 12))
def test_some_states_give_bounds_that_hold(expression: Expression, states: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conditioning, "WORK", 0)
        patch.setattr(conditioning, "STATES", states)
        patch.setattr(conditioning, "_TERM_NODES", 10)
        found = Conditioned(expression).range()

    assert found.lower <= enumerated(expression) + 1e-12
    assert found.upper >= enumerated(expression) - 1e-12


@examples(100)
@given(expressions)
def test_one_variable_for_a_module_changes_nothing(expression: Expression) -> None:
    assert Diagram(modules_apart(expression)).probability() == pytest.approx(enumerated(expression), abs=1e-12)


def test_sixty_parts_round_a_ring_of_thirty_zones_are_exact() -> None:
    ring = [[(i + step) % 30 for step in range(3)] for i in range(60)]

    found = Probability(placed(ring, zones(30), 0.9999)).range

    assert found.exact is not None


def test_parts_in_three_of_forty_random_zones_get_close_bounds() -> None:
    chance = random.Random(1)
    found = Probability(placed([chance.sample(range(40), 3) for _ in range(60)], zones(40))).range

    assert found.exact is None
    assert 0 < found.upper - found.lower < 1e-6 * (1 - found.upper)


def test_parts_over_sixteen_zones_each_are_no_work() -> None:
    dense = [list(range(16))] * 16

    assert Probability(placed(dense, zones(16), 0.5)).range.exact == pytest.approx((1 - 0.50025**16) ** 16, rel=1e-4)


def test_a_large_diagram_comes_before_wide_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probability, "FIRST_LIMIT", 10)
    monkeypatch.setattr(conditioning, "WORK", 0)
    monkeypatch.setattr(conditioning, "STATES", 1)
    parts = placed([[0, 1], [1, 2], [2, 0]], zones(3, 0.9), 0.9)

    assert Probability(parts).range.exact == pytest.approx(Diagram(parts).probability(), abs=1e-15)


@examples(80)
@given(
    count=st.integers(1, 9),
    places=st.lists(st.integers(-1, 2), min_size=2, max_size=9),
    chance=st.sampled_from([0.0, 0.3, 0.9, 1.0]),
)
def test_a_pool_taken_together_is_as_probable_as_one_by_one(count: int, places: list[int], chance: float) -> None:
    """Replicas behind three zones or none, another part in two of the zones."""
    over = zones(3, 0.7)
    pool = at_least(
        count,
        [
            all_of([replica(f"r{i}", "r", chance), *([over[place]] if place >= 0 else [])])
            for i, place in enumerate(places)
        ],
    )
    whole = all_of([pool, any_of([over[0], all_of([over[1], replica("x", "x", 0.6)])])])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crowds, "SMALL", 0)
        together = condensed(whole).expression
        importance = Probability(whole).importance

    assert Diagram(together).probability() == pytest.approx(Diagram(whole).probability(), abs=1e-12)
    falls = Diagram(whole).importance()
    members = [part for part in variables(whole) if part.owner == "r"]
    if len(members) > 1 and 0 < chance < 1 and all(part in importance for part in members):
        assert sum(map(importance.__getitem__, members)) == pytest.approx(
            sum(map(falls.__getitem__, members)), abs=1e-9
        )


@pytest.mark.parametrize(("count", "trials"), [(2, 3), (950, 1000), (1, 40), (40, 40), (0, 5), (6, 5)])
def test_fewer_than_is_the_binomial_sum(count: int, trials: int) -> None:
    direct = sum(comb(trials, k) * 0.95**k * 0.05 ** (trials - k) for k in range(min(count, trials + 1)))

    assert fewer_than(count, trials, 0.95) == pytest.approx(direct, rel=1e-11, abs=1e-30)


def test_a_pool_in_zones_is_the_sum_over_which_are_up() -> None:
    """900 replicas in three zones, 590 needed: with one zone down just enough are left."""
    over = zones(3, 0.99)
    pool = at_least(590, [all_of([replica(f"r{i}", "r", 0.99), over[i % 3]]) for i in range(900)])
    direct = sum(
        0.99 ** sum(up) * 0.01 ** (3 - sum(up)) * (1 - fewer_than(590, 300 * sum(up), 0.99))
        for up in product([0, 1], repeat=3)
    )

    assert Probability(pool).range.exact == pytest.approx(direct, abs=1e-13)


@examples(60)
@given(replicas=st.integers(1, 1500), needs=st.integers(1, 1500), chance=st.floats(0.5, 0.999))
def test_adding_a_replica_never_lowers_a_pool(replicas: int, needs: int, chance: float) -> None:
    assert fewer_than(needs, replicas + 1, chance) <= fewer_than(needs, replicas, chance) * (1 + 1e-9)


def test_only_what_has_parts_of_its_own_becomes_a_module() -> None:
    """`db` stands in two places as it is; of two stores together one variable is made, unless a part is met alone."""
    db, twin, a, b = (replica(name, name) for name in ("db", "twin", "a", "b"))
    alone = any_of([all_of([a, db]), all_of([b, db])])
    assert modules_apart(alone) is alone
    stores = any_of([db, twin])
    together = modules_apart(any_of([all_of([a, stores]), all_of([b, stores])]))
    assert [each.name for each in variables(together)] == ["a", "db: all that it needs", "b"]
    shared = any_of([all_of([a, stores]), all_of([b, stores]), db])
    assert modules_apart(shared) is shared

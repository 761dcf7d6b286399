"""Each form of a time: its values, mean and variance by hand, its shares on a grid, and how far it reaches."""

from math import exp, log

import pytest

from archspec.analysis import grid
from archspec.analysis.joining import share_of
from archspec.analysis.law import (
    NOTHING,
    Branch,
    Choice,
    Cut,
    Fixed,
    Join,
    Known,
    Law,
    Sum,
    after_one_another,
    known,
    masses,
    one_of,
    repeated,
)
from archspec.model.times import Time
from tests.analysis.test_closed_form import TIMES

MS = 0.001
ONE, TWO, THREE = (Fixed(MS * seconds) for seconds in (1, 2, 3))
EXPONENTIAL = Known(Time.parse("exponential(6ms)"))
GAMMA = Sum(((EXPONENTIAL, 2),))
"""The sum of two exponential times: in units of their mean of 6 ms, mean 2 and variance 2."""


def fixed_branches(needs: int, *, ends_well: bool) -> Join:
    """1, 2 and 3 ms, which end well in 90, 80 and 70% of cases."""
    parts = (Branch(0.9, ONE, ONE, 1), Branch(0.8, TWO, TWO, 1), Branch(0.7, THREE, THREE, 1))
    return Join(parts, needs, ends_well)


@pytest.mark.parametrize(
    ("law", "values"),
    [
        (ONE, {1: 1.0}),
        (known(None), {0: 1.0}),
        (Known(Time.parse("2ms")), {2: 1.0}),
        (Sum(((ONE, 2), (THREE, 1))), {5: 1.0}),
        (Choice(((0.25, ONE), (0.75, THREE))), {1: 0.25, 3: 0.75}),
        (Choice(((0.5, ONE), (0.5, ONE))), {1: 1.0}),
        (Sum(((Choice(((0.5, ONE), (0.5, TWO))), 2),)), {2: 0.25, 3: 0.5, 4: 0.25}),
        (Cut(Choice(((0.25, ONE), (0.75, THREE))), 2 * MS, only_below=False), {1: 0.25, 2: 0.75}),
        (Cut(Choice(((0.25, ONE), (0.75, THREE))), 2 * MS, only_below=True), {1: 1.0}),
        (Cut(Choice(((0.25, ONE), (0.75, THREE))), 3 * MS, only_below=True), {1: 0.25, 3: 0.75}),
        (Cut(THREE, 2 * MS, only_below=True), {2: 1.0}),
        (fixed_branches(1, ends_well=True), {1: 0.9 / 0.994, 2: 0.08 / 0.994, 3: 0.014 / 0.994}),
        (fixed_branches(2, ends_well=True), {2: 0.72 / 0.902, 3: 0.182 / 0.902}),
        (fixed_branches(3, ends_well=True), {3: 1.0}),
        (fixed_branches(1, ends_well=False), {3: 1.0}),
        (fixed_branches(2, ends_well=False), {2: 0.02 / 0.098, 3: 0.078 / 0.098}),
        (fixed_branches(3, ends_well=False), {1: 0.1 / 0.496, 2: 0.18 / 0.496, 3: 0.216 / 0.496}),
        (Join((Branch(1.0, ONE, NOTHING, 3),), 2, ends_well=True), {1: 1.0}),
    ],
)
def test_of_few_values_each_has_its_share(law: Law, values: dict[float, float]) -> None:
    assert law.atoms is not None
    assert [value / MS for value, _ in law.atoms] == pytest.approx(list(values))
    assert [share for _, share in law.atoms] == pytest.approx(list(values.values()))
    mean = sum(value * share for value, share in values.items())
    assert law.mean == pytest.approx(mean * MS, abs=1e-12)
    assert law.variance == pytest.approx(
        sum(share * (value - mean) ** 2 for value, share in values.items()) * MS**2, abs=1e-15
    )


@pytest.mark.parametrize(("needs", "well", "badly"), [(1, 0.994, 0.006), (2, 0.902, 0.098), (3, 0.504, 0.496)])
def test_a_join_ends_well_or_badly(needs: int, well: float, badly: float) -> None:
    assert fixed_branches(needs, ends_well=True).share == pytest.approx(well)
    assert share_of(fixed_branches(needs, ends_well=False)) == pytest.approx(badly)


@pytest.mark.parametrize(
    ("law", "mean", "variance"),
    [
        (GAMMA, 2, 2),
        (Sum(((EXPONENTIAL, 1), (ONE, 6))), 2, 1),
        (Choice(((0.5, EXPONENTIAL), (0.5, Fixed(18 * MS)))), 2, 1.5),
        (Join((Branch(1.0, GAMMA, NOTHING, 2),), 2, ends_well=True), 2.75, 2.1875),
        (Join((Branch(1.0, GAMMA, NOTHING, 2),), 1, ends_well=True), 1.25, 0.6875),
        (Join((Branch(0.0, NOTHING, GAMMA, 2),), 1, ends_well=False), 2.75, 2.1875),
        (Cut(GAMMA, 12 * MS, only_below=False), 2 - 4 * exp(-2), 6 - 26 * exp(-2) - (2 - 4 * exp(-2)) ** 2),
        (Cut(GAMMA, 12 * MS, only_below=True), (2 - 10 * exp(-2)) / (1 - 3 * exp(-2)), None),
        (Join((Branch(1.0, EXPONENTIAL, NOTHING, 4000),), 1000, ends_well=True), log(4 / 3), 0),
        (Join((Branch(0.0, NOTHING, EXPONENTIAL, 4000),), 3001, ends_well=False), log(4 / 3), 0),
    ],
)  # fmt: skip
def test_what_has_no_few_values_has_the_mean_and_variance_of_the_formula(
    law: Law, mean: float, variance: float | None
) -> None:
    """In units of 6 ms. Of the longer of two Γ(2) the mean is 2.75, as E|X - Y| is 1.5."""
    assert law.mean / (6 * MS) == pytest.approx(mean, rel=2e-3)
    if variance is not None:
        assert law.variance / (6 * MS) ** 2 == pytest.approx(variance, rel=1e-2, abs=1e-3)


def laws() -> list[Law]:
    plain: list[Law] = [Known(Time.parse(text)) for text in TIMES]
    made: list[Law] = [ONE, GAMMA, fixed_branches(2, ends_well=True)]
    for law in plain:
        branches = (Branch(0.9, law, TWO, 2), Branch(0.8, EXPONENTIAL, law, 1))
        made += [
            law,
            Sum(((law, 3), (EXPONENTIAL, 1))),
            Choice(((0.3, law), (0.7, GAMMA))),
            Cut(law, 7 * MS, only_below=False),
            Cut(law, 7 * MS, only_below=True),
            Cut(Sum(((law, 1), (ONE, 1))), 7 * MS, only_below=False),
            Join(branches, 2, ends_well=True),
            Join(branches, 3, ends_well=False),
        ]
    return made


@pytest.mark.parametrize("law", laws(), ids=lambda law: type(law).__name__)
def test_bounds_hold(law: Law) -> None:
    """Hardly a draw exceeds the reach; the centre is not below the mean."""
    assert law.reach <= law.farthest
    assert law.beyond(law.reach) <= 2e-3
    assert law.beyond(law.farthest) == 0
    assert law.beyond(law.mean / 1e6) > 0.5
    if not isinstance(law, Cut):
        assert law.centre >= law.mean * (1 - 2e-3)
    if isinstance(law, Cut):
        assert law.reach <= law.limit
        assert (law.centre, law.spread) == (law.law.centre, law.law.spread)
    if isinstance(law, Sum | Choice | Known | Fixed):
        assert (law.centre, law.spread) == (pytest.approx(law.mean), pytest.approx(law.variance))


@pytest.mark.parametrize("law", laws(), ids=lambda law: type(law).__name__)
def test_on_a_grid_the_shares_make_a_whole_of_the_same_mean(law: Law) -> None:
    step = law.farthest / (grid.POINTS - 1)
    shares = masses(law, step)
    assert shares.min() >= 0
    assert shares.sum() == pytest.approx(1.0, abs=2e-3)
    assert float(shares @ range(grid.POINTS)) * step == pytest.approx(law.mean, rel=2e-2, abs=step)


@pytest.mark.parametrize("text", TIMES)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
def test_on_a_grid_a_time_has_its_quantiles(text: str, share: float) -> None:
    time, step = Time.parse(text), 0.1 * MS
    below = grid.of_time(time, step).cumsum()[round(time.quantile(share) / 1e9 / step)]
    assert below == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("3ms", {3: 1.0}),
        ("2.25ms", {2: 0.75, 3: 0.25}),
        ("normal(mean=3ms sd=0ms)", {3: 1.0}),
        ("exponential(0ms)", {0: 1.0}),
        ("uniform(3ms 3ms)", {3: 1.0}),
        ("uniform(0.5ms 4.5ms)", {1: 0.25, 2: 0.25, 3: 0.25, 4: 0.25}),
        ("lognormal(p50=3ms p99=3ms)", {3: 1.0}),
    ],
)
def test_on_a_grid_of_milliseconds_a_time_has_these_shares(text: str, shares: dict[int, float]) -> None:
    found = grid.of_time(Time.parse(text), MS)
    assert {point: share for point, share in enumerate(found.tolist()) if share > 1e-9} == pytest.approx(shares)


def test_a_value_beyond_the_grid_is_left_out_and_one_at_its_end_is_not() -> None:
    last = (grid.POINTS - 1) * MS
    assert grid.of_value(last, MS)[-1] == pytest.approx(1.0)
    assert grid.of_value(last + MS, MS).sum() == 0
    assert grid.of_value(5.0, 0.0)[0] == 1.0


@pytest.mark.parametrize(
    ("limit", "only_below", "shares"),
    [
        (2, False, {1: 0.25, 2: 0.75}),
        (2.5, False, {1: 0.25, 2: 0.25 + 0.25, 3: 0.25}),
        (2, True, {1: 0.5, 2: 0.5}),
        (4, False, {1: 0.25, 2: 0.25, 3: 0.25, 4: 0.25}),
        (9, True, {1: 0.25, 2: 0.25, 3: 0.25, 4: 0.25}),
        (0.5, True, {}),
    ],
)
def test_on_a_grid_a_limit_cuts_what_is_above_it(limit: float, only_below: bool, shares: dict[int, float]) -> None:
    column = grid.of_time(Time.parse("uniform(0.5ms 4.5ms)"), MS)
    found = grid.cut(column, limit * MS, MS, only_below=only_below)
    assert {point: share for point, share in enumerate(found.tolist()) if share > 1e-9} == pytest.approx(shares)
    assert grid.cut(column, limit * MS, 0.0, only_below=True).tolist() == pytest.approx(column.tolist())


@pytest.mark.parametrize("times", [0, 1, 2, 3, 5, 8])
def test_on_a_grid_a_sum_has_as_many_terms_as_asked_for(times: int) -> None:
    found = grid.total([(grid.of_value(2 * MS, MS), times), (grid.of_value(MS, MS), 1)])
    assert found.argmax() == 2 * times + 1
    assert found.max() == pytest.approx(1.0)


def test_what_takes_nothing_is_left_out_of_sums_and_choices() -> None:
    assert after_one_another() is after_one_another(NOTHING, NOTHING) is NOTHING
    assert after_one_another(NOTHING, ONE) is ONE
    assert after_one_another(ONE, TWO).mean == pytest.approx(3 * MS)
    assert repeated(NOTHING, 3) is repeated(ONE, 0) is NOTHING
    assert repeated(ONE, 1) is ONE
    assert repeated(ONE, 3).mean == pytest.approx(3 * MS)
    assert one_of() is one_of((0.0, ONE)) is NOTHING
    assert one_of((0.0, TWO), (0.2, ONE)) is ONE
    assert one_of((1.0, ONE), (3.0, TWO)).mean == pytest.approx(1.75 * MS)


def test_the_share_beyond_a_limit_is_that_of_the_formula() -> None:
    assert GAMMA.beyond(12 * MS) == pytest.approx(3 * exp(-2), abs=2e-3)
    assert fixed_branches(2, ends_well=True).beyond(2 * MS) == pytest.approx(0.182 / 0.902)
    assert Choice(((0.25, ONE), (0.75, THREE))).beyond(MS) == pytest.approx(0.75)


def test_a_sum_reaches_as_far_as_its_middle_six_deviations_and_one_large_jump() -> None:
    """Or as all of its terms together, where that is nearer; a choice as its farthest, a cut to its limit."""
    far = -log(1e-4) * 6 * MS
    assert EXPONENTIAL.reach == pytest.approx(far, rel=1e-3)
    assert Sum(((EXPONENTIAL, 100),)).reach == pytest.approx((600 + 6 * 60 - 6) * MS + far, rel=1e-3)
    assert Sum(((EXPONENTIAL, 100), (ONE, 9))).reach == pytest.approx((609 + 6 * 60 - 6) * MS + far, rel=1e-3)
    assert Sum(((ONE, 3), (THREE, 1))).reach == pytest.approx(6 * MS)
    assert Choice(((0.5, EXPONENTIAL), (0.5, THREE))).reach == pytest.approx(far, rel=1e-3)
    assert Cut(EXPONENTIAL, 20 * MS, only_below=False).reach == pytest.approx(20 * MS)
    assert Cut(EXPONENTIAL, 200 * MS, only_below=False).reach == pytest.approx(far, rel=1e-3)
    assert Join((Branch(0.5, THREE, EXPONENTIAL, 2),), 2, ends_well=True).reach == pytest.approx(far, rel=1e-3)
    assert Join((Branch(1.0, THREE, EXPONENTIAL, 2),), 2, ends_well=True).reach == pytest.approx(3 * MS)

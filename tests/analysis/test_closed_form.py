"""Laws in closed form: mean and variance by known formulas, and against the grid where there is none."""

from math import exp

import pytest

from archspec.analysis.law import NOTHING, Branch, Choice, Cut, Fixed, Join, Known, Law, Sum, masses
from archspec.model.times import Time

TIMES = [
    "exponential(6ms)",
    "lognormal(p50=3ms p99=25ms)",
    "normal(mean=6ms sd=2ms)",
    "uniform(2ms 9ms)",
    "erlang(k=3 mean=6ms)",
    "hyperexponential(p=0.1 mean1=50ms mean2=2ms)",
]


def _known(text: str) -> Law:
    return Known(Time.parse(text))


@pytest.mark.parametrize("text", TIMES)
def test_a_cut_that_never_cuts_leaves_mean_and_variance(text: str) -> None:
    time, cut = _known(text), Cut(_known(text), 100.0, only_below=False)
    assert cut.mean == pytest.approx(time.mean, rel=1e-4)
    assert cut.variance == pytest.approx(time.variance, rel=2e-3)


def test_the_mean_of_an_exponential_time_cut_to_a_limit_is_the_known_one() -> None:
    assert Cut(_known("exponential(6ms)"), 0.010, only_below=False).mean == pytest.approx(
        0.006 * (1 - exp(-10 / 6)), rel=1e-4
    )


def test_of_two_exponential_times_the_longer_lasts_one_and_a_half_means() -> None:
    branch = Branch(1.0, _known("exponential(6ms)"), NOTHING, 1)
    assert Join((branch, branch), 2, ends_well=True).mean == pytest.approx(0.009, rel=1e-4)


def test_a_jump_is_counted_where_it_is() -> None:
    """The longer of 5 ms and a time that is 3 ms or, once in ten times, exponential and begins there."""
    later = Sum(((Fixed(0.003), 1), (Choice(((0.9, NOTHING), (0.1, _known("exponential(6ms)")))), 1)))
    join = Join((Branch(1.0, later, NOTHING, 1), Branch(1.0, Fixed(0.005), NOTHING, 1)), 2, ends_well=True)
    assert join.mean == pytest.approx(0.005 + 0.1 * 0.006 * exp(-2 / 6), rel=1e-4)


@pytest.mark.parametrize("ends_well", [True, False])
@pytest.mark.parametrize("text", TIMES)
def test_a_join_ends_by_a_moment_as_on_the_grid(text: str, ends_well: bool) -> None:
    branches = (Branch(0.9, _known(text), _known("2ms"), 2), Branch(0.8, _known("uniform(1ms 9ms)"), _known(text), 1))
    join, step = Join(branches, 3, ends_well), 0.001 / 100
    assert join.closed_form is not None
    shares = masses(join, step).cumsum()
    for milliseconds in (1, 4, 9, 15):
        assert join.closed_form.share(milliseconds / 1000) == pytest.approx(shares[100 * milliseconds], abs=3e-3)


def test_a_sum_of_two_random_times_has_no_formula() -> None:
    assert Sum(((_known("exponential(6ms)"), 1), (_known("uniform(2ms 9ms)"), 1))).closed_form is None
    assert Sum(((_known("exponential(6ms)"), 2),)).closed_form is None


def test_the_share_beyond_a_limit_is_exact() -> None:
    assert _known("exponential(6ms)").beyond(0.012) == pytest.approx(exp(-2), rel=1e-12)

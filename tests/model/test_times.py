"""Times: quantiles and means against formulas worked out on their own."""

from fractions import Fraction
from math import exp, inf, log, pi, sqrt
from random import Random
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.model import Family, Time

MS = 1_000_000.0
EVERY = (
    "4ms",
    "exponential(6ms)",
    "lognormal(p50=3ms p99=25ms)",
    "lognormal(p50=3ms p90=9ms)",
    "lognormal(mean=6ms sd=3ms)",
    "normal(mean=6ms sd=4ms)",
    "uniform(2ms 9ms)",
    "erlang(k=3 mean=6ms)",
    "hyperexponential(p=0.1 mean1=50ms mean2=2ms)",
    "empirical(1ms 2ms 9ms)",
)


def milliseconds(value: float) -> float:
    return round(value / MS, 9)


def test_an_exponential_has_its_median_at_ln_2_times_the_mean() -> None:
    time = Time.parse("exponential(6ms)")
    assert milliseconds(time.median) == milliseconds(6 * log(2) * MS)
    assert milliseconds(time.quantile(0.99)) == milliseconds(6 * log(100) * MS)
    assert time.mean == 6 * MS


def test_a_lognormal_given_by_percentiles_has_these_percentiles() -> None:
    time = Time.parse("lognormal(p50=3ms p99=25ms)")
    assert (milliseconds(time.median), milliseconds(time.quantile(0.99))) == (3.0, 25.0)
    sigma = log(25 / 3) / NormalDist().inv_cdf(0.99)
    assert time.mean == pytest.approx(3 * MS * exp(sigma**2 / 2), rel=1e-12)


def test_a_lognormal_given_by_mean_and_deviation_has_these() -> None:
    time = Time.parse("lognormal(mean=6ms sd=3ms)")
    mu, sigma = time.parameters
    assert time.mean == pytest.approx(6 * MS, rel=1e-12)
    deviation = sqrt((exp(sigma**2) - 1) * exp(2 * mu + sigma**2))
    assert deviation == pytest.approx(3 * MS, rel=1e-12)


def test_a_normal_is_cut_at_zero_and_its_mean_rises_by_that() -> None:
    time = Time.parse("normal(mean=0ms sd=2ms)")
    assert (time.quantile(0.3), time.median) == (0.0, 0.0)
    assert time.mean == pytest.approx(2 * MS / sqrt(2 * pi), rel=1e-12)  # E max(0, Z) = 1/sqrt(2 pi)


def test_a_uniform_rises_evenly() -> None:
    time = Time.parse("uniform(2ms 9ms)")
    assert [time.quantile(share) for share in (0, 0.5, 1)] == [2 * MS, 5.5 * MS, 9 * MS]
    assert time.mean == 5.5 * MS


def test_an_erlang_of_two_stages_has_the_quantile_of_its_closed_distribution() -> None:
    time = Time.parse("erlang(k=2 mean=6ms)")
    rate_times_t = time.quantile(0.9) * 2 / (6 * MS)
    assert 1 - exp(-rate_times_t) * (1 + rate_times_t) == pytest.approx(0.9, rel=1e-12)
    assert time.mean == 6 * MS


def test_an_erlang_of_one_stage_is_an_exponential() -> None:
    assert Time.parse("erlang(k=1 mean=6ms)").median == pytest.approx(6 * log(2) * MS, rel=1e-12)


def test_a_hyperexponential_mixes_two_means() -> None:
    time = Time.parse("hyperexponential(p=0.1 mean1=50ms mean2=2ms)")
    assert time.mean == pytest.approx(6.8 * MS, rel=1e-12)
    at = time.quantile(0.95) / MS
    assert 0.1 * exp(-at / 50) + 0.9 * exp(-at / 2) == pytest.approx(0.05, rel=1e-9)


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.33, 1), (0.34, 2), (0.5, 2), (0.67, 9), (1, 9)])
def test_an_empirical_time_takes_the_nearest_rank(share: float, value: int) -> None:
    assert Time.parse("empirical(9ms 1ms 2ms)").quantile(share) == value * MS


def test_an_empirical_mean_is_the_mean_of_its_values() -> None:
    assert Time.parse("empirical(1ms 2ms 9ms)").mean == 4 * MS


@pytest.mark.parametrize("text", EVERY)
def test_the_mean_is_what_draws_average_to(text: str) -> None:
    time, random = Time.parse(text), Random(1)
    drawn = fmean(time.quantile(random.random()) for _ in range(4000))
    assert drawn == pytest.approx(time.mean, rel=0.12)


@pytest.mark.parametrize(
    ("text", "variance"),
    [
        ("4ms", 0),
        ("exponential(6ms)", 36),
        ("lognormal(mean=6ms sd=3ms)", 9),
        ("uniform(2ms 9ms)", 49 / 12),
        ("erlang(k=3 mean=6ms)", 12),
        ("hyperexponential(p=0.1 mean1=50ms mean2=2ms)", 2 * (0.1 * 2500 + 0.9 * 4) - (0.1 * 50 + 0.9 * 2) ** 2),
        ("empirical(1ms 2ms 9ms)", 86 / 3 - 16),
    ],
)
def test_the_variance_is_that_of_the_closed_formula(text: str, variance: float) -> None:
    """In milliseconds squared."""
    assert Time.parse(text).variance / MS**2 == pytest.approx(variance, rel=1e-9)


@pytest.mark.parametrize("text", EVERY)
def test_quantiles_never_fall(text: str) -> None:
    time = Time.parse(text)
    quantiles = [time.quantile(share / 20) for share in range(21)]
    assert quantiles == sorted(quantiles)


@pytest.mark.parametrize("text", EVERY)
def test_the_spelling_reads_back_as_the_same_time(text: str) -> None:
    time = Time.parse(text)
    assert str(time) == text
    assert Time.parse(str(time)) == time


def test_commas_and_units_are_written_in_one_way() -> None:
    assert str(Time.parse("uniform(2000us, 0.009s)")) == "uniform(2ms 9ms)"
    assert Time.parse("0.004s") == Time.parse("4ms")


def test_only_times_that_can_differ_are_random() -> None:
    texts = ("4ms", "uniform(3ms 3ms)", "empirical(2ms 2ms)", "lognormal(p50=3ms p99=3ms)", "exponential(1ms)")
    assert [Time.parse(text).is_random for text in texts] == [False, False, False, False, True]


def test_the_end_of_an_endless_distribution_is_infinite() -> None:
    assert Time.parse("exponential(6ms)").quantile(1) == inf
    assert Time.parse("erlang(k=2 mean=6ms)").quantile(1) == inf


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_a_lognormal_keeps_any_two_percentiles(median: int, factor: int) -> None:
    time = Time.parse(f"lognormal(p50={median}us p99.9={median * (factor + 1)}us)")
    assert time.quantile(0.999) == pytest.approx(median * (factor + 1) * 1000, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("4", "`4` is not a duration: it has no unit"),
        ("lognormal(3ms 25ms)", "`lognormal(3ms 25ms)` does not name its arguments"),
        ("lognormal(p50=3ms)", "`lognormal(p50=3ms)` does not fit"),
        ("lognormal(p50=25ms p99=3ms)", "p50 must be above 0 and at most p99"),
        ("exponential(6)", "`6` is not a duration: it has no unit"),
        ("exponential(6ms mean=6ms)", "`exponential` is given `mean` twice"),
        ("uniform(9ms 2ms)", "uniform's first time is above its second"),
        ("uniform(2ms)", "`uniform(2ms)` does not fit"),
        ("erlang(k=1.5 mean=6ms)", "`k=1.5` is not a whole number from 1 to 1000"),
        ("hyperexponential(p=2 mean1=1ms mean2=2ms)", "`p=2` is not a share"),
        ("empirical()", "`empirical()` does not fit"),
        ("gamma(2ms)", "`gamma` is not a distribution"),
        ("lognormal(p50=3ms", "`lognormal(p50=3ms` lacks its closing bracket"),
    ],
)
def test_a_wrong_time_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Time.parse(text)
    assert str(caught.value) == message


def test_a_constant_time_has_one_parameter() -> None:
    time = Time.parse("4ms")
    assert (time.family, time.parameters, time.mean) == (Family.CONSTANT, (4 * MS,), 4 * MS)
    assert Fraction(time.mean) == 4_000_000


ENDLESS = [text for text in EVERY if not text.startswith(("4ms", "empirical"))]


@pytest.mark.parametrize("text", ENDLESS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_the_share_within_a_quantile_is_that_of_the_quantile(text: str, share: float) -> None:
    time = Time.parse(text)
    assert time.share_within(time.quantile(share)) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("text", ENDLESS)
def test_mean_and_variance_are_those_of_the_distribution_function(text: str) -> None:
    """E X = ∫ 1 - F, E X² = ∫ 2t (1 - F), by the midpoint rule up to where next to nothing is left."""
    time, steps = Time.parse(text), 20_000
    step = time.quantile(1 - 1e-9) / steps
    left = [((n + 0.5) * step, 1 - time.share_within((n + 0.5) * step)) for n in range(steps)]
    assert sum(rest for _, rest in left) * step == pytest.approx(time.mean, rel=2e-3)
    square = sum(2 * at * rest for at, rest in left) * step
    assert square - time.mean**2 == pytest.approx(time.variance, rel=1e-2)


@pytest.mark.parametrize(
    ("text", "below", "at", "value"),
    [
        ("4ms", 3.9, 4, 4),
        ("normal(mean=4ms sd=0ms)", 3.9, 4, 4),
        ("uniform(4ms 4ms)", 3.9, 4, 4),
        ("lognormal(p50=4ms p99=4ms)", 3.9, 4.0001, 4),
        ("empirical(4ms 4ms)", 3.9, 4, 4),
        ("exponential(0ms)", -1, 0, 0),
        ("erlang(k=2 mean=0ms)", -1, 0, 0),
        ("hyperexponential(p=0.5 mean1=0ms mean2=0ms)", -1, 0, 0),
        ("0ms", -1, 0, 0),
    ],
)
def test_a_distribution_of_one_time_is_that_time(text: str, below: float, at: float, value: float) -> None:
    time = Time.parse(text)
    assert (time.share_within(below * MS), time.share_within(at * MS)) == (0, 1)
    assert [milliseconds(time.quantile(share)) for share in (0.001, 0.5, 0.999)] == [value] * 3
    assert milliseconds(time.mean) == value
    assert time.variance == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("text", EVERY)
def test_no_time_is_below_zero_and_every_one_comes_in_the_end(text: str) -> None:
    time = Time.parse(text)
    assert (time.share_within(-1), time.share_within(1e18)) == (0, 1)
    assert time.quantile(0) >= 0


@pytest.mark.parametrize(
    ("text", "ms", "share"),
    [
        ("empirical(1ms 2ms 9ms)", 0.9, 0),
        ("empirical(1ms 2ms 9ms)", 1, 1 / 3),
        ("empirical(1ms 2ms 9ms)", 8.9, 2 / 3),
        ("empirical(1ms 2ms 9ms)", 9, 1),
        ("uniform(2ms 10ms)", 2, 0),
        ("uniform(2ms 10ms)", 4, 0.25),
        ("uniform(2ms 10ms)", 11, 1),
        ("normal(mean=0ms sd=2ms)", 0, 0.5),
        ("exponential(1ms)", 0, 0),
    ],
)
def test_the_share_within_a_time_counts_that_time(text: str, ms: float, share: float) -> None:
    assert Time.parse(text).share_within(ms * MS) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("erlang(k=0 mean=6ms)", "`k=0` is not a whole number from 1 to 1000"),
        ("erlang(k=1001 mean=6ms)", "`k=1001` is not a whole number from 1 to 1000"),
        ("erlang(k=x mean=6ms)", "`k=x` is not a number"),
        ("erlang(mean=6ms)", "`erlang(mean=6ms)` does not fit"),
        ("lognormal(mean=0ms sd=1ms)", "a lognormal mean of 0 is impossible"),
        ("lognormal(p50=0ms p90=1ms)", "p50 must be above 0 and at most p90"),
        ("empirical(a=1ms 2ms)", "`empirical(a=1ms 2ms)` does not fit"),
        ("uniform(1ms 2ms 3ms)", "`uniform(1ms 2ms 3ms)` does not fit"),
        ("exponential(6ms!)", "`6ms!` is not a duration"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Time.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "erlang(k=1 mean=6ms)",
        "erlang(k=1000 mean=6ms)",
        "hyperexponential(p=0 mean1=1ms mean2=2ms)",
        "hyperexponential(p=1 mean1=1ms mean2=2ms)",
        "uniform(low=2ms high=2ms)",
        "exponential(mean=6ms)",
        "lognormal(p50=3ms p95=3ms)",
    ],
)
def test_arguments_at_their_bounds_are_taken_as_they_are_written(text: str) -> None:
    assert str(Time.parse(text)) == text

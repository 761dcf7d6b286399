"""Percentiles by nearest rank, intervals by batch means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from archspec.simulation.distributions import clopper_pearson, student
from archspec.simulation.percentiles import percentile_of, rank_of
from archspec.simulation.results import FunctionResult, Interval
from archspec.simulation.statistics import DRIFTS, Window, estimate_of, latency_of
from archspec.simulation.statistics import share_of as share_of_batches
from tests.properties import examples
from tests.simulation.given import Given, batch_means, tally_of

NO_QUEUE = Window()


def share_of(good: NDArray[np.bool_]) -> Interval | None:
    return share_of_batches(int(good.sum()), len(good), batch_means(good), 0.95, NO_QUEUE)


@examples(100)
@given(
    st.lists(st.integers(0, 2**62), min_size=1) | st.lists(st.integers(0, 10**5), min_size=1),
    st.sampled_from([0.5, 0.9, 0.99, 0.999]),
)
def test_a_tally_is_within_a_thousandth_of_the_nearest_rank(times: list[int], share: float) -> None:
    """Of what several runs are put together from."""
    exact = sorted(times)[rank_of(share, len(times)) - 1]
    assert percentile_of(tally_of(np.array(times)), share) == pytest.approx(exact, rel=1e-3)


def test_no_successes_have_no_latency() -> None:
    """None, never 0 or NaN."""
    assert latency_of(Given(np.array([], dtype=np.int64)), 0.95, NO_QUEUE) is None


@pytest.mark.parametrize(
    ("confidence", "freedom", "quantile"), [(0.95, 19, 2.093), (0.99, 19, 2.861), (0.95, 4, 2.776)]
)
def test_student_agrees_with_the_printed_table(confidence: float, freedom: int, quantile: float) -> None:
    """Two-sided quantiles as every table of the t distribution has them."""
    assert round(student(confidence, freedom), 3) == quantile


def test_the_interval_of_a_mean_is_the_widest_of_three() -> None:
    """Batches of 1, 3, 1, 3 …: by twos they are all alike, but 20 of them stray by 1.026: 2.093 · 1.026 / √20."""
    estimate = estimate_of(2.0, [1.0, 3.0] * 10, 0.95)
    assert (estimate.value, estimate.half_width) == (2.0, pytest.approx(0.4802, abs=1e-4))


def test_neighbours_that_are_alike_widen_the_interval() -> None:
    """Four batches of 1, four of 3, …: of 5 means, 1 3 1 3 1, the deviation is 1.095: 2.776 · 1.095 / √5 = 1.360."""
    estimate = estimate_of(1.8, np.repeat([1.0, 3.0, 1.0, 3.0, 1.0], 4).tolist(), 0.95)
    assert estimate.half_width is None or estimate.half_width == pytest.approx(1.3602, abs=1e-4)


def test_batches_that_drift_give_no_interval() -> None:
    """A rising series correlates from batch to batch."""
    estimate = estimate_of(9.5, [float(number) for number in range(20)], 0.95)
    assert (estimate.half_width, estimate.why) == (None, DRIFTS)


def test_few_requests_give_no_interval_and_the_reason() -> None:
    """Of 1,000 values 10 are beyond p99: 20 are needed. Of p95 there are 50."""
    latency = latency_of(Given(np.random.default_rng(1).integers(1, 10**6, 1000)), 0.95, NO_QUEUE)
    assert latency is not None
    whys = {name: estimate.why for name, estimate in latency.percentiles}
    assert (whys["p95"], whys["p99"]) == (None, "too few requests: 20 beyond a percentile are needed")


def test_a_queue_that_forgets_slowly_needs_more_requests() -> None:
    """Within 10,000 requests it forgets 50 times, 100 times are needed: 20,000 requests."""
    window = Window(50, "the cores of `api` 92% busy")
    latency = latency_of(Given(np.random.default_rng(1).integers(1, 10**6, 10_000)), 0.95, window)
    assert latency is not None
    assert latency.mean.why == "too few requests with the cores of `api` 92% busy: about 20,000 are needed"


@pytest.mark.parametrize("share", [0.5, 0.95, 0.99])
def test_intervals_of_independent_times_hold_the_true_percentile(share: float) -> None:
    """Of exponential times, in at least 90% of 200 samples of 4,000."""
    name = f"p{share * 100:.0f}"
    true, printed, held = -np.log(1 - share) * 1e6, 0, 0
    for seed in range(200):
        times = np.random.default_rng(seed).exponential(1e6, 4000).astype(np.int64)
        latency = latency_of(Given(times), 0.95, NO_QUEUE)
        assert latency is not None
        estimate = dict(latency.percentiles)[name]
        if estimate.half_width is not None:
            printed, held = printed + 1, held + (abs(estimate.value - true) <= estimate.half_width)
    assert printed >= 195
    assert held >= 0.9 * printed


def test_a_percentile_on_a_jump_has_an_interval_that_reaches_over_it() -> None:
    """95% take 21 ms and the rest 31: p95 is either, and its interval holds both."""
    hit = np.random.default_rng(3).random(20_000) < 0.95
    latency = latency_of(Given(np.where(hit, 21_000_000, 31_000_000)), 0.95, NO_QUEUE)
    assert latency is not None
    estimates = dict(latency.percentiles)
    assert (estimates["p95"].half_width, estimates["p50"].half_width, estimates["p99"].half_width) == (1e7, 0.0, 0.0)


def test_the_limits_of_a_share_are_exact_where_requests_fail_independently() -> None:
    """No failure among 1,000: at least 99.632% succeed."""
    interval = share_of(np.ones(1000, dtype=bool))
    assert interval is not None
    assert (round(interval.low or 0, 5), interval.high) == (0.99632, 1.0)


def test_failures_that_come_together_count_as_fewer_trials() -> None:
    """A hundred failures of 10,000, one after the other: as good as one bad part in twenty."""
    good = np.ones(10_000, dtype=bool)
    good[4000:4100] = False
    together, apart = share_of(good), share_of(np.arange(10_000) % 100 != 0)
    assert together is not None
    assert apart is not None
    assert (round(together.low or 0, 3), round(apart.low or 0, 4)) == (0.909, 0.9879)


def test_exact_limits_agree_with_the_printed_table() -> None:
    """Of 10 trials 9: Clopper and Pearson, Biometrika 26 (1934)."""
    assert [round(limit, 3) for limit in clopper_pearson(9, 10, 0.95)] == [0.555, 0.997]


def test_twenty_batches_leave_out_the_front() -> None:
    """Of 41 values the first."""
    assert batch_means(np.arange(41.0)) == [1.5 + 2 * number for number in range(20)]


@pytest.mark.parametrize(("warm", "cold", "share"), [(3, 1, 0.25), (0, 2, 1.0), (5, 0, 0.0), (0, 0, None)])
def test_the_share_of_cold_starts_is_of_the_calls_that_were_served(warm: int, cold: int, share: float | None) -> None:
    calls = warm + cold + 7
    left_out = {"throttled": 4, "refused": 2, "lost": 1, "most": 3, "busy": 0, "starting": 0, "idle": 3}
    assert FunctionResult("resize", calls, warm, cold, **left_out).cold_share == share

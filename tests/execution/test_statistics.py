"""Percentiles by nearest rank, intervals by batch means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.execution.statistics import bucket_percentiles, interval, latency_of, percentiles, student


def test_a_percentile_is_a_value_that_occurred() -> None:
    """p99 of 1 … 100 is the 99th smallest, p50 of four values the second."""
    assert percentiles(np.arange(100, 0, -1), [0.99]) == [99]
    assert percentiles(np.array([40, 20, 30, 10]), [0.5]) == [20]
    assert percentiles(np.array([7]), [0.5, 0.999]) == [7, 7]


def test_times_beyond_four_seconds_have_percentiles_too() -> None:
    """More than 32 bits."""
    assert percentiles(np.array([3 * 10**12, 10**12, 2 * 10**12]), [0.5, 0.99]) == [2e12, 3e12]


def test_small_numbers_are_exact_in_a_histogram() -> None:
    """Every number below 2048 has a bucket of its own."""
    times = np.arange(2048)
    shares = [(number + 1) / 2048 for number in range(2048)]
    assert bucket_percentiles(times, shares) == list(range(2048))


@given(
    st.lists(st.integers(0, 2**62), min_size=1) | st.lists(st.integers(0, 10**5), min_size=1),
    st.sampled_from([0.5, 0.9, 0.99, 0.999]),
)
def test_a_histogram_is_never_below_the_nearest_rank_nor_a_thousandth_above(times: list[int], share: float) -> None:
    """An upper bound within 0.1%."""
    (exact,) = percentiles(np.array(times), [share])
    (read,) = bucket_percentiles(np.array(times), [share])
    assert exact <= read <= exact * 1.001


def test_beyond_the_limit_percentiles_come_from_a_histogram() -> None:
    """Three times of about 1 s are told apart up to the limit of three, not beyond it."""
    times = np.array([10**9, 10**9 + 1, 10**9 + 2])
    exact, read = latency_of(times, 0.95, exact=3), latency_of(times, 0.95, exact=2)
    assert exact is not None
    assert read is not None
    assert (exact.percentile("p50"), exact.percentile("p99")) == (1_000_000_001, 1_000_000_002)
    assert (read.percentile("p50"), read.percentile("p99")) == (1_000_341_503, 1_000_341_503)
    assert read.mean == exact.mean


def test_no_successes_have_no_latency() -> None:
    """None, never 0 or NaN."""
    assert latency_of(np.array([], dtype=np.int64), 0.95) is None


@pytest.mark.parametrize(
    ("confidence", "freedom", "quantile"), [(0.95, 19, 2.093), (0.99, 19, 2.861), (0.95, 4, 2.776)]
)
def test_student_agrees_with_the_printed_table(confidence: float, freedom: int, quantile: float) -> None:
    """Two-sided quantiles as every table of the t distribution has them."""
    assert round(student(confidence, freedom), 3) == quantile


def test_the_interval_of_a_mean_comes_from_twenty_batches() -> None:
    """Batches of 1, 3, 1, 3 … alternate: mean 2, deviation 1.026, half-width 2.093 · 1.026 / √20 = 0.480."""
    latency = latency_of(np.repeat([1, 3] * 10, 2), 0.95)
    assert latency is not None
    estimate = latency.mean
    assert estimate.value == 2.0
    assert estimate.half_width == pytest.approx(0.4802, abs=1e-4)


def test_batches_that_hang_together_give_no_interval() -> None:
    """A rising series correlates from batch to batch."""
    estimate = interval([float(number) for number in range(20)], 9.5, 0.95)
    assert (estimate.half_width, estimate.why) == (None, "batches too short")


def test_few_requests_give_no_interval() -> None:
    """Ten values cannot be batched."""
    latency = latency_of(np.arange(10), 0.95)
    assert latency is not None
    assert {estimate.why for _, estimate in latency.percentiles} == {"too few requests"}

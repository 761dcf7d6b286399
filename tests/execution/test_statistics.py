"""Percentiles by nearest rank, intervals by batch means."""

import numpy as np
import pytest

from archspec.execution.statistics import estimate_of, interval, latency_of, nearest_rank, student


def test_a_percentile_is_a_value_that_occurred() -> None:
    """p99 of 1 … 100 is the 99th smallest, p50 of four values the second."""
    assert nearest_rank(np.arange(1, 101), 0.99) == 99
    assert nearest_rank(np.array([10, 20, 30, 40]), 0.5) == 20
    assert nearest_rank(np.array([7]), 0.999) == 7


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
    estimate = estimate_of(np.repeat([1, 3] * 10, 2), None, 0.95)
    assert estimate.value == 2.0
    assert estimate.half_width == pytest.approx(0.4802, abs=1e-4)


def test_batches_that_hang_together_give_no_interval() -> None:
    """A rising series correlates from batch to batch."""
    estimate = interval([float(number) for number in range(20)], 9.5, 0.95)
    assert (estimate.half_width, estimate.why) == (None, "batches too short")


def test_few_requests_give_no_interval() -> None:
    """Ten values cannot be batched."""
    assert estimate_of(np.arange(10), 0.5, 0.95).why == "too few requests"

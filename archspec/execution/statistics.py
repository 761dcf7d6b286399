"""Percentiles and confidence intervals of a run (engine contract, section 11)."""

from math import ceil, inf, sqrt
from typing import TYPE_CHECKING

from archspec.execution.results import Estimate, Latency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Floats = NDArray[np.float64]

PERCENTILES = (("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999))
BATCHES = 20
CORRELATED = 0.3


def latency_of(times: "Times", confidence: float) -> Latency | None:
    """Mean and percentiles of response times in order of arrival, each with its interval; None of no times."""
    if len(times) == 0:
        return None
    percentiles = tuple((name, estimate_of(times, share, confidence)) for name, share in PERCENTILES)
    return Latency(len(times), estimate_of(times, None, confidence), percentiles)


def nearest_rank(ordered: "Times", share: float) -> int:
    """The ⌈p·n⌉-th smallest of n sorted values: a value that occurred."""
    rank = max(1, ceil(round(share * len(ordered), 9)))
    return int(ordered[rank - 1])


def estimate_of(times: "Times", share: float | None, confidence: float) -> Estimate:
    """A percentile, or the mean where `share` is None, with an interval from 20 batches (Law and Kelton, 9.5)."""
    value = _figure(times, share)
    size = len(times) // BATCHES
    least = 2 if share is None else 2 * ceil(1 / (1 - share))
    if size < least:
        return Estimate(value, None, "too few requests")
    batches = times[len(times) - size * BATCHES :].reshape(BATCHES, size)
    return interval([_figure(batch, share) for batch in batches], value, confidence)


def _figure(times: "Times", share: float | None) -> float:
    import numpy as np

    if share is None:
        return float(times.mean())
    rank = max(1, ceil(round(share * len(times), 9)))
    return float(np.partition(times, rank - 1)[rank - 1])


def interval(batches: list[float], value: float, confidence: float) -> Estimate:
    """The half-width around `value` by Student's t over batch figures, unless they hang together too much."""
    import numpy as np

    figures: Floats = np.array(batches)
    around = figures - figures.mean()
    squares = float((around**2).sum())
    if squares == 0:
        return Estimate(value, 0.0)
    if float((around[1:] * around[:-1]).sum()) / squares > CORRELATED:
        return Estimate(value, None, "batches too short")
    deviation = sqrt(squares / (len(batches) - 1))
    return Estimate(value, student(confidence, len(batches) - 1) * deviation / sqrt(len(batches)))


def student(confidence: float, freedom: int) -> float:
    """The two-sided quantile of Student's t distribution.

    By bisection on its distribution function, a finite series for whole degrees of freedom (Abramowitz and Stegun,
    26.7.3 and 26.7.4).

    >>> round(student(0.95, 19), 3), round(student(0.99, 19), 3), round(student(0.95, 1), 2)
    (2.093, 2.861, 12.71)
    """
    if not 0 < confidence < 1:
        return inf
    low, high = 0.0, 1.0
    while _within(high, freedom) < confidence:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """The probability that |T| ≤ t."""
    from math import atan, cos, pi, sin

    angle = atan(t / sqrt(freedom))
    cosine, sine = cos(angle), sin(angle)
    if freedom % 2 == 1:
        term = total = cosine if freedom > 1 else 0.0
        for k in range(3, freedom - 1, 2):
            term *= (k - 1) / k * cosine**2
            total += term
        return 2 / pi * (angle + sine * total)
    term = total = 1.0
    for k in range(2, freedom - 1, 2):
        term *= (k - 1) / k * cosine**2
        total += term
    return sine * total

"""Percentiles and confidence intervals of a run (engine contract, section 11)."""

from collections.abc import Sequence
from functools import cache
from math import ceil, inf, sqrt
from typing import TYPE_CHECKING

from archspec.execution.results import Estimate, Latency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Floats = NDArray[np.float64]

SHARES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99.9": 0.999}
BATCHES = 20
CORRELATED = 0.3
EXACT = 10_000_000
"""Up to so many values percentiles are values that occurred; of more they are read from a histogram."""
LOT = 2**20
DIGITS = 10
"""Binary digits after the first that a histogram keeps: a bucket is at most 1/1024 of its values wide."""


def rank_of(share: float, count: int) -> int:
    """Which of so many sorted values a percentile is, counted from 1: the ⌈p·n⌉-th, the nearest rank."""
    return max(1, ceil(round(share * count, 9)))


def latency_of(times: "Times", confidence: float, exact: int = EXACT) -> Latency | None:
    """Mean and percentiles of response times in order of arrival, each with its interval; None of no times.

    Of more than `exact` times the percentiles are those of `bucket_percentiles`. Intervals come from 20 batches of
    equal count (Law and Kelton, 9.5).
    """
    if len(times) == 0:
        return None
    size = len(times) // BATCHES
    batches = times[len(times) - size * BATCHES :].reshape(BATCHES, size)
    means = [float(batch.mean()) for batch in batches] if size >= 2 else []
    mean = _estimate(float(times.mean()), means, confidence)
    shares = list(SHARES.values())
    whole = percentiles(times, shares, exact)
    by_batch = [percentiles(batch, shares, exact) for batch in batches] if size else []
    found = [
        _estimate(whole[place], [batch[place] for batch in by_batch] if size >= _least(share) else [], confidence)
        for place, share in enumerate(shares)
    ]
    return Latency(len(times), mean, tuple(zip(SHARES, found, strict=True)))


def _least(share: float) -> int:
    """How many values a batch needs so that its percentile means something."""
    return 2 * ceil(1 / (1 - share))


def _estimate(value: float, batches: list[float], confidence: float) -> Estimate:
    return interval(batches, value, confidence) if batches else Estimate(value, None, "too few requests")


def percentiles(times: "Times", shares: Sequence[float], exact: int = EXACT) -> list[float]:
    """The nearest ranks of times that are not negative, in any order and at least one."""
    import numpy as np

    if len(times) > exact:
        return bucket_percentiles(times, shares)
    narrow = times.astype(np.uint32) if int(times.max()) < 2**32 else times.copy()  # half the width sorts faster
    narrow.sort()
    return [float(narrow[rank_of(share, len(narrow)) - 1]) for share in shares]


def bucket_percentiles(times: "Times", shares: Sequence[float]) -> list[float]:
    """Percentiles from a log-linear histogram of three digits: never below the nearest rank, nor 0.1% above it.

    As HdrHistogram has it (Tene, hdrhistogram.org): each power of two is cut into 1024 buckets of equal width, and the
    figure is the largest whole number of the bucket that holds the rank. Below 2048 every number has its own bucket.
    The bucket of a number is what the leading bits of its float64 say: its exponent, and the digits that are kept.
    """
    import numpy as np

    shift, one = 52 - DIGITS, 1023 << DIGITS
    counts = np.zeros((64 << DIGITS) + 1, dtype=np.int64)
    for first in range(0, len(times), LOT):
        bits = times[first : first + LOT].astype(np.float64).view(np.int64)
        counts += np.bincount(np.maximum((bits >> shift) - one + 1, 0), minlength=len(counts))
    sums = np.cumsum(counts)
    buckets = np.searchsorted(sums, [rank_of(share, len(times)) for share in shares])
    next_ones = ((buckets + one) << shift).view(np.float64)
    return [float(ceil(number) - 1) for number in next_ones.tolist()]


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


@cache
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

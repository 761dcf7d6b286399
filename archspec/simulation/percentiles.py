"""Percentiles of response times by nearest rank: of all times, or of a histogram where they are very many."""

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]

SHARES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99.9": 0.999}
EXACT = 10_000_000
"""Up to so many values percentiles are values that occurred; of more they are read from a histogram."""
LOT = 2**20
DIGITS = 10
"""Binary digits after the first that a histogram keeps: a bucket is at most 1/1024 of its values wide."""
SHIFT, ONE = 52 - DIGITS, 1023 << DIGITS
Quantile = Callable[[float], float]
"""The percentile of a share between 0 and 1."""
Tally = tuple[tuple[int, int, int], ...]
"""Bucket by bucket of a histogram, in rising order: the smallest time in it, the largest, and how many there are."""


def rank_of(share: float, count: int) -> int:
    """Which of so many sorted values a percentile is, counted from 1: the ⌈p·n⌉-th, the nearest rank."""
    return max(1, ceil(round(share * count, 9)))


def quantile_of(times: "Times", exact: int = EXACT) -> Quantile:
    """The nearest ranks of times that are not negative, in any order and at least one."""
    import numpy as np

    if len(times) > exact:
        return _of_histogram(times)
    narrow = times.astype(np.uint32) if int(times.max()) < 2**32 else times.copy()  # half the width sorts faster
    narrow.sort()
    return lambda share: float(narrow[rank_of(share, len(narrow)) - 1])


def _of_histogram(times: "Times") -> Quantile:
    """From a log-linear histogram of three digits: never below the nearest rank, nor 0.1% above it.

    As HdrHistogram has it (Tene, hdrhistogram.org): each power of two is cut into 1024 buckets of equal width, and the
    figure is the largest whole number of the bucket that holds the rank. Below 2048 every number has its own bucket.
    """
    import numpy as np

    counts = np.zeros((64 << DIGITS) + 1, dtype=np.int64)
    for first in range(0, len(times), LOT):
        counts += np.bincount(_buckets(times[first : first + LOT]), minlength=len(counts))
    sums = np.cumsum(counts)

    def read(share: float) -> float:
        bucket = np.searchsorted(sums, rank_of(share, len(times)))
        return float(ceil(float(np.array((bucket + ONE) << SHIFT).view(np.float64))) - 1)

    return read


def _buckets(times: "Times") -> "Times":
    """Bucket by bucket: what the leading bits of a float64 say, its exponent and the digits that are kept."""
    import numpy as np

    buckets: Times = np.maximum((times.astype(np.float64).view(np.int64) >> SHIFT) - ONE + 1, 0)
    return buckets


def tally_of(times: "Times") -> Tally:
    """Times bucket by bucket, each no wider than a thousandth.

    >>> import numpy as np
    >>> tally_of(np.array([10_000_002, 7, 10_000_001, 7]))
    ((7, 7, 2), (10000001, 10000002, 2))
    """
    import numpy as np

    if len(times) == 0:
        return ()
    ordered = np.sort(times)
    ends = np.append(np.flatnonzero(np.diff(_buckets(ordered))), len(ordered) - 1)
    starts = np.append(0, ends[:-1] + 1)
    counts = ends - starts + 1
    return tuple(zip(ordered[starts].tolist(), ordered[ends].tolist(), counts.tolist(), strict=True))


def together(tallies: list[Tally]) -> Tally:
    """Several tallies as one.

    >>> together([((7, 7, 2), (10_000_001, 10_000_002, 2)), ((9, 9, 1), (10_000_000, 10_000_001, 1))])
    ((7, 7, 2), (9, 9, 1), (10000000, 10000002, 3))
    """
    import numpy as np

    rows = sorted(row for tally in tallies for row in tally)
    buckets = _buckets(np.array([largest for _, largest, _ in rows], dtype=np.int64)).tolist()
    found: dict[int, tuple[int, int, int]] = {}
    for bucket, (low, high, count) in zip(buckets, rows, strict=True):
        smallest, largest, before = found.get(bucket, (low, high, 0))
        found[bucket] = min(smallest, low), max(largest, high), before + count
    return tuple(found.values())


def percentile_of(tally: Tally, share: float) -> float:
    """The nearest rank of a tally that is not empty, as if the times in a bucket were evenly spread over it."""
    rank = rank_of(share, sum(count for _, _, count in tally))
    for smallest, largest, count in tally:
        if rank <= count:
            return float(largest) if count == 1 else smallest + (largest - smallest) * (rank - 1) / (count - 1)
        rank -= count
    raise AssertionError

"""Percentiles by nearest rank, and the tallies that those of several runs are read from."""

from math import ceil

SHARES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99.9": 0.999}
DIGITS = 10
"""Binary digits after the first that tell buckets apart: a bucket is at most 1/1024 of its values wide."""
Tally = tuple[tuple[int, int, int], ...]
"""Bucket by bucket of a histogram, in rising order: the smallest time in it, the largest, and how many there are."""


def rank_of(share: float, count: int) -> int:
    """Which of so many sorted values a percentile is, counted from 1: the ⌈p·n⌉-th, the nearest rank."""
    return max(1, ceil(round(share * count, 9)))


def bucket_of(value: int) -> tuple[int, int]:
    """The bucket of a log-linear histogram of three digits that a value lies in; below 2048 each has its own.

    As HdrHistogram has it (G. Tene, hdrhistogram.org): each power of two is cut into 1024 buckets of equal width.

    >>> bucket_of(2047), bucket_of(2048) == bucket_of(2049), bucket_of(2050)
    ((0, 2047), True, (1, 1025))
    """
    shift = max(0, value.bit_length() - DIGITS - 1)
    return shift, value >> shift


def together(tallies: list[Tally]) -> Tally:
    """Several tallies as one.

    >>> together([((7, 7, 2), (10_000_001, 10_000_002, 2)), ((9, 9, 1), (10_000_000, 10_000_001, 1))])
    ((7, 7, 2), (9, 9, 1), (10000000, 10000002, 3))
    """
    found: dict[tuple[int, int], tuple[int, int, int]] = {}
    for low, high, count in sorted(row for tally in tallies for row in tally):
        smallest, largest, before = found.get(bucket_of(high), (low, high, 0))
        found[bucket_of(high)] = min(smallest, low), max(largest, high), before + count
    return tuple(found.values())


def percentile_of(tally: Tally, share: float) -> float:
    """The nearest rank of a tally that is not empty, as if the times in a bucket were evenly spread over it."""
    rank = rank_of(share, sum(count for _, _, count in tally))
    for smallest, largest, count in tally:
        if rank <= count:
            return float(largest) if count == 1 else smallest + (largest - smallest) * (rank - 1) / (count - 1)
        rank -= count
    raise AssertionError

"""A distribution for times that were seen, as a spec spells it."""

from collections.abc import Sequence
from math import log

from archspec.model import Duration, Time
from archspec.observation.samples import quantile_of

_FEW = 30
"""Below so many values the median alone is told."""
_TAILS = ((1000, "p99", 0.99), (100, "p95", 0.95), (_FEW, "p90", 0.9))
"""The highest percentile that a log-normal time is given by, from so many values on."""
_CHECKED = (0.25, 0.5, 0.75, 0.9, 0.95)
_OFF = 0.05
"""A fit is good where the share of values below each of its quantiles is right to this, or to what chance explains."""
_CHANCE = 1.36
"""Of the root of the number of values: Kolmogorov and Smirnov's distance at 95%."""
_MANY = 100
"""So many values must there be before two heaps are told from one."""
_EVEN = 0.02
"""Times of which nine in ten lie so close to each other are one and the same."""


def fitted(values: Sequence[int]) -> str:
    """A spelling of the times, which are in rising order and in nanoseconds.

    >>> fitted([4_000_000] * 500), fitted([1_000_000, 2_000_000, 9_000_000])
    ('4ms', '2ms')
    """
    median = _at(values, 0.5)
    if len(values) < _FEW or median <= 0 or _at(values, 0.95) - _at(values, 0.05) <= _EVEN * median:
        return duration(median)
    name, share = next((name, share) for fewest, name, share in _TAILS if len(values) >= fewest)
    high = _at(values, share)
    text = f"lognormal(p50={duration(median)} {name}={duration(high)})"
    for each in (text, f"exponential({duration(median / log(2))})"):
        if duration(high) != duration(median) and _is_good(Time.parse(each), values):
            return each
    return f"empirical({' '.join(duration(_at(values, (place + 0.5) / 20)) for place in range(20))})"


def is_double(values: Sequence[int]) -> bool:
    """Whether the times have two heaps, each of a twentieth at least: two kinds of request, or hits and misses.

    Between them is a gap of more than three times what the middle half of either heap spreads.
    """
    if len(values) < _MANY:
        return False
    least = len(values) // 20
    place = max(range(least, len(values) - least + 1), key=lambda at: values[at] - values[at - 1])
    spreads = [_at(heap, 0.75) - _at(heap, 0.25) for heap in (values[:place], values[place:])]
    return values[place] - values[place - 1] > 3 * max(*spreads, 0.01 * values[place])


def _is_good(time: Time, values: Sequence[int]) -> bool:
    for share in _CHECKED:
        quantile = time.quantile(share)
        below = sum(value <= quantile for value in values) / len(values)
        if abs(below - share) > max(_OFF, _CHANCE / len(values) ** 0.5):
            return False
    return True


def _at(values: Sequence[int], share: float) -> float:
    interval = quantile_of(values, share, confidence=0.0)
    return interval.value if interval is not None else float(values[len(values) // 2])


def duration(nanoseconds: float) -> str:
    """A length of time to three digits, in milliseconds up to a second: `0.071ms`, `12.4ms`, `1.25s`."""
    rounded = float(f"{nanoseconds:.3g}")
    if rounded < 10**9:
        return f"{rounded / 10**6:.6f}".rstrip("0").rstrip(".") + "ms"
    return str(Duration(round(rounded)))

"""A bounded sample of one figure, and how surely it tells the whole: quantiles with intervals from order statistics."""

from array import array
from collections.abc import Sequence
from math import ceil, comb, floor, sqrt
from statistics import NormalDist

from archspec.frozen import frozen

_MOST = 8192
"""Values kept; beyond that every second one goes, and every second one is taken from then on."""
_EXACT = 60
"""Up to so many values the binomial distribution is summed instead of taken for a normal one."""


@frozen
class Interval:
    """An estimate and the interval that holds what it estimates, with the confidence asked for."""

    value: float
    low: float
    high: float

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Whether the interval, widened by `slack` on both sides, holds a value."""
        return self.low - slack <= value <= self.high + slack


class Samples:
    """Values as they come; of very many an even part."""

    def __init__(self) -> None:
        self.count = 0
        """How many there were, kept or not."""
        self._kept = array("q")
        self._stride = 1
        self._sorted: list[int] | None = None

    def add(self, value: int) -> None:
        """Take a value into account."""
        if self.count % self._stride == 0:
            if len(self._kept) == _MOST:
                self._kept = self._kept[::2]
                self._stride *= 2
                if self.count % self._stride:
                    self.count += 1
                    return
            self._kept.append(value)
            self._sorted = None
        self.count += 1

    @property
    def values(self) -> list[int]:
        """The values that are kept, in rising order."""
        if self._sorted is None:
            self._sorted = sorted(self._kept)
        return self._sorted

    def quantile(self, share: float, confidence: float = 0.95) -> Interval | None:
        """A quantile with its interval; None where there are too few values for any interval to hold it.

        The interval is between two order statistics, without any assumption on the distribution (Hahn and Meeker,
        Statistical Intervals, 5.2).
        """
        return quantile_of(self.values, share, confidence)


def quantile_of(values: Sequence[int], share: float, confidence: float = 0.95) -> Interval | None:
    """The same of values in rising order."""
    ranks = _ranks(len(values), share, confidence)
    if ranks is None:
        return None
    place = share * (len(values) - 1)
    below, above = values[floor(place)], values[ceil(place)]
    return Interval(below + (above - below) * (place - floor(place)), values[ranks[0]], values[ranks[1]])


def _ranks(count: int, share: float, confidence: float) -> tuple[int, int] | None:
    """Places of the two order statistics, from 0; None where the widest pair is too narrow."""
    if 1 - share**count - (1 - share) ** count < confidence:
        return None
    if count > _EXACT:
        half = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(count * share * (1 - share))
        return max(floor(count * share - half) - 1, 0), min(ceil(count * share + half), count - 1)
    tail = (1 - confidence) / 2
    low = high = 0
    below = 0.0
    for successes in range(count + 1):
        below += comb(count, successes) * share**successes * (1 - share) ** (count - successes)
        low = successes if below <= tail else low
        high = successes
        if below >= 1 - tail:
            break
    return low, min(high, count - 1)


def share_of(hits: int, count: int, confidence: float = 0.95) -> Interval:
    """A share with Wilson's interval (Journal of the American Statistical Association 22, 1927).

    >>> share_of(50, 100)
    Interval(value=0.5, low=0.40383..., high=0.59616...)
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    low, high = middle - half if hits else 0.0, middle + half if hits < count else 1.0
    return Interval(share, max(low, 0.0), min(high, 1.0))

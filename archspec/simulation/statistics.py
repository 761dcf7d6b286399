"""Confidence intervals of a run's figures, that hold or are not given (docs/adr/0019).

Requests in order of arrival are cut into 20 batches of equal count. How far the mean of a figure strays is judged by
Student's t over those 20 batches, over the 10 that neighbours make, and over 5; the widest counts, since batches that
are too short look alike and promise too much. A percentile is no mean, but the share of times beyond it is: how far
that share strays says between which percentiles of the run the true one lies (P. Heidelberger and P. Lewis, Operations
Research 32, 1984), on the scale of log odds, on which few values beyond still leave a share above 0.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, inf, log, sqrt
from statistics import NormalDist, fmean, stdev
from typing import Protocol

from archspec.frozen import frozen
from archspec.simulation.distributions import clopper_pearson, student
from archspec.simulation.percentiles import SHARES, Tally
from archspec.simulation.results import Estimate, Interval, Latency

BATCHES = 20
LEVELS = (5, 10, 20)
DRIFTING = 0.5
"""Neighbours among 20 independent batches are this much alike once in 250 times."""
REQUESTS = 100
"""Fewer requests give no interval of their mean."""
BEYOND = 20
"""Fewer requests beyond a percentile give no interval of it."""
SPANS = 100
"""So many times what happens now must be forgotten within the window."""
SPANS_BEYOND = 1.5
"""So many times within that part of the window in which times are beyond a percentile."""


class Times(Protocol):
    """Response times in nanoseconds, and what can be asked about them."""

    @property
    def count(self) -> int:
        """How many there are."""

    @property
    def mean(self) -> float:
        """0 of nothing."""

    def quantile(self, share: float) -> float:
        """The percentile of a share by nearest rank."""

    def batch_means(self) -> Sequence[float]:
        """The means of 20 batches in order of arrival."""

    def beyond(self, value: float) -> tuple[Sequence[float], Sequence[float]]:
        """Of 20 batches the shares of times above a value, and of those not below it."""

    def tally(self) -> Tally:
        """Between which times lie how many."""


@frozen
class Window:
    """What there is to see in the figures of a run: how often its queues forget within it, and what is slowest to."""

    spans: float = inf
    slowest: str = ""
    """Such as "the cores of `api` 90% busy"."""
    why: str | None = None
    """Why no figure of this run has an interval, if none has."""

    def lacks(self, requests: int, share: float | None = None) -> str | None:
        """Why a mean, or the percentile of a share, has no interval; None if it may have one."""
        if self.why is not None:
            return self.why
        if share is None and requests < REQUESTS:
            return f"too few requests: {REQUESTS} are needed"
        if share is not None and round(requests * (1 - share), 9) < BEYOND:
            return f"too few requests: {BEYOND} beyond a percentile are needed"
        needed = max(SPANS, SPANS_BEYOND / (1 - share) if share else 0)
        if self.spans >= needed:
            return None
        if self.spans == 0:
            return f"with {self.slowest} nothing settles"
        return f"too few requests with {self.slowest}: about {_rounded(requests * needed / self.spans)} are needed"


def latency_of(times: Times, confidence: float, window: Window) -> Latency | None:
    """Mean and percentiles of response times, each with its interval; None of no times."""
    if not times.count:
        return None
    percentiles = tuple((name, _percentile(times, name, confidence, window)) for name in SHARES)
    return Latency(times.count, _mean(times, confidence, window), percentiles, times.tally(), window.spans)


def _mean(times: Times, confidence: float, window: Window) -> Estimate:
    lacks = window.lacks(times.count)
    if lacks:
        return Estimate(times.mean, None, lacks)
    found = estimate_of(times.mean, times.batch_means(), confidence)
    return found if found.half_width is None else _within_itself(times.mean, found.half_width)


def _percentile(times: Times, name: str, confidence: float, window: Window) -> Estimate:
    share = SHARES[name]
    value = times.quantile(share)
    lacks = window.lacks(times.count, share)
    if lacks:
        return Estimate(value, None, lacks)
    # where many requests take exactly as long, the share beyond jumps there: either side may be the wider
    sides = times.beyond(value)
    why = next(filter(None, map(why_none, sides)), None)
    if why:
        return Estimate(value, None, why)
    spread = max(spread_of(side, confidence) for side in sides)
    # of few stretches beyond a percentile the most that a queue does is not among them yet
    odds = spread * sqrt(1 + 2 / (window.spans * (1 - share))) / (share * (1 - share))
    low, high = _odds_moved(share, -odds), _odds_moved(share, odds)
    if times.count * (1 - high) < 1:
        return Estimate(value, None, "too few requests: they say nothing of how long the longest take")
    return _within_itself(value, max(value - times.quantile(low), times.quantile(high) - value))


def _within_itself(value: float, half_width: float) -> Estimate:
    """A time with its interval, which must not reach down to 0."""
    if 0 < value <= half_width:
        return Estimate(value, None, "too few requests: the interval would be wider than the figure")
    return Estimate(value, half_width)


def _odds_moved(share: float, by: float) -> float:
    return 1 / (1 + exp(-(log(share / (1 - share)) + by)))


DRIFTS = "the figures drift from one part of the run to the next"


def estimate_of(value: float, batches: Sequence[float], confidence: float) -> Estimate:
    """A mean with the interval that 20 batches give, unless they drift."""
    why = why_none(batches)
    return Estimate(value, None, why) if why else Estimate(value, spread_of(batches, confidence))


def share_of(good: int, count: int, batches: Sequence[float], confidence: float, window: Window) -> Interval | None:
    """The interval of a share of requests, of which 20 batches had these shares; None of no requests.

    By the exact limits for independent trials, as many as would stray as far as the batches do, at most all.
    """
    if count == 0:
        return None
    lacks = window.lacks(count)
    if lacks:
        return Interval(why=lacks)
    trials, share = float(count), good / count
    if 0 < good < count:
        why = why_none(batches)
        if why:
            return Interval(why=why)
        error = spread_of(batches, confidence) / NormalDist().inv_cdf((1 + confidence) / 2)
        trials = min(trials, share * (1 - share) / error**2) if error > 0 else trials
    return Interval(*clopper_pearson(share * trials, trials, confidence))


def why_none(batches: Sequence[float]) -> str | None:
    """Why batches give no interval: there is not one of each, or each is like the one before it, beyond chance."""
    if not batches:
        return "too few requests: each part of the run needs some"
    return DRIFTS if is_drifting(batches) else None


def is_drifting(batches: Sequence[float]) -> bool:
    """Whether each batch is like the one before it, beyond chance."""
    middle = fmean(batches)
    around = [batch - middle for batch in batches]
    squares = sum(one * one for one in around)
    is_more_than_rounding = squares > len(around) * (1e-9 * middle) ** 2
    return is_more_than_rounding and sum(one * other for one, other in pairwise(around)) / squares > DRIFTING


def spread_of(batches: Sequence[float], confidence: float) -> float:
    """The half-width of the interval of a mean: the widest that 20 batches, 10 and 5 of them give."""
    found = 0.0
    for count in LEVELS:
        size = len(batches) // count
        means = [fmean(batches[first : first + size]) for first in range(0, len(batches), size)]
        found = max(found, student(confidence, count - 1) * stdev(means) / sqrt(count))
    return found


def _rounded(count: float) -> str:
    """A count with two digits that mean something, rounded up.

    >>> _rounded(34_210.0)
    '35,000'
    """
    unit = 10 ** max(len(str(int(count))) - 2, 0)
    return f"{-int(-count // unit) * unit:,}"

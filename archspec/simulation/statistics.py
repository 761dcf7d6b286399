"""Confidence intervals of a run's figures, that hold or are not given (docs/adr/0019).

Requests in order of arrival are cut into 20 batches of equal count. How far the mean of a figure strays is judged by
Student's t over those 20 batches, over the 10 that neighbours make, and over 5; the widest counts, since batches that
are too short look alike and promise too much. A percentile is no mean, but the share of times beyond it is: how far
that share strays says between which percentiles of the run the true one lies (P. Heidelberger and P. Lewis, Operations
Research 32, 1984), on the scale of log odds, on which few values beyond still leave a share above 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from archspec.simulation.distributions import clopper_pearson, student
from archspec.simulation.percentiles import EXACT, SHARES, Quantile, quantile_of, tally_of
from archspec.simulation.results import Estimate, Interval, Latency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Numbers = NDArray[np.number]
    Mask = NDArray[np.bool_]

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


@dataclass(frozen=True, slots=True)
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


def latency_of(times: "Times", confidence: float, window: Window, exact: int = EXACT) -> Latency | None:
    """Mean and percentiles of response times in order of arrival, each with its interval; None of no times."""
    if len(times) == 0:
        return None
    quantile = quantile_of(times, exact)
    percentiles = tuple((name, _percentile(times, name, quantile, confidence, window)) for name in SHARES)
    return Latency(len(times), _mean(times, confidence, window), percentiles, tally_of(times), window.spans)


def _mean(times: "Times", confidence: float, window: Window) -> Estimate:
    value = float(times.mean())
    lacks = window.lacks(len(times))
    found = Estimate(value, None, lacks) if lacks else estimate_of(value, batch_means(times), confidence)
    return found if found.half_width is None else _within_itself(value, found.half_width)


def _percentile(times: "Times", name: str, quantile: Quantile, confidence: float, window: Window) -> Estimate:
    share = SHARES[name]
    value = quantile(share)
    lacks = window.lacks(len(times), share)
    if lacks:
        return Estimate(value, None, lacks)
    # where many requests take exactly as long, the share beyond jumps there: either side may be the wider
    sides = [batch_means(times > value), batch_means(times >= value)]
    if any(map(is_drifting, sides)):
        return Estimate(value, None, DRIFTS)
    spread = max(spread_of(side, confidence) for side in sides)
    # of few stretches beyond a percentile the most that a queue does is not among them yet
    odds = spread * sqrt(1 + 2 / (window.spans * (1 - share))) / (share * (1 - share))
    low, high = _odds_moved(share, -odds), _odds_moved(share, odds)
    if len(times) * (1 - high) < 1:
        return Estimate(value, None, "too few requests: they say nothing of how long the longest take")
    return _within_itself(value, max(value - quantile(low), quantile(high) - value))


def _within_itself(value: float, half_width: float) -> Estimate:
    """A time with its interval, which must not reach down to 0."""
    if 0 < value <= half_width:
        return Estimate(value, None, "too few requests: the interval would be wider than the figure")
    return Estimate(value, half_width)


def _odds_moved(share: float, by: float) -> float:
    return 1 / (1 + exp(-(log(share / (1 - share)) + by)))


DRIFTS = "the figures drift from one part of the run to the next"


def estimate_of(value: float, batches: "Numbers", confidence: float) -> Estimate:
    """A mean with the interval that 20 batches give, unless they drift."""
    return Estimate(value, None, DRIFTS) if is_drifting(batches) else Estimate(value, spread_of(batches, confidence))


def share_of(good: "Mask", confidence: float, window: Window) -> Interval | None:
    """The interval of a share of requests in order of arrival; None of no requests.

    By the exact limits for independent trials, as many as would stray as far as the batches do, at most all.
    """
    import numpy as np

    count, successes = len(good), int(np.count_nonzero(good))
    if count == 0:
        return None
    lacks = window.lacks(count)
    if lacks:
        return Interval(why=lacks)
    trials, share = float(count), successes / count
    if 0 < successes < count:
        batches = batch_means(good)
        if is_drifting(batches):
            return Interval(why=DRIFTS)
        error = spread_of(batches, confidence) / NormalDist().inv_cdf((1 + confidence) / 2)
        trials = min(trials, share * (1 - share) / error**2) if error > 0 else trials
    return Interval(*clopper_pearson(share * trials, trials, confidence))


def batch_means(values: "Numbers | Mask") -> "NDArray[np.float64]":
    """The means of 20 batches of equal count; what is too much is left out at the front."""
    size = len(values) // BATCHES
    means: NDArray[np.float64] = values[len(values) - size * BATCHES :].reshape(BATCHES, size).mean(axis=1)
    return means


def is_drifting(batches: "Numbers | Sequence[float]") -> bool:
    """Whether each batch is like the one before it, beyond chance."""
    import numpy as np

    middle = float(np.mean(batches))
    around = np.asarray(batches) - middle
    squares = float((around**2).sum())
    is_more_than_rounding = squares > len(around) * (1e-9 * middle) ** 2
    return is_more_than_rounding and float((around[1:] * around[:-1]).sum()) / squares > DRIFTING


def spread_of(batches: "Numbers", confidence: float) -> float:
    """The half-width of the interval of a mean: the widest that 20 batches, 10 and 5 of them give."""
    found = 0.0
    for count in LEVELS:
        means = batches.reshape(count, -1).mean(axis=1)
        found = max(found, student(confidence, count - 1) * float(means.std(ddof=1)) / sqrt(count))
    return found


def _rounded(count: float) -> str:
    """A count with two digits that mean something, rounded up.

    >>> _rounded(34_210.0)
    '35,000'
    """
    unit = 10 ** max(len(str(int(count))) - 2, 0)
    return f"{-int(-count // unit) * unit:,}"

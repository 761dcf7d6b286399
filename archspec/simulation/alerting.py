"""Alerts on a timeline, evaluated as Prometheus 3 does."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from archspec.model.alert import Alert
from archspec.model.quantities import Duration, Factor, Rate, Ratio
from archspec.simulation.percentiles import SHARES, rank_of
from archspec.simulation.requests import Answered
from archspec.simulation.results import AlertChange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]

Value = Fraction | float | int


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time (start, end] and the numbers of the first and the last sample that lie in it."""

    start: int
    end: int
    first: int
    last: int


Reader = Callable[[Window], Value | None]
"""The value of a metric over a window; None where there is none."""
Breach = Callable[[Window], bool]
"""Whether an alert's condition holds over a window; not where there is no value."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the samples of a run saw of answers."""

    samples: list[int]
    good: list[int]
    """Good answers up to each sample."""
    bad: list[int]
    took: "Times"
    """Response times of the good ones, lot after lot: those of the first sample, those new to the second, …"""


@dataclass(frozen=True, slots=True)
class Watched:
    """What an alert is evaluated on: the moments of the samples, and whether its condition holds over some."""

    samples: list[int]
    breached: Breach


def see(samples: list[int], answered: Answered) -> Seen:
    """Group answers by the sample that is the first to see them: one at the very moment of a sample is seen by it."""
    import numpy as np

    times = np.array(samples, dtype=np.int64)
    lots = _first_to_see(times, answered.good)
    in_order = bool(np.all(lots[1:] >= lots[:-1]))
    took = answered.took if in_order else answered.took[np.argsort(lots, kind="stable")]
    return Seen(samples, _up_to(lots, len(times)), _up_to(_first_to_see(times, answered.bad), len(times)), took)


def _first_to_see(samples: "Times", moments: "Times") -> "NDArray[np.integer]":
    """The number of the first sample at each moment or after it, or how many there are; small, as sorts like it."""
    import numpy as np

    step = int(samples[1]) if len(samples) > 1 else 0
    if step > 0 and np.array_equal(samples, np.arange(len(samples)) * step):
        numbers = np.minimum(-(-moments // step), len(samples))
    else:
        numbers = samples.searchsorted(moments)
    return numbers.astype(np.int16 if len(samples) < 2**15 else np.int64)


def _up_to(lots: "NDArray[np.integer]", samples: int) -> list[int]:
    import numpy as np

    counts: list[int] = np.cumsum(np.bincount(lots, minlength=samples + 1))[:samples].tolist()
    return counts


def flow_reader(metric: str, seen: Seen, objective: Fraction | None) -> Reader:
    """The reader of a flow's metric: increases between the first and the last sample of a window, which takes two."""
    good, bad, samples = seen.good, seen.bad, seen.samples

    def read(window: Window) -> Value | None:
        first, last = window.first, window.last
        ok, failed = good[last] - good[first], bad[last] - bad[first]
        if metric == "request_rate":
            return rate(window, samples, good[first] + bad[first], ok + failed)
        if metric in SHARES:
            return percentile(seen, first, last, SHARES[metric])
        if ok + failed == 0:
            return None
        share = Fraction(ok, ok + failed)
        if metric == "success_rate":
            return share
        return (1 - share) / (1 - objective) if objective is not None and objective < 1 else None

    return read


def rate(window: Window, samples: Sequence[int], before: int, increase: int) -> Fraction | None:
    """What Prometheus' `rate` gives of a counter per second: its increase carried on to the ends of the window.

    `before` is the counter at the first sample. A gap to an end of the window is bridged if it is under 1.1 of the mean
    distance of the samples, else half that distance is; never further back than where the counter would have been 0.
    None of fewer than two samples. (`extrapolatedRate` in promql/functions.go, Prometheus 3.0.)
    """
    if window.last == window.first:
        return None
    sampled = samples[window.last] - samples[window.first]
    distance = Fraction(sampled, window.last - window.first)
    to_start, to_end = (
        Fraction(gap) if gap < distance * Fraction(11, 10) else distance / 2
        for gap in (samples[window.first] - window.start, window.end - samples[window.last])
    )
    if increase > 0:
        to_start = min(to_start, Fraction(sampled * before, increase))
    return increase * (sampled + to_start + to_end) / sampled * 10**9 / (window.end - window.start)


def percentile(seen: Seen, first: int, last: int, share: float) -> int | None:
    """The nearest rank of the response times that the samples after `first` up to `last` saw."""
    times = seen.took[seen.good[first] : seen.good[last]].copy()
    if len(times) == 0:
        return None
    rank = rank_of(share, len(times))
    times.partition(rank - 1)
    return int(times[rank - 1])


def flow_breach(alert: Alert, seen: Seen, objective: Fraction | None) -> Breach | None:
    """Whether a flow's metric is on the wrong side of an alert's limit."""
    limit = alert.threshold
    if alert.metric in SHARES and isinstance(limit, Duration):
        return _percentile_breach(seen, SHARES[alert.metric], limit.nanoseconds, above=alert.above is not None)
    return breach(alert, flow_reader(alert.metric, seen, objective))


def _percentile_breach(seen: Seen, share: float, limit: int, *, above: bool) -> Breach:
    """By counting: a percentile is above a limit when fewer times than its rank are not."""
    import numpy as np

    within = np.concatenate([[0], np.cumsum(seen.took <= limit if above else seen.took < limit)])
    up_to: list[int] = within[seen.good].tolist()

    def breached(window: Window) -> bool:
        count = seen.good[window.last] - seen.good[window.first]
        reached = up_to[window.last] - up_to[window.first] >= rank_of(share, count)
        return count > 0 and reached is not above

    return breached


def breach(alert: Alert, read: Reader) -> Breach | None:
    """Whether a metric is on the wrong side of an alert's limit; None of no limit."""
    limit = alert.threshold
    if limit is None:
        return None
    bound = bound_of(limit)

    def breached(window: Window) -> bool:
        value = read(window)
        return value is not None and (value > bound if alert.above is not None else value < bound)

    return breached


def evaluate(alert: Alert, watched: Watched, interval: int, until: int) -> tuple[AlertChange, ...]:
    """Every change of an alert's state, evaluated at 0, interval, 2·interval, … up to `until`.

    inactive -> pending when the condition is true; pending -> firing when it has been true for `for`; false takes
    pending back to inactive, and firing to resolved once `keep_firing_for` is over.
    """
    changes: list[AlertChange] = []
    state, since, last_true = "inactive", 0, 0
    for now in range(0, until + 1, interval):
        if _holds(alert, watched, now):
            last_true = now
            if state in ("inactive", "resolved"):
                state, since = "pending", now
                changes.append(AlertChange(alert.id, now, state))
            if state == "pending" and now - since >= alert.for_.nanoseconds:
                state = "firing"
                changes.append(AlertChange(alert.id, now, state, tuple(alert.notify)))
        elif state == "pending":
            state = "inactive"
            changes.append(AlertChange(alert.id, now, state))
        elif state == "firing" and now - last_true >= alert.keep_firing_for.nanoseconds:
            state = "resolved"
            changes.append(AlertChange(alert.id, now, state, tuple(alert.notify)))
    return tuple(changes)


def _holds(alert: Alert, watched: Watched, now: int) -> bool:
    """Whether every window of the alert is in breach at `now`."""
    return all(_breached(watched, now, window) for window in alert.windows)


def _breached(watched: Watched, now: int, over: Duration) -> bool:
    """Whether the condition holds over the samples in (now − window, now], if there is any."""
    start = now - over.nanoseconds
    first = bisect_right(watched.samples, start)
    last = bisect_right(watched.samples, now) - 1
    return last >= first and watched.breached(Window(start, now, first, last))


def bound_of(limit: Ratio | Duration | Rate | Factor | int) -> Value:
    """A threshold as a number: ratios and factors as they are, durations in nanoseconds, rates per second."""
    if isinstance(limit, (Ratio, Factor)):
        return limit.value
    if isinstance(limit, Duration):
        return limit.nanoseconds
    return limit.per_second if isinstance(limit, Rate) else limit

"""Alerts on a timeline, evaluated as Prometheus does (engine contract, section 12)."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from archspec.execution.requests import Answered
from archspec.execution.results import AlertChange
from archspec.execution.statistics import SHARES, rank_of
from archspec.model.alert import Alert
from archspec.model.quantities import Duration, Factor, Rate, Ratio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]

Value = Fraction | float | int
Reader = Callable[[int, int], Value | None]
"""The value of a metric over the window (from, to] of sample numbers, both included; None where there is none."""
Breach = Callable[[int, int], bool]
"""Whether an alert's condition holds over the window (from, to] of sample numbers; not where there is no value."""


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
    """What an alert is evaluated on: the moments of the samples, and whether its condition holds between two."""

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
    """The reader of a flow's metric: increases between the first and the last sample of a window."""
    good, bad, samples = seen.good, seen.bad, seen.samples

    def read(first: int, last: int) -> Value | None:
        ok, failed = good[last] - good[first], bad[last] - bad[first]
        if metric == "request_rate":
            return Fraction((ok + failed) * 10**9, samples[last] - samples[first])
        if metric in SHARES:
            return percentile(seen, first, last, SHARES[metric])
        if ok + failed == 0:
            return None
        rate = Fraction(ok, ok + failed)
        if metric == "success_rate":
            return rate
        return (1 - rate) / (1 - objective) if objective is not None and objective < 1 else None

    return read


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

    def breached(first: int, last: int) -> bool:
        count = seen.good[last] - seen.good[first]
        reached = up_to[last] - up_to[first] >= rank_of(share, count)
        return count > 0 and reached is not above

    return breached


def breach(alert: Alert, read: Reader) -> Breach | None:
    """Whether a metric is on the wrong side of an alert's limit; None of no limit."""
    limit = alert.threshold
    if limit is None:
        return None
    bound = bound_of(limit)

    def breached(first: int, last: int) -> bool:
        value = read(first, last)
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


def _breached(watched: Watched, now: int, window: Duration) -> bool:
    """Whether the condition holds over the samples in (now − window, now], which must be two at least."""
    first = bisect_right(watched.samples, now - window.nanoseconds)
    last = bisect_right(watched.samples, now) - 1
    return last - first >= 1 and watched.breached(first, last)


def bound_of(limit: Ratio | Duration | Rate | Factor | int) -> Value:
    """A threshold as a number: ratios and factors as they are, durations in nanoseconds, rates per second."""
    if isinstance(limit, (Ratio, Factor)):
        return limit.value
    if isinstance(limit, Duration):
        return limit.nanoseconds
    return limit.per_second if isinstance(limit, Rate) else limit

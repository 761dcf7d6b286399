"""Alerts on a timeline, evaluated as Prometheus does (engine contract, section 12)."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from archspec.execution.results import AlertChange
from archspec.model.alert import Alert
from archspec.model.quantities import Duration, Factor, Rate, Ratio

Value = Fraction | float | int
Reader = Callable[[int, int], Value | None]
"""The value of a metric over the window (from, to] of sample numbers, both included; None where there is none."""
PERCENTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99, "p99.9": 0.999}


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one flow or of several: when they came, in order, and how long the good ones took."""

    good: tuple[int, ...] | list[int]
    bad: tuple[int, ...] | list[int]
    took: list[int]
    """Response times of the good ones, in the order of `good`."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What an alert is evaluated on: the moments of the samples, and a reader of its metric."""

    samples: list[int]
    read: Reader


def flow_reader(metric: str, answered: Answered, samples: list[int], objective: Fraction | None) -> Reader:
    """The reader of a flow's metric: increases between the first and the last sample of a window."""
    good = [bisect_right(answered.good, time) for time in samples]
    bad = [bisect_right(answered.bad, time) for time in samples]

    def read(first: int, last: int) -> Value | None:
        ok, failed = good[last] - good[first], bad[last] - bad[first]
        if metric == "request_rate":
            return Fraction((ok + failed) * 10**9, samples[last] - samples[first])
        if metric in PERCENTILES:
            times = sorted(answered.took[good[first] : good[last]])
            return times[max(0, ceil(PERCENTILES[metric] * len(times)) - 1)] if times else None
        if ok + failed == 0:
            return None
        rate = Fraction(ok, ok + failed)
        if metric == "success_rate":
            return rate
        return (1 - rate) / (1 - objective) if objective is not None and objective < 1 else None

    return read


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
    return all(_breached(alert, watched, now, window) for window in alert.windows)


def _breached(alert: Alert, watched: Watched, now: int, window: Duration) -> bool:
    """Whether the samples in (now − window, now], at least two, are on the wrong side of the limit."""
    first = bisect_right(watched.samples, now - window.nanoseconds)
    last = bisect_right(watched.samples, now) - 1
    limit = alert.threshold
    if last - first < 1 or limit is None:
        return False
    value = watched.read(first, last)
    if value is None:
        return False
    bound = bound_of(limit)
    return value > bound if alert.above is not None else value < bound


def bound_of(limit: Ratio | Duration | Rate | Factor | int) -> Value:
    """A threshold as a number: ratios and factors as they are, durations in nanoseconds, rates per second."""
    if isinstance(limit, (Ratio, Factor)):
        return limit.value
    if isinstance(limit, Duration):
        return limit.nanoseconds
    return limit.per_second if isinstance(limit, Rate) else limit

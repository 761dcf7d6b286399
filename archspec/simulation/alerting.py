"""Alerts on a timeline, evaluated as Prometheus 3 does."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from archspec.model.alert import Alert
from archspec.model.architecture import Architecture
from archspec.model.kind import Role
from archspec.model.quantities import Duration, Factor, Rate, Ratio
from archspec.simulation.percentiles import SHARES, rank_of
from archspec.simulation.results import AlertChange

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
    within: Mapping[int, list[int]]
    """By response time in nanoseconds, how many good answers up to each sample took no longer."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What an alert is evaluated on: the moments of the samples, and whether its condition holds over some."""

    samples: list[int]
    breached: Breach


def flow_reader(metric: str, seen: Seen, objective: Fraction | None) -> Reader:
    """The reader of a flow's metric: increases between the first and the last sample of a window, which takes two."""
    good, bad, samples = seen.good, seen.bad, seen.samples

    def read(window: Window) -> Value | None:
        first, last = window.first, window.last
        ok, failed = good[last] - good[first], bad[last] - bad[first]
        if metric == "request_rate":
            return rate(window, samples, good[first] + bad[first], ok + failed)
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


def flow_breach(alert: Alert, seen: Seen, objective: Fraction | None) -> Breach | None:
    """Whether a flow's metric is on the wrong side of an alert's limit."""
    limit = time_limit(alert)
    if limit is not None:
        return _percentile_breach(seen, SHARES[alert.metric], limit, above=alert.above is not None)
    return breach(alert, flow_reader(alert.metric, seen, objective))


def time_limit(alert: Alert) -> int | None:
    """The response time of which an alert has to know how many answers took no longer: its limit, in nanoseconds.

    Of `below` a nanosecond less, since the limit itself is not below. None where it asks about no percentile.
    """
    limit = alert.threshold
    if alert.metric not in SHARES or not isinstance(limit, Duration):
        return None
    return limit.nanoseconds if alert.above is not None else limit.nanoseconds - 1


def _percentile_breach(seen: Seen, share: float, limit: int, *, above: bool) -> Breach:
    """By counting: a percentile is above a limit when fewer times than its rank are not."""
    up_to = seen.within[limit]

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
    pending back to inactive, and firing to resolved once it has been false for `keep_firing_for`. (`AlertingRule.Eval`
    in rules/alerting.go, Prometheus 2.42.)
    """
    changes: list[AlertChange] = []
    state, since, first_false = "inactive", 0, None
    for now in range(0, until + 1, interval):
        if _holds(alert, watched, now):
            first_false = None
            if state in ("inactive", "resolved"):
                state, since = "pending", now
                changes.append(AlertChange(alert.id, now, state))
            if state == "pending" and now - since >= alert.for_.nanoseconds:
                state = "firing"
                changes.append(AlertChange(alert.id, now, state, tuple(alert.notify)))
        elif state == "pending":
            state = "inactive"
            changes.append(AlertChange(alert.id, now, state))
        elif state == "firing":
            first_false = now if first_false is None else first_false
            if now - first_false >= alert.keep_firing_for.nanoseconds:
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


def time_limits(
    architecture: Architecture, flows: tuple[str, ...], buckets: tuple[int, ...] = ()
) -> tuple[tuple[int, ...], ...]:
    """By flow, the response times of which its alerts, or `buckets`, ask how many answers took no longer."""
    found = [set(buckets) for _ in flows]
    for alert in architecture.alerts.values():
        limit = time_limit(alert)
        for flow in flows_of(architecture, flows, alert) if limit is not None and alert.component is None else ():
            found[flow].add(limit or 0)
    return tuple(tuple(sorted(limits)) for limits in found)


def flows_of(architecture: Architecture, names: tuple[str, ...], alert: Alert) -> tuple[int, ...]:
    """The flows an alert watches: the named one, else all that a person or client starts."""
    if alert.flow is not None:
        return tuple(number for number, id_ in enumerate(names) if id_ == alert.flow)
    return tuple(
        number
        for number, id_ in enumerate(names)
        if architecture.components[architecture.flows[id_].from_].kind_of.role is Role.ACTOR
    )

"""Intervals in words, and why there are none."""

from collections.abc import Iterable
from math import ceil, floor

from archspec.simulation import Estimate, FlowResult, Interval
from archspec.values import percent


def limits(interval: Interval | None) -> str:
    """The limits of a share behind it, in brackets; empty where there are none.

    >>> limits(Interval(0.99871, 0.99982)), limits(Interval(0.9991, 1.0)), limits(Interval(why="too few requests"))
    (' (99.871% to 99.982%)', ' (at least 99.91%)', '')
    """
    if interval is None or interval.low is None or interval.high is None:
        return ""
    least = percent(interval.low, floor)
    return f" (at least {least})" if interval.high == 1 else f" ({least} to {percent(interval.high, ceil)})"


def without(figures: Iterable[tuple[str, Estimate | Interval | None]]) -> list[str]:
    """A sentence for each reason why figures have no interval, and which.

    >>> without([("mean", Estimate(1.0, 0.1)), *((name, Estimate(2.0, None, "too few")) for name in ("p95", "p99"))])
    ['no ± for p95, p99: too few']
    >>> without([("mean", Estimate(1.0, None, "it changes"))])
    ['no ±: it changes']
    """
    figures, names = list(figures), dict[str, list[str]]()
    for name, figure in figures:
        if figure is not None and figure.why:
            names.setdefault(figure.why, []).append(name)
    if [len(found) for found in names.values()] == [len(figures)]:
        return [f"no ±: {why}" for why in names]
    return [f"no ± for {', '.join(found)}: {why}" for why, found in names.items()]


def without_in(flow: FlowResult) -> list[str]:
    """The same of all that is told of a flow."""
    figures: list[tuple[str, Estimate | Interval | None]] = [("success", flow.success_interval)]
    if flow.latency is not None and not flow.overloaded:
        figures += [("mean", flow.latency.mean), *flow.latency.percentiles]
    return without(figures)

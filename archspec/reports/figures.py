"""How figures of runs are written, as values and as intervals, and why there is no interval."""

from collections.abc import Iterable
from math import ceil, floor

from archspec.simulation import Estimate, FlowResult, Interval
from archspec.values import UNKNOWN, Rounding, duration, percent, rate

MILLISECONDS = 1_000_000


def figure(name: str, value: float, unit: int = 1, rounded: Rounding = floor) -> str:
    """A figure with its unit; times are in so many nanoseconds.

    >>> figure("success", 0.9987), figure("p99", 12.5, MILLISECONDS), figure("throughput", 98.76)
    ('99.87%', '12.5 ms', '98.8/s')
    """
    if name == "success":
        return percent(value, rounded)
    return rate(value) if name == "throughput" else duration(value * unit)


def estimated(name: str, estimate: Estimate | None, unit: int = 1) -> str:
    """The figure and the half-width of its interval."""
    if estimate is None:
        return UNKNOWN
    around = f" ± {figure(name, estimate.half_width, unit, ceil)}" if estimate.half_width else ""
    return figure(name, estimate.value, unit) + around


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

"""How the named figures of runs are written: success, throughput, and times."""

from math import ceil, floor

from archspec.simulation import Estimate
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

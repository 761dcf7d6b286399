"""How the figures of a sweep are written."""

from archspec.simulation.results import Estimate
from archspec.values import lasting


def value_text(name: str, value: float) -> str:
    """A figure with its unit; times come in milliseconds.

    >>> value_text("success", 0.9987), value_text("p99", 12.5), value_text("throughput", 98.76)
    ('99.870%', '12.5 ms', '98.8/s')
    """
    if name == "success":
        return f"{value:.3%}"
    return f"{value:.1f}/s" if name == "throughput" else lasting(round(value * 1e6))


def figure_text(name: str, estimate: Estimate | None) -> str:
    """The figure and its interval."""
    if estimate is None:
        return "–"
    around = f" ± {value_text(name, estimate.half_width)}" if estimate.half_width else ""
    return value_text(name, estimate.value) + around

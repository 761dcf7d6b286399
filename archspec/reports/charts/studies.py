"""What the charts of sweeps, comparisons and searches share: figures by their names."""

from collections.abc import Sequence
from math import isfinite

from archspec.model import Objective
from archspec.renderers import Limit, Scale, Unit, fitting, linear
from archspec.simulation import Estimate
from archspec.values import duration, percent

UNITS = {"success": Unit.SHARE, "throughput": Unit.RATE}
TITLES = {"success": "share of good answers", "throughput": "good answers per second", "mean": "mean response time"}


def unit_of(figure: str) -> Unit:
    """What a figure of a run is in: all but two are times."""
    return UNITS.get(figure, Unit.TIME)


def title_of(figure: str) -> str:
    """What an axis of it says."""
    return TITLES.get(figure, f"{figure} of response times")


def limits_of(estimate: Estimate | None, scale: float = 1.0) -> tuple[float | None, float | None]:
    """Between which values a figure lies; None where it has no interval."""
    if estimate is None or estimate.half_width is None or not isfinite(estimate.half_width):
        return None, None
    return (estimate.value - estimate.half_width) * scale, (estimate.value + estimate.half_width) * scale


def scale_of(figure: str, values: Sequence[float]) -> Scale:
    """An axis for a figure: shares are seen near 100%, the others from 0."""
    if figure == "success":
        return linear(Unit.SHARE, [*values, 1.0, min([0.99, *values])], from_zero=False)
    return fitting(unit_of(figure), values)


def promised(objective: Objective | None, figure: str) -> tuple[Limit, ...]:
    """What is promised of a figure: a line, or none."""
    if objective is None:
        return ()
    if figure == "success" and objective.success is not None:
        return (Limit(float(objective.success), f"promised {percent(float(objective.success))}"),)
    limit = objective.percentiles.get(figure)
    return (Limit(float(limit.nanoseconds), f"{figure} promised {duration(limit.nanoseconds)}"),) if limit else ()

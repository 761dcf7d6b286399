"""An alert as the engine is told of it: part of the Program (see `program`)."""

from fractions import Fraction
from typing import NamedTuple


class Alert(NamedTuple):
    """Of flows together, or of a component: wrong where the metric is `above` or `below` its limit in all windows."""

    metric: str
    flows: tuple[int, ...] | None
    component: int | None
    share: float | None
    """Of a percentile, whose limit is in nanoseconds."""
    allowed: Fraction | None
    """Of a burn rate: the share of requests that may fail."""
    above: Fraction | None
    below: Fraction | None
    over: tuple[int, ...]
    for_: int
    keep_firing_for: int

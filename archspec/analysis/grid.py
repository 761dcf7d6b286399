"""Distributions on a grid of equal steps: share j is that of the time j × step."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from math import erf, exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

from archspec.model import Family, Time

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

POINTS = 2048
_NANOSECONDS = 1e9


@lru_cache(1024)
def of_time(time: Time, step: float) -> "Column":
    """A stated time, each draw moved to the nearest point; values of their own keep their mean."""
    if time.family in (Family.CONSTANT, Family.EMPIRICAL):
        values = [value / _NANOSECONDS for value in time.parameters]
        return mixture([(1 / len(values), of_value(value, step)) for value in values])
    edges: Column = (np.arange(POINTS, dtype=np.float64) + 0.5) * step * _NANOSECONDS
    return steps_of(_CUMULATIVE[time.family](time.parameters, edges))


def of_value(seconds: float, step: float) -> "Column":
    """One value, split over its two neighbours so that its mean is kept."""
    found = np.zeros(POINTS)
    if step <= 0:
        found[0] = 1.0
        return found
    place = seconds / step
    if place <= POINTS - 1:
        low = int(place)
        found[low] += 1 - (place - low)
        if place > low:
            found[low + 1] += place - low
    return found


def steps_of(cumulative: "Column") -> "Column":
    """The shares of a distribution function given at every point."""
    return np.maximum(0.0, np.diff(cumulative, prepend=0.0))


def mixture(options: Sequence[tuple[float, "Column"]]) -> "Column":
    """A choice between columns by their shares."""
    return np.asarray(np.sum([share * column for share, column in options], axis=0))


def total(terms: Sequence[tuple["Column", int]]) -> "Column":
    """The sum of independent columns, each so many times."""
    found = of_value(0.0, 1.0)
    for column, times in terms:
        power, left = column, times
        while left:
            if left & 1:
                found = _convolved(found, power)
            left >>= 1
            if left:
                power = _convolved(power, power)
    return found


def _convolved(one: "Column", other: "Column") -> "Column":
    size = 2 * POINTS
    product = np.fft.rfft(one, size) * np.fft.rfft(other, size)
    return np.maximum(0.0, np.fft.irfft(product, size)[:POINTS])


def cut(column: "Column", limit: float, step: float, *, only_below: bool) -> "Column":
    """All that is above a limit moved to it, or left out and the rest made whole."""
    last = min(POINTS - 1, int(limit / step + 1e-9)) if step > 0 else POINTS - 1
    found = np.zeros(POINTS)
    found[: last + 1] = column[: last + 1]
    if only_below:
        return np.asarray(found / (found.sum() or 1.0))
    return np.asarray(found + (1 - found.sum()) * of_value(limit, step))


def _lognormal(p: tuple[float, ...], times: "Column") -> "Column":
    return _normal((np.log(times) - p[0]) / p[1]) if p[1] else (times >= exp(p[0])).astype(float)


def _normal(z: "Column") -> "Column":
    return np.interp(z, *_normal_table())


@cache
def _normal_table() -> tuple["Column", "Column"]:
    """The standard normal distribution function, near enough to interpolate with an error below a millionth."""
    points = np.linspace(-8, 8, 8193)
    return points, np.asarray([(1 + erf(x / sqrt(2))) / 2 for x in points])


def _erlang(p: tuple[float, ...], times: "Column") -> "Column":
    k, x = int(p[0]), times * p[0] / max(p[1], 1e-12)
    logs = np.cumsum(np.concatenate([[0.0], np.log(np.arange(1, k))])) if k > 1 else np.zeros(1)
    terms = [np.exp(n * np.log(x) - x - logs[n]) for n in range(k)]
    return np.asarray(1 - np.sum(terms, axis=0))


def _exponential(mean: float, times: "Column") -> "Column":
    return 1 - np.exp(-times / mean) if mean else np.ones_like(times)


def _uniform(p: tuple[float, ...], times: "Column") -> "Column":
    if p[1] <= p[0]:
        return (times >= p[0]).astype(float)
    return np.clip((times - p[0]) / (p[1] - p[0]), 0.0, 1.0)


_CUMULATIVE: dict[Family, Callable[[tuple[float, ...], "Column"], "Column"]] = {
    Family.EXPONENTIAL: lambda p, t: _exponential(p[0], t),
    Family.LOGNORMAL: _lognormal,
    Family.NORMAL: lambda p, t: _normal((t - p[0]) / p[1]) if p[1] else (t >= p[0]).astype(float),
    Family.UNIFORM: _uniform,
    Family.ERLANG: _erlang,
    Family.HYPEREXPONENTIAL: lambda p, t: p[0] * _exponential(p[1], t) + (1 - p[0]) * _exponential(p[2], t),
}
"""Distribution functions at times in nanoseconds above 0."""

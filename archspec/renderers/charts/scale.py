"""Scales: where on an axis a value lies, and the round values that are written beside it."""

from collections.abc import Sequence
from enum import Enum
from itertools import takewhile
from math import ceil, floor, inf, log10
from typing import assert_never

from archspec.frozen import frozen
from archspec.renderers import Unit

WIDE = 30.0
"""From so many times the smallest value on, a scale is read better by its logarithm."""
_NEAR = 1e-9


class Kind(Enum):
    """How values are spread over an axis."""

    LINEAR = "linear"
    LOGARITHMIC = "logarithmic"
    NINES = "nines"
    """By the logarithm of what is missing to 1: 90%, 99% and 99.9% are equally far apart; 1 lies at the end."""

    def place(self, value: float) -> float:
        """Where a value lies on an axis without end."""
        match self:
            case Kind.LINEAR:
                return value
            case Kind.LOGARITHMIC:
                return log10(value) if value > 0 else -inf
            case Kind.NINES:
                return -log10(1 - value) if value < 1 else inf
            case _:
                assert_never(self)


@frozen
class Scale:
    """An axis between two places of its kind; `ticks` are round, lie within it and are spelled each in its own way."""

    kind: Kind
    unit: Unit
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """How far along the axis a value lies, from 0 to 1; what lies beyond an end is moved to it."""
        return min(1.0, max(0.0, (self.kind.place(value) - self.start) / (self.end - self.start)))

    @property
    def labels(self) -> tuple[str, ...]:
        """The ticks in words; 0 needs no unit."""
        return tuple(self.unit.spell(tick) if tick else "0" for tick in self.ticks)


def exactly(unit: Unit, low: float, high: float, most: int = 5) -> Scale:
    """A linear scale that ends where the values do, such as the time of a run; it has ticks where it is round."""
    for step in unit.rounds((high - low) / most):
        ticks = _multiples(step, ceil(low / step - _NEAR), floor(high / step + _NEAR))
        if len(ticks) <= most + 1 and _is_legible(unit, ticks, step):
            return Scale(Kind.LINEAR, unit, low, high, ticks)
    raise AssertionError


def linear(unit: Unit, values: Sequence[float], most: int = 4, *, from_zero: bool = True) -> Scale:
    """A linear scale that reaches to a round value on both sides."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    low, high = (min(low, 0.0), max(high, 0.0)) if from_zero else (low, high)
    if high - low <= max(abs(low), abs(high)) * _NEAR:
        high = low + (abs(low) or 1.0)
    for step in unit.rounds((high - low) / most):
        ticks = _multiples(step, floor(low / step + _NEAR), ceil(high / step - _NEAR))
        if len(ticks) <= most + 1 and _is_legible(unit, ticks, step):
            return Scale(Kind.LINEAR, unit, ticks[0], ticks[-1], ticks)
    raise AssertionError


def _multiples(step: float, first: int, last: int) -> tuple[float, ...]:
    return tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))


def _is_legible(unit: Unit, ticks: Sequence[float], step: float) -> bool:
    """Whether each tick is spelled otherwise than what lies a quarter of a step beside it: none by a rounded name."""
    around = ((tick - step / 4, tick, tick + step / 4) for tick in ticks)
    return all(len({unit.spell(value) for value in values}) == 3 for values in around)


def logarithmic(unit: Unit, values: Sequence[float], most: int = 6) -> Scale:
    """A logarithmic scale for values above 0, from a round one to a round one."""
    low, high = min(values), max(values)
    below = tuple(takewhile(lambda each: each <= low * (1 + _NEAR), unit.rounds(low / 10)))[-1]
    rising = unit.rounds(below)
    rounds = [next(rising), next(rising)]
    while rounds[-1] < high * (1 - _NEAR):
        rounds.append(next(rising))
    apart = next(each for each in (1, *range(3, len(rounds) + 3, 3)) if len(rounds[::each]) <= most)
    place = Kind.LOGARITHMIC.place
    first = next((number for number, each in enumerate(rounds[:apart]) if place(each).is_integer()), 0)
    return Scale(Kind.LOGARITHMIC, unit, place(rounds[0]), place(rounds[-1]), tuple(rounds[first::apart]))


def nines(values: Sequence[float], most: int = 5) -> Scale:
    """A scale of shares by their nines, from one that is not above them to one that is not below, or to 100%."""
    place, below = Kind.NINES.place, [value for value in values if value < 1]
    first = floor(place(min(below)) + _NEAR) if below else 1
    last = max(first + 1, ceil(place(max(below)) - _NEAR) if below else 0)
    apart = ceil((last - first) / (most - 1))
    places = range(first, last + apart, apart)
    ticks = tuple(1 - float(f"1e-{each}") for each in places)
    if len(below) < len(values):
        return Scale(Kind.NINES, Unit.SHARE, first, places[-1] + apart, (*ticks, 1.0))
    return Scale(Kind.NINES, Unit.SHARE, first, places[-1], ticks)


def fitting(unit: Unit, values: Sequence[float], most: int = 4) -> Scale:
    """From 0, or by its logarithm where the largest value is very much larger than the smallest one."""
    if values and min(values) > 0 and max(values) >= WIDE * min(values):
        return logarithmic(unit, values)
    return linear(unit, values, most)

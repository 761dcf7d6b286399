"""What an axis is in: how its values are spelled, and which of them are round."""

from collections.abc import Iterator
from enum import Enum
from itertools import count
from math import floor, log10
from typing import assert_never

from archspec.values import duration, factor, number, percent, rate

SECOND = 10**9
_HUMAN = (20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200)
"""Round lengths of time between ten seconds and a day, in seconds."""
_DAY = 86400 * SECOND


class Unit(Enum):
    """The kinds of figures that charts show."""

    TIME = "time"
    """In nanoseconds."""
    RATE = "rate"
    """Per second."""
    SHARE = "share"
    """Between 0 and 1; a utilisation may be more."""
    COUNT = "count"
    FACTOR = "factor"

    def spell(self, value: float) -> str:
        """A value as everything else in archspec spells it.

        >>> Unit.TIME.spell(57_440_000), Unit.SHARE.spell(0.9999), Unit.RATE.spell(3230)
        ('57.4 ms', '99.99%', '3,230/s')
        """
        match self:
            case Unit.TIME:
                return duration(value)
            case Unit.RATE:
                return rate(value)
            case Unit.SHARE:
                return percent(value)
            case Unit.COUNT:
                return number(value)
            case Unit.FACTOR:
                return factor(value)
            case _:
                assert_never(self)

    def rounds(self, least: float) -> Iterator[float]:
        """The round values from one above 0 on, rising without end: 1, 2, 5, 10 and so on; of long times 30 s, 1 min.

        >>> from itertools import islice
        >>> list(islice(Unit.COUNT.rounds(0.3), 4))
        [0.5, 1.0, 2.0, 5.0]
        >>> [Unit.TIME.spell(each) for each in islice(Unit.TIME.rounds(4e9), 5)]
        ['5 s', '10 s', '20 s', '30 s', '1 min']
        """
        if self is not Unit.TIME:
            yield from _decimal(least)
            return
        yield from (value for value in _up_to(10 * SECOND, least))
        yield from (seconds * float(SECOND) for seconds in _HUMAN if seconds * SECOND >= least)
        yield from (days * _DAY for days in _decimal(max(1.0, least / _DAY)))


def _decimal(least: float) -> Iterator[float]:
    for power in count(floor(log10(least))):
        yield from (value for mantissa in (1, 2, 5) if (value := float(f"{mantissa}e{power}")) >= least)


def _up_to(most: float, least: float) -> Iterator[float]:
    for value in _decimal(least):
        if value > most:
            return
        yield value

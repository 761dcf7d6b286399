"""The keys that a cache is asked for."""

import re
from fractions import Fraction
from typing import ClassVar, Self

from archspec.frozen import frozen
from archspec.model.quantities import NUMBER, Quantity, decimal

_COUNT = "[1-9][0-9]{0,8}"


@frozen
class Keys(Quantity):
    """A Zipf key space: key k of `count` is asked for with probability proportional to k^-exponent.

    >>> str(Keys.parse("zipf(count=1000 exponent=0.9)"))
    'zipf(count=1000 exponent=0.9)'
    """

    count: int
    exponent: Fraction

    what: ClassVar[str] = "key space"
    examples: ClassVar[tuple[str, ...]] = ("zipf(count=1000000 exponent=0.9)",)
    pattern: ClassVar[str] = rf"zipf\((?:count={_COUNT}[ ,]+exponent={NUMBER}|exponent={NUMBER}[ ,]+count={_COUNT})\)"
    _text: ClassVar[re.Pattern[str]] = re.compile(pattern)

    @classmethod
    def read(cls, value: object) -> Self:
        """`zipf(count=… exponent=…)`."""
        match = cls._text.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise cls.refused(value)
        given = dict(argument.split("=") for argument in re.split("[ ,]+", match[0][len("zipf(") : -1]))
        return cls(int(given["count"]), Fraction(given["exponent"]))

    def __str__(self) -> str:
        return f"zipf(count={self.count} exponent={decimal(self.exponent)})"

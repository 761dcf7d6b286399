r"""Pieces of PromQL, safe with whatever a spec calls its parts.

>>> label("flow", 'a"b'), window(300 * 10**9, 3), window(300 * 10**9, 2), number(Fraction(1, 1000))
('flow="a\\"b"', '5m', '299999ms', '0.001')
"""

import re
from collections.abc import Iterable
from fractions import Fraction

from archspec.model.quantities import decimal

_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1))


def quoted(text: str) -> str:
    """A string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def label(name: str, value: str) -> str:
    """A matcher of one value."""
    return f"{name}={quoted(value)}"


def any_of(values: Iterable[str]) -> str:
    r"""A regular expression (RE2) for some values.

    >>> any_of(["a-b", "c.d"])
    'a-b|c\\.d'
    """
    return "|".join(re.sub(r"([.+*?()\[\]{}|^$\\])", r"\\\1", each) for each in values)


def selector(metric: str, *matchers: str) -> str:
    """A metric with those matchers that say something."""
    told = ",".join(matcher for matcher in matchers if matcher)
    return f"{metric}{{{told}}}" if told else metric


def duration(nanoseconds: int) -> str:
    """A time in the largest unit that holds it whole; parts of a millisecond are dropped."""
    return _duration(nanoseconds, _UNITS)


def go_duration(nanoseconds: int) -> str:
    """The same for tools that read times by Go's own rules, which know no days."""
    return _duration(nanoseconds, _UNITS[1:])


def _duration(nanoseconds: int, units: tuple[tuple[str, int], ...]) -> str:
    milliseconds = nanoseconds // 10**6
    if not milliseconds:
        return "0s"
    return next(f"{milliseconds // size}{unit}" for unit, size in units if milliseconds % size == 0)


def window(nanoseconds: int, version: int) -> str:
    """The time of a range selector, whose left end is left out: before Prometheus 3 that takes a millisecond less."""
    return duration(nanoseconds) if version >= 3 else f"{nanoseconds // 10**6 - 1}ms"


def number(value: Fraction | float | int) -> str:
    """A number literal."""
    if isinstance(value, Fraction):
        return decimal(value) or repr(float(value))
    return repr(value)

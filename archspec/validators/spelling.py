"""How numbers and lists are spelled in messages."""

from collections.abc import Iterable, Sequence
from math import floor, log10


def percent(share: float, digits: int = 3) -> str:
    """A share as people write it, cut so that it never rounds up to a promise it misses.

    >>> percent(0.9985007498750001), percent(0.999), percent(0.03), percent(0.999999999)
    ('99.850%', '99.9%', '3%', '99.9999999%')
    """
    value = share * 100
    exact = f"{value:.10g}"
    if len(exact.partition(".")[2]) < digits:
        return f"{exact}%"
    missing = 100 - value
    if 0 < missing < 10**-digits:
        digits = -floor(log10(missing) + 1e-6)
    scale = 10**digits
    return f"{floor(value * scale + 1e-6) / scale:.{digits}f}%"


def duration(hours: float) -> str:
    """A time in hours in the unit that fits it.

    >>> duration(13.14), duration(8.766), duration(0.02), duration(71 / 3600), duration(100)
    ('13.1 h', '8.8 h', '72 s', '71 s', '4.2 d')
    """
    if hours >= 72:
        return f"{hours / 24:.1f} d"
    if hours >= 1:
        return f"{hours:.1f} h"
    if hours * 60 >= 2:
        return f"{hours * 60:.0f} min"
    return f"{hours * 3600:.0f} s"


def milliseconds(nanoseconds: float) -> str:
    """A time in milliseconds, in seconds from one on.

    >>> milliseconds(501e6), milliseconds(1.35e9), milliseconds(0.4e6), milliseconds(2e9)
    ('501ms', '1.35s', '0.4ms', '2s')
    """
    if nanoseconds >= 1e9:
        return f"{nanoseconds / 1e9:.4g}s"
    return f"{nanoseconds / 1e6:.4g}ms"


def number(value: float) -> str:
    """One decimal, or a whole number from a hundred on.

    >>> number(6), number(4.75), number(133.4)
    ('6.0', '4.8', '133')
    """
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def listing(items: Iterable[str], shown: int = 3) -> str:
    """`a, b and c`; beyond `shown` items the rest is counted. There must be an item.

    >>> listing(["a"]), listing(["a", "b"]), listing("abcde")
    ('a', 'a and b', 'a, b and 3 more')
    """
    names: Sequence[str] = tuple(items)
    if len(names) > shown:
        names = (*names[: shown - 1], f"{len(names) - shown + 1} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def plural(count: int, noun: str, several: str | None = None) -> str:
    """`1 replica`, `2 replicas`.

    >>> plural(1, "replica"), plural(3, "replica"), plural(2, "try", "tries")
    ('1 replica', '3 replicas', '2 tries')
    """
    return f"{count} {noun if count == 1 else several or noun + 's'}"

"""How figures are spelled, everywhere: three digits and a unit, and no more certainty than there is."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any

UNKNOWN = "–"
"""In place of a figure that nobody knows."""

Rounding = Callable[[float], int]
_UNITS = ((10**9, "s"), (10**5, "ms"), (10**3, "µs"), (1, "ns"))
"""From so many nanoseconds on; a tenth of a millisecond is still one, as people write `0.4 ms`."""
_SIZES = {"s": 10**9, "ms": 10**6, "µs": 10**3, "ns": 1}
_LONG = ((72 * 3600, 86400, 3600, "d", "h"), (3600, 3600, 60, "h", "min"), (60, 60, 1, "min", "s"))
"""From so many seconds on: the seconds of a unit, and of the one that says the rest."""


def duration(nanoseconds: float | None, rounded: Rounding = round, digits: int = 3) -> str:
    """A length of time.

    >>> duration(57_440_000), duration(812_400), duration(2_000_000_000), duration(4_200), duration(0), duration(None)
    ('57.4 ms', '0.812 ms', '2 s', '4.2 µs', '0 ms', '–')
    >>> duration(150_000_000_000), duration(47_304 * 10**9), duration(720_000 * 10**9), duration(-400_000)
    ('2 min 30 s', '13 h 8 min', '8 d 8 h', '-0.4 ms')
    """
    if nanoseconds is None:
        return UNKNOWN
    if nanoseconds < 0:
        return f"-{duration(-nanoseconds, rounded, digits)}"
    amount = _significant(nanoseconds, rounded, digits)
    for least, large, small, unit, rest in _LONG:
        if amount >= least * 10**9:
            whole, more = divmod(rounded(nanoseconds / 10**9 / small), large // small)
            return f"{whole} {unit}" + (f" {more} {rest}" if more else "")
    unit = next((unit for least, unit in _UNITS if amount >= least), "ms" if not amount else "ns")
    return f"{_plain(amount / _SIZES[unit])} {unit}"


def percent(share: float | Fraction | None, rounded: Rounding = round) -> str:
    """A share: three digits of its distance from the nearer of 0% and 100%, so that it reaches neither by rounding.

    `floor` for what is held against a promise, which it must not seem to keep.

    >>> percent(0.372), percent(0.9999), percent(0.9998938117955326), percent(0.0004), percent(1), percent(1.333)
    ('37.2%', '99.99%', '99.9894%', '0.04%', '100%', '133.3%')
    >>> percent(0.99899999, floor), percent(None)
    ('99.899%', '–')
    """
    if share is None:
        return UNKNOWN
    value = float(share)
    nearer = min(value, abs(1 - value))
    if nearer < 1e-14 or value < 0:
        return f"{number(value * 100)}%"
    decimals = min(12, 2 - floor(log10(nearer * 100) + 1e-9))
    if value > 1:
        decimals = max(1, decimals - 2)  # of what is too much, a digit will do
    scale = 10**decimals
    return f"{_plain(rounded(value * 100 * scale + _NUDGE.get(rounded, 0)) / scale)}%"


def busy(share: float | None) -> str:
    """A utilisation, of which nobody needs to know more than tenths of a percent.

    >>> busy(0.3714), busy(0.9996), busy(0.0004), busy(0.0), busy(1.2)
    ('37.1%', '99.96%', '<0.1%', '0%', '120%')
    """
    return "<0.1%" if share is not None and 0 < share < 0.001 else percent(share)


def number(value: float | None) -> str:
    """A plain number, never with an exponent.

    >>> number(4.4531), number(12.0), number(3227.4), number(0.000123), number(-1.5), number(None)
    ('4.45', '12', '3,227', '0.000123', '-1.5', '–')
    """
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if abs(value) >= 999.5 else _plain(_significant(value))


def digits(value: float | None) -> str:
    """A figure of Python's as a prompt shows it: four digits, in the unit that it comes in.

    >>> digits(0.0574213), digits(None)
    ('0.05742', 'None')
    """
    return "None" if value is None else f"{value:.4g}"


def rate(per_second: float | None) -> str:
    """How often in a second.

    >>> rate(98.76), rate(None)
    ('98.8/s', '–')
    """
    return UNKNOWN if per_second is None else f"{number(per_second)}/s"


def factor(value: float | None) -> str:
    """How many times as much.

    >>> factor(8.364), factor(None)
    ('8.36x', '–')
    """
    return UNKNOWN if value is None else f"{number(value)}x"


def amount(value: float, unit: str) -> str:
    """A figure of a course with its unit; times come in nanoseconds.

    >>> amount(2_500_000, "ns"), amount(3227.4, "/s")
    ('2.5 ms', '3,227/s')
    """
    return duration(value) if unit == "ns" else f"{number(value)}{unit}"


def between(spelled: Callable[[float | None], str], least: float, most: float | None) -> str:
    """Both ends of a figure, one where they are spelled alike; without an upper bound the lower one.

    >>> between(percent, 0.6, 0.6), between(percent, 0.6, 0.75), between(percent, 0.6, None)
    ('60%', '60% to 75%', '60% or more')
    """
    if most is None:
        return f"{spelled(least)} or more"
    ends = spelled(least), spelled(most)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def availability(lower: float | None, upper: float | None) -> str:
    """An availability that lies between two bounds: as many digits as both have, else each rounded away from the other.

    >>> availability(0.998001, 0.998001), availability(0.0, 0.9990001), availability(0.99, 0.99995)
    ('99.8%', '≤ 99.9001%', '99% to 99.995%')
    >>> availability(0.99680, 0.99682), availability(0.90952, 0.91722), availability(None, None)
    ('about 99.68%', '90.95% to 91.73%', 'no figure')
    """
    if lower is None or upper is None:
        return "no figure"
    least, most = percent(lower, floor), percent(upper, ceil)
    if percent(lower, floor) == percent(upper, floor):
        return least
    for digits in range(6, 0, -1):
        if 10**-digits > 10 * (1 - upper):
            break
        if f"{lower * 100:.{digits}f}" == f"{upper * 100:.{digits}f}" != f"{100:.{digits}f}":
            return f"about {lower * 100:.{digits}f}%"
    return f"≤ {most}" if lower <= 0 else f"{least} to {most}"


def hours(value: float | None, rounded: Rounding = round) -> str:
    """A downtime that is given in hours.

    >>> hours(13.14), hours(0.93), hours(0.0), hours(None)
    ('13 h 8 min', '55 min 48 s', 'none', '–')
    """
    return "none" if value is not None and value <= 1e-9 else duration(value and value * 3600e9, rounded)


def downtime(lower: float | None, upper: float | None, of: float) -> str:
    """How many of so many hours an availability between two bounds leaves down, each rounded away from the other.

    >>> downtime(0.999, 0.999, 8766), downtime(0.0, 0.999, 8766), downtime(0.99, 0.999, 8766)
    ('8 h 46 min', '≥ 8 h 45 min', '8 h 45 min to 3 d 16 h')
    """
    if lower is None or upper is None:
        return UNKNOWN
    least, most = (1 - upper) * of, (1 - lower) * of
    if hours(least) == hours(most):
        return hours(least)
    return f"≥ {hours(least, floor)}" if lower <= 0 else f"{hours(least, floor)} to {hours(most, ceil)}"


def count(number: int, noun: str, several: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "replica"), count(3, "replica"), count(2, "try", "tries")
    ('1 replica', '3 replicas', '2 tries')
    """
    return f"{number} {noun if number == 1 else several or noun + 's'}"


def one_in(number: int) -> str:
    """One of so many, in words.

    >>> one_in(3), one_in(7)
    ('a third', '1 in 7')
    """
    return {2: "half", 3: "a third", 4: "a quarter"}.get(number, f"1 in {number}")


def listing(items: Iterable[str], shown: int = 3) -> str:
    """`a, b and c`; beyond `shown` items the rest is counted. There must be an item.

    >>> listing(["a"]), listing(["a", "b"]), listing("abcde")
    ('a', 'a and b', 'a, b and 3 more')
    """
    names: Sequence[str] = tuple(items)
    if len(names) > shown:
        names = (*names[: shown - 1], f"{len(names) - shown + 1} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_NUDGE: dict[Rounding, float] = {floor: 1e-6, ceil: -1e-6}
"""What a number may be off by its binary form, before it is cut."""


def _significant(value: float, rounded: Rounding = round, digits: int = 3) -> float:
    if abs(value) < 1e-12:  # less than any figure here means
        return 0.0
    scale = 10.0 ** (digits - 1 - floor(log10(abs(value))))
    return rounded(value * scale + _NUDGE.get(rounded, 0)) / scale


def _plain(value: float) -> str:
    return f"{value:.12f}".rstrip("0").rstrip(".")


def json_text(data: Any, indent: int = 2) -> str:
    r"""Data as a file of JSON, for programs and for people; what is no number is not written as one.

    >>> json_text({"später": [1.5, None]})
    '{\n  "später": [\n    1.5,\n    null\n  ]\n}\n'
    """
    import json

    return json.dumps(data, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"

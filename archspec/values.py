"""How the report spells its numbers; `-` where there is none."""

from collections.abc import Callable
from math import ceil, floor, log10


def share(value: float | None) -> str:
    """An availability: four digits, or two of its distance from 100%, never rounded up.

    >>> share(0.998001), share(0.9998938117955326), share(1.0), share(None), share(0.9999992487)
    ('99.8001%', '99.9893%', '100%', '-', '99.999924%')
    """
    return "-" if value is None else _share(value, floor)


def shares(lower: float | None, upper: float | None) -> str:
    """An availability that lies between two bounds: as many digits as both have, else each rounded away from the other.

    >>> shares(0.998001, 0.998001), shares(0.0, 0.9990001), shares(0.99, 0.99995), shares(None, None)
    ('99.8001%', '≤ 99.9001%', '99% to 99.995%', 'no figure')
    >>> shares(0.99680, 0.99682), shares(0.90952, 0.91722)
    ('about 99.68%', '90.952% to 91.722%')
    """
    if lower is None or upper is None:
        return "no figure"
    if share(lower) == share(upper):
        return share(lower)
    for digits in range(6, 0, -1):
        if 10**-digits > 10 * (1 - upper):
            break
        if f"{lower * 100:.{digits}f}" == f"{upper * 100:.{digits}f}" != f"{100:.{digits}f}":
            return f"about {lower * 100:.{digits}f}%"
    most = _share(upper, ceil)
    return f"≤ {most}" if lower <= 0 else f"{share(lower)} to {most}"


def _share(value: float, rounded: Callable[[float], int]) -> str:
    if value >= 1:
        return "100%"
    missing = max(1 - value, 1e-15)
    digits = max(4, 1 - floor(log10(missing * 100) + 1e-9))
    scale = 10**digits
    text = f"{rounded(value * 100 * scale + (1e-6 if rounded is floor else -1e-6)) / scale:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.')}%"


def busy(value: float | None) -> str:
    """A utilisation.

    >>> busy(0.372), busy(1.2), busy(0.0004), busy(None)
    ('37%', '120%', '<1%', '-')
    """
    if value is None:
        return "-"
    return f"{value:.0%}" if value >= 0.01 or value == 0 else "<1%"


def between(spelled: Callable[[float | None], str], least: float, most: float | None) -> str:
    """Both ends of a figure, one where they are spelled alike; without an upper bound the lower one.

    >>> between(busy, 0.6, 0.6), between(busy, 0.6, 0.75), between(busy, 0.6, None)
    ('60%', '60% to 75%', '60% or more')
    """
    if most is None:
        return f"{spelled(least)} or more"
    ends = spelled(least), spelled(most)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def hours(value: float | None, rounded: Callable[[float], float] = round) -> str:
    """A downtime in hours, in the unit that fits it.

    >>> hours(13.14), hours(0.93), hours(0.0004), hours(0.0), hours(None), hours(200), hours(0.0786, floor)
    ('13.1 h', '56 min', '1.4 s', '0', '-', '8.3 d', '4 min')
    """
    if value is None:
        return "-"
    if value >= 72:
        return f"{rounded(value / 2.4) / 10:.1f} d"
    if value >= 1:
        return f"{rounded(value * 10) / 10:.1f} h"
    if value * 60 >= 2:
        return f"{rounded(value * 60)} min"
    seconds = value * 3600
    return "0" if seconds < 0.05 else f"{rounded(seconds * 10) / 10:.1f} s" if seconds < 10 else f"{rounded(seconds)} s"


def downtimes(lower: float | None, upper: float | None, of: float) -> str:
    """How many of so many hours an availability between two bounds leaves down, each rounded away from the other.

    >>> downtimes(0.999, 0.999, 8766), downtimes(0.0, 0.999, 8766), downtimes(0.99, 0.999, 8766)
    ('8.8 h', '≥ 8.7 h', '8.7 h to 3.7 d')
    """
    if lower is None or upper is None:
        return "-"
    least, most = (1 - upper) * of, (1 - lower) * of
    if hours(least) == hours(most):
        return hours(least)
    return f"≥ {hours(least, floor)}" if lower <= 0 else f"{hours(least, floor)} to {hours(most, ceil)}"


def quantity(value: float | None, unit: str = "") -> str:
    """A plain number with up to four digits.

    >>> quantity(4.45), quantity(12.0), quantity(3343.75, "/s"), quantity(None)
    ('4.45', '12', '3344/s', '-')
    """
    if value is None:
        return "-"
    text = f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return f"{text}{unit}"


def seconds(value: float | None) -> str:
    """A time given in seconds.

    >>> seconds(0.0123), seconds(2.5), seconds(0.0000042), seconds(None)
    ('12.3ms', '2.5s', '4.2us', '-')
    """
    if value is None:
        return "-"
    if value >= 1:
        return f"{value:.3g}s"
    return f"{value * 1e3:.3g}ms" if value >= 1e-3 else f"{value * 1e6:.3g}us"


def factor(value: float | None) -> str:
    """How many times as much.

    >>> factor(8.36), factor(None)
    ('8.36x', '-')
    """
    return "-" if value is None else f"{value:.3g}x"


def lasting(nanoseconds: int) -> str:
    """A length of time as people read it, to the microsecond.

    >>> lasting(0), lasting(400_000), lasting(4_158_883), lasting(2_007_000_000), lasting(240_000_000_000)
    ('0 ms', '0.4 ms', '4.159 ms', '2.007 s', '4 min')
    """
    if nanoseconds < 10**9:
        return f"{_trimmed(nanoseconds / 10**6)} ms"
    if nanoseconds < 60 * 10**9:
        return f"{_trimmed(nanoseconds / 10**9)} s"
    minutes, rest = divmod(nanoseconds, 60 * 10**9)
    return f"{minutes} min" + (f" {_trimmed(rest / 10**9)} s" if rest else "")


def _trimmed(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")

"""How the report spells its numbers; `-` where there is none."""

from math import floor, log10


def share(value: float | None) -> str:
    """An availability: four digits, or two of its distance from 100%, never rounded up.

    >>> share(0.998001), share(0.9998938117955326), share(1.0), share(None), share(0.9999992487)
    ('99.8001%', '99.9893%', '100%', '-', '99.999924%')
    """
    if value is None:
        return "-"
    if value >= 1:
        return "100%"
    missing = max(1 - value, 1e-15)
    digits = max(4, 1 - floor(log10(missing * 100) + 1e-9))
    scale = 10**digits
    text = f"{floor(value * 100 * scale + 1e-6) / scale:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.')}%"


def busy(value: float | None) -> str:
    """A utilisation.

    >>> busy(0.372), busy(1.2), busy(0.0004), busy(None)
    ('37%', '120%', '<1%', '-')
    """
    if value is None:
        return "-"
    return f"{value:.0%}" if value >= 0.01 or value == 0 else "<1%"


def hours(value: float | None) -> str:
    """A downtime in hours, in the unit that fits it.

    >>> hours(13.14), hours(0.93), hours(0.0004), hours(0.0), hours(None), hours(200)
    ('13.1 h', '56 min', '1.4 s', '0', '-', '8.3 d')
    """
    if value is None:
        return "-"
    if value >= 72:
        return f"{value / 24:.1f} d"
    if value >= 1:
        return f"{value:.1f} h"
    if value * 60 >= 2:
        return f"{value * 60:.0f} min"
    seconds = value * 3600
    return "0" if seconds < 0.05 else f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


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

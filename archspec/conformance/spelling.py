"""Figures in the words of a spec."""

from fractions import Fraction

from archspec.conformance.figures import Measure
from archspec.model.quantities import Duration, Ratio


def spelled(measure: Measure, value: float) -> str:
    """A time to three digits, a share to a tenth of a point, a count as a number.

    >>> spelled(Measure.TIME, 4_158_883.0), spelled(Measure.TIME, 71_250.0), spelled(Measure.SHARE, 0.12345)
    ('4.16ms', '0.0713ms', '12.3%')
    """
    match measure:
        case Measure.TIME:
            return duration(value)
        case Measure.SHARE:
            return str(Ratio(Fraction(round(value * 1000), 1000)))
        case Measure.COUNT:
            return f"{value:g}"


def duration(nanoseconds: float) -> str:
    """A length of time to three digits, in milliseconds up to a second: `0.071ms`, `12.4ms`, `1.25s`."""
    rounded = float(f"{nanoseconds:.3g}")
    if rounded < 10**9:
        return f"{rounded / 10**6:.6f}".rstrip("0").rstrip(".") + "ms"
    return str(Duration(round(rounded)))

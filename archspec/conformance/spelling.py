"""Figures in the words of a spec."""

from fractions import Fraction

from archspec.conformance.figures import Measure
from archspec.model.quantities import Ratio
from archspec.observation.fitting import duration


def spelled(measure: Measure, value: float) -> str:
    """A time to three digits, a share to a tenth of a point, a count as a number.

    >>> spelled(Measure.TIME, 4_158_883.0), spelled(Measure.TIME, 71_260.0), spelled(Measure.SHARE, 0.12345)
    ('4.16ms', '0.0713ms', '12.3%')
    """
    match measure:
        case Measure.TIME:
            return duration(value)
        case Measure.SHARE:
            return str(Ratio(Fraction(round(value * 1000), 1000)))
        case Measure.COUNT:
            return f"{value:g}"

"""The charts of runs side by side: each figure of each variant, with its interval."""

from collections.abc import Sequence

from archspec.renderers import Tone
from archspec.renderers.charts.marks import Axis, Chart, Dot, Row, Rows
from archspec.reports import TIMES
from archspec.reports import figure as spelled
from archspec.reports.charts.studies import limits_of, promised, scale_of, title_of
from archspec.simulation.studies.comparison import FIGURES, Compared
from archspec.values import UNKNOWN

GROWS = "grows"


def comparison_charts(rows: Sequence[Compared], short: dict[str, str]) -> tuple[Chart, ...]:
    """The figures of one flow, a row for each variant by its short name.

    Times of an overload are left out, since they grow with the run; and success where nothing fails.
    """
    return tuple(chart for name in FIGURES if (chart := _figure(rows, name, short)) is not None)


def _figure(rows: Sequence[Compared], name: str, short: dict[str, str]) -> Rows | None:
    dots = [_dot(row, name, Tone.ONE if number else Tone.LOW) for number, row in enumerate(rows)]
    values = [each for dot in dots for each in (dot.value, dot.low, dot.high) if each is not None]
    if not values or (name == "success" and min(values) == 1):
        return None
    limits = promised(rows[0].objective, name)
    found = tuple(Row(short[row.variant], (dot,), _said(row, dot)) for row, dot in zip(rows, dots, strict=True))
    scale = scale_of(name, [*values, *(limit.value for limit in limits)])
    return Rows(name, Axis(title_of(name), scale), found, limits)


def _dot(row: Compared, name: str, tone: Tone) -> Dot:
    figure = next(each for each in row.figures if each.name == name)
    estimate = None if row.overloaded and name in TIMES else figure.value
    return Dot(name, None if estimate is None else estimate.value, tone, *limits_of(estimate))


def _said(row: Compared, dot: Dot) -> str:
    if dot.value is not None:
        return spelled(dot.name, dot.value)
    return GROWS if row.overloaded and dot.name in TIMES else UNKNOWN

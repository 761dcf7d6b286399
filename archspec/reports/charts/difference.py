"""The charts of a difference: the figures that changed, base and head, those of one kind over one axis."""

from collections.abc import Callable, Sequence

from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.difference.difference import Difference
from archspec.renderers import Axis, Chart, Dot, Row, Rows, Tone, Unit
from archspec.renderers.charts.scale import Scale, fitting, linear, nines

MOST_ROWS = 20
_TONES = {Effect.WORSE: Tone.BAD, Effect.BETTER: Tone.GOOD}
Fitted = Callable[[Sequence[float]], Scale]
_CAPACITY = (Figure.FULL_AT, Figure.WITHOUT_REPLICA, Figure.WITHOUT_ZONE)
_TIMES = (Figure.LATENCY, Figure.RUN_P50, Figure.RUN_P99)
_KINDS: tuple[tuple[str, str, tuple[Figure, ...], float, Fitted], ...] = (
    ("Availability", "at most, by its nines", (Figure.AVAILABILITY,), 1.0, nines),
    ("Success in runs", "by its nines", (Figure.RUN_SUCCESS,), 1.0, nines),
    ("Capacity", "times the load", _CAPACITY, 1.0, lambda values: fitting(Unit.FACTOR, values)),
    ("Times", "of a request", _TIMES, 1e9, lambda values: fitting(Unit.TIME, values)),
    ("Utilisation", "in use", (Figure.UTILISATION,), 1.0, lambda values: linear(Unit.SHARE, [*values, 1.0])),
)
"""The title, what the axis measures, the figures, what a value is multiplied by, and the axis."""


def difference_charts(difference: Difference) -> tuple[Chart, ...]:
    """What is known on neither side has no row; an end that is not known has no dot."""
    found = []
    for title, measures, figures, factor, scale in _KINDS:
        shown = [each for each in difference.consequences if each.figure in figures and _values(each)][:MOST_ROWS]
        if shown:
            values = [value * factor for each in shown for value in _values(each)]
            rows = tuple(_row(each, factor) for each in shown)
            found.append(Rows(title, Axis(measures, scale(values)), rows))
    return tuple(found)


def _values(consequence: Consequence) -> list[float]:
    return [value for value in (consequence.base_value, consequence.head_value) if value is not None]


def _row(consequence: Consequence, factor: float) -> Row:
    ends = [None if value is None else value * factor for value in (consequence.base_value, consequence.head_value)]
    head = Dot("head", ends[1], _TONES.get(consequence.verdict, Tone.ONE))
    return Row(f"{consequence.subject}: {consequence.figure}", (Dot("base", ends[0], Tone.LOW), head))

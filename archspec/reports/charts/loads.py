"""How loaded a run's components were: as rows, and over time."""

from collections.abc import Iterator, Sequence

from archspec.renderers import Unit, linear
from archspec.renderers.charts.marks import Axis, Bar, Chart, Limit, Plot, Row, Rows, Span
from archspec.renderers.charts.tone import SERIES, Tone
from archspec.reports import Simulation
from archspec.reports.charts.happened import Happened, time_axis
from archspec.reports.charts.simulation import busiest, line_of
from archspec.simulation import Results, Series
from archspec.values import busy, number

MOST_ROWS = 14
FEWEST_SCRAPES = 3
"""Fewer than that make no course."""
LEAST_WAITING = 0.01
"""On average; less is nothing to look at."""
FULL = Limit(1.0, "full", Tone.BAD)


def load_charts(simulation: Simulation, what: Happened) -> tuple[Chart, ...]:
    """Of the busiest components, and of where most waits."""
    results = simulation.results
    found: list[Chart] = [chart for chart in (_busy(results), _waiting(results)) if chart is not None]
    course = simulation.load
    if course is not None:
        found += _course("The busiest over time", results, course.busy, what.spans, Unit.SHARE)
        found += _course("Where most waits, over time", results, course.waiting, what.spans, Unit.COUNT)
    return tuple(found)


def _course(
    title: str, results: Results, series: Sequence[Series], spans: tuple[Span, ...], unit: Unit
) -> Iterator[Plot]:
    shown = busiest(series, LEAST_WAITING)
    if not shown or len(shown[0].times) < FEWEST_SCRAPES:
        return
    lines = tuple(line_of(each, each.name, tone) for each, tone in zip(shown, SERIES, strict=False))
    values = [value for each in shown for value in each.values if value is not None]
    if unit is Unit.SHARE:
        y = Axis("in use, of what is registered", linear(unit, [*values, 1.0]))
        yield Plot(title, time_axis(results), y, lines, limits=(FULL,), spans=spans)
    else:
        y = Axis("wait on average, between scrapes", linear(unit, values))
        yield Plot(title, time_axis(results), y, lines, spans=spans)


def _busy(results: Results) -> Rows | None:
    figures = [(f"{c.component} cores", c.core_utilisation) for c in results.components]
    figures += [(f"{c.component} slots", c.slot_utilisation) for c in results.components]
    figures += [(f"{each.connection} places", each.busy) for each in results.pools]
    known = [(name, share) for name, share in figures if share is not None]
    worst = sorted(known, key=lambda each: -each[1])[:MOST_ROWS]
    if not worst:
        return None
    rows = tuple(Row(name, (Bar("in use", share),), busy(share)) for name, share in worst)
    x = Axis("in use, over the whole window", linear(Unit.SHARE, [1.0, *(share for _, share in worst)]))
    return Rows("How busy things are", x, rows, (FULL,))


def _waiting(results: Results) -> Rows | None:
    found = [(c.component, c.waiting) for c in results.components]
    found += [(each.connection, each.mean_waiting) for each in results.pools]
    found += [(f"{each.topic} -> {each.subscriber}", each.mean_lag) for each in results.subscriptions]
    worst = sorted((each for each in found if each[1] >= LEAST_WAITING), key=lambda each: -each[1])[:MOST_ROWS]
    if not worst:
        return None
    rows = tuple(Row(name, (Bar("waiting", many, Tone.TWO),), number(many)) for name, many in worst)
    x = Axis("calls or messages that wait, on average", linear(Unit.COUNT, [many for _, many in worst]))
    return Rows("Where calls wait", x, rows)

"""The charts of a run: flows and loads over time, how long answers took, why requests failed."""

from collections.abc import Iterator, Sequence
from math import exp, log

from archspec.model import Objective
from archspec.renderers import Unit
from archspec.renderers.charts.marks import Axis, Bar, Bin, Chart, Limit, Line, Plot, Point, Row, Rows, Span
from archspec.renderers.charts.scale import Kind, Scale, fitting, linear
from archspec.renderers.charts.tone import SERIES, Tone
from archspec.reports import Simulation
from archspec.reports.charts.happened import Happened, time_axis
from archspec.simulation import FlowResult, Results, Series, Tally, failures_of, percentile_of
from archspec.values import busy, duration, number, percent

BINS = 32
"""Bars of a distribution, about."""
_RATES = (("offered", Tone.LOW), ("ok", Tone.GOOD), ("failed", Tone.BAD))
_TIMES = (("p50", Tone.ONE), ("p99", Tone.TWO))


def flow_charts(results: Results, flow: FlowResult, timeline: Sequence[Series], what: Happened) -> tuple[Chart, ...]:
    """What there is to draw of a flow: nothing of what nobody knows."""
    course = {series.name.removeprefix(f"{flow.flow} "): series for series in timeline if _is_of(series, flow)}
    x = time_axis(results)
    found = (_rates(course, x, what.spans), _success(flow, course, x, what.spans), _times(flow, course, x, what.spans))
    why = (_causes(flow), _causes_over_time(failures_of(flow.flow, timeline), x, what.spans))
    return tuple(chart for chart in (*found, _distribution(flow), *why) if chart is not None)


def _is_of(series: Series, flow: FlowResult) -> bool:
    return series.name.rpartition(" ")[0] == flow.flow


def line_of(series: Series, name: str, tone: Tone) -> Line:
    """A course as a line; an interval without a figure is a gap."""
    points = (Point(float(at), value) for at, value in zip(series.times, series.values, strict=True))
    return Line(name, tone, tuple(points))


def _known(lines: Sequence[Line]) -> list[float]:
    return [point.y for line in lines for point in line.points if point.y is not None]


def _rates(course: dict[str, Series], x: Axis, spans: tuple[Span, ...]) -> Plot | None:
    lines = tuple(line_of(course[name], name, tone) for name, tone in _RATES if name in course)
    if not _known(lines):
        return None
    y = Axis("requests per second", linear(Unit.RATE, _known(lines)))
    return Plot("Requests over time", x, y, lines, spans=spans)


def _success(flow: FlowResult, course: dict[str, Series], x: Axis, spans: tuple[Span, ...]) -> Plot | None:
    """The share of the answers of each interval that were good; only where some were not."""
    if not flow.failed or not {"ok", "failed"} <= set(course):
        return None
    ok, failed = course["ok"], course["failed"]
    shares = tuple(_share(good, bad) for good, bad in zip(ok.values, failed.values, strict=True))
    line = line_of(Series("success", "", ok.times, shares), "success", Tone.GOOD)
    promised = float(flow.objective.success) if flow.objective and flow.objective.success is not None else None
    limits = (Limit(promised, f"promised {percent(promised)}"),) if promised is not None else ()
    values = [*_known([line]), *(limit.value for limit in limits), 1.0]
    y = Axis("share of good answers", linear(Unit.SHARE, values, from_zero=False))
    return Plot("Success over time", x, y, (line,), limits=limits, spans=spans)


def _share(good: float | None, bad: float | None) -> float | None:
    return good / (good + bad) if good is not None and bad is not None and good + bad > 0 else None


def _times(flow: FlowResult, course: dict[str, Series], x: Axis, spans: tuple[Span, ...]) -> Plot | None:
    """Nothing where all are 0, since nobody says how long anything takes."""
    lines = tuple(line_of(course[name], name, tone) for name, tone in _TIMES if name in course)
    if not any(_known(lines)):
        return None
    limits = tuple(_promises(flow.objective, upright=False))
    values = [*_known(lines), *(limit.value for limit in limits)]
    y = Axis("of good answers", fitting(Unit.TIME, values))
    return Plot("Response times over time", x, y, lines, limits=limits, spans=spans)


def _promises(objective: Objective | None, *, upright: bool) -> Iterator[Limit]:
    for name, promised in (objective.percentiles if objective else {}).items():
        value = float(promised.nanoseconds)
        yield Limit(value, f"{name} promised {duration(value)}", upright=upright)


def _distribution(flow: FlowResult) -> Plot | None:
    """How many answers took how long; nothing of an overload, whose times tell how long the run was.

    The axis leaves out the very fastest and the very slowest: the first and the last bar hold them.
    """
    times = flow.latency.times if flow.latency is not None and not flow.overloaded else ()
    if flow.latency is None or not times or times[-1][1] == 0:
        return None
    ends = [percentile_of(times, 0.005), percentile_of(times, 0.999)]
    marks = [Limit(flow.latency.percentile(name) or 0.0, name, tone, upright=True) for name, tone in _TIMES]
    marks += _promises(flow.objective, upright=True)
    scale = fitting(Unit.TIME, [*ends, *(mark.value for mark in marks)])
    edges = _edges(scale, *ends)
    bins = _binned(times, (min(edges[0], times[0][0]), *edges[1:-1], max(edges[-1], times[-1][1])))
    y = Axis("good answers", linear(Unit.COUNT, [each.height for each in bins]))
    return Plot("How long answers took", Axis("response time", scale), y, bins=bins, limits=tuple(marks))


def _edges(scale: Scale, low: float, high: float) -> list[float]:
    """The ends of bars: equally wide as they are drawn, about as many as `BINS` over the whole axis."""
    if scale.kind is Kind.LOGARITHMIC:
        step = (scale.end - scale.start) * log(10) / BINS
        first = log(low)
        return [exp(first + step * number) for number in range(int((log(high) - first) / step) + 2)]
    width = next(scale.unit.rounds((scale.end - scale.start) / BINS / 1.5))
    return [width * number for number in range(int(low / width), int(high / width) + 2)]


def _binned(times: Tally, edges: Sequence[float]) -> tuple[Bin, ...]:
    """The buckets of a tally, which are very much narrower, each in the bar where its middle lies."""
    from bisect import bisect_right

    heights = [0] * (len(edges) - 1)
    for low, high, many in times:
        heights[min(max(bisect_right(edges, (low + high) / 2) - 1, 0), len(heights) - 1)] += many
    ends = zip(edges, edges[1:], heights, strict=False)
    return tuple(Bin(start, end, float(many)) for start, end, many in ends)


def _causes(flow: FlowResult) -> Rows | None:
    if not flow.failed:
        return None
    ended = flow.ok + sum(many for _, many in flow.failed)
    worst = sorted(flow.failed, key=lambda cause: -cause[1])
    rows = tuple(
        Row(cause.replace("_", " "), (Bar("requests", float(many), Tone.BAD),), percent(many / ended))
        for cause, many in worst
    )
    x = Axis(f"failed requests, of {number(ended)} that ended", linear(Unit.COUNT, [many for _, many in worst]))
    return Rows("Why requests failed", x, rows)


def _causes_over_time(failures: dict[str, Series], x: Axis, spans: tuple[Span, ...]) -> Plot | None:
    """Of the causes that strike most; of one alone the requests that failed over time tell already."""
    if len(failures) < 2:
        return None
    words = {series.name: cause.replace("_", " ") for cause, series in failures.items()}
    shown = busiest(tuple(failures.values()), 0.0)
    lines = tuple(line_of(each, words[each.name], tone) for each, tone in zip(shown, SERIES, strict=False))
    y = Axis("failed requests per second", linear(Unit.RATE, _known(lines)))
    return Plot("Why requests failed, over time", x, y, lines, spans=spans)


def busiest(series: Sequence[Series], least: float, most: int = len(SERIES)) -> list[Series]:
    """Those that reach highest, highest first; none that stays below `least`."""
    tops = [(max((value for value in each.values if value is not None), default=0.0), each) for each in series]
    return [each for top, each in sorted(tops, key=lambda pair: -pair[0]) if top >= least][:most]


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

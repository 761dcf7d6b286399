"""The search for the highest load as one web page: between which loads it lies, and what was tried."""

from collections.abc import Iterator
from html import escape

from archspec.renderers import Tone, Unit, figures, fitting, report_page
from archspec.renderers.charts.marks import Axis, Chart, Line, Plot, Point, Span
from archspec.renderers.html.parts import capital, line, listed, section
from archspec.reports import Subject, html_report
from archspec.reports.capacity_words import bottleneck, breaks, holds, remarks, runs
from archspec.reports.charts.studies import limits_of, promised, scale_of, title_of
from archspec.simulation import FlowResult
from archspec.simulation.studies.search import Capacity, Tried
from archspec.values import factor, rate


def html(capacity: Capacity) -> str:
    """No script, no network."""
    flows = [flow for flow, _ in capacity.tried[0].rates]
    where = bottleneck(capacity)
    rows = [
        [factor(float(each.level)), *(rate(much) for _, much in each.rates), each.verdict.value, "; ".join(each.missed)]
        for each in sorted(capacity.tried, key=lambda each: each.level)
    ]
    body = [
        f'<p class="low">{escape(runs(capacity))}</p>',
        line(capital(f"{holds(capacity)}, {breaks(capacity)}"), "bad" if capacity.holds is None else "good"),
        *(line(capital(sentence), "low") for sentence in remarks(capacity)),
        figures([chart for flow in flows for chart in capacity_charts(capacity, flow)]),
        *listed("What gives way", [*([where] if where else []), *(capacity.breaks.missed if capacity.breaks else ())]),
        *section("Tried", ["load", *flows, "verdict", "missed"], rows, texts=("missed",)),
    ]
    return report_page(f"{capacity.system}: how much load it bears", body)


def capacity_charts(capacity: Capacity, flow: str) -> tuple[Chart, ...]:
    """Each figure that is promised of a flow, else its p99, against the load; two loads enclose the edge."""
    tried = sorted((each for each in capacity.tried if each.flows), key=lambda each: each.level)
    of_flow = [(each, next(found for found in each.flows if found.flow == flow)) for each in tried]
    objective = of_flow[0][1].objective if of_flow else None
    names = [*(["success"] if objective and objective.success is not None else [])]
    names += objective.percentiles if objective and objective.percentiles else ["p99"]
    return tuple(_against_load(capacity, flow, name, of_flow) for name in names if len(of_flow) > 1)


def _against_load(capacity: Capacity, flow: str, figure: str, of_flow: list[tuple[Tried, FlowResult]]) -> Plot:
    """Of an overload no time is drawn: it tells how long the run was."""
    limits = promised(of_flow[0][1].objective, figure)
    points = tuple(_point(dict(tried.rates)[flow], found, figure) for tried, found in of_flow)
    values = [each for point in points for each in (point.y, point.low, point.high) if each is not None]
    x = Axis(f"requests of {flow} per second", fitting(Unit.RATE, [point.x for point in points], 5))
    y = Axis(title_of(figure), scale_of(figure, [*values, *(limit.value for limit in limits)]))
    line = Line(figure, Tone.ONE, points, dots=True)
    spans = tuple(_edge(capacity, flow))
    return Plot(f"{figure} of {flow} against load", x, y, (line,), limits=limits, spans=spans)


def _point(rate: float, flow: FlowResult, figure: str) -> Point:
    if figure == "success":
        known = flow.success_interval
        return Point(rate, flow.success, *((known.low, known.high) if known else (None, None)))
    estimate = dict(flow.latency.percentiles).get(figure) if flow.latency and not flow.overloaded else None
    return Point(rate, None if estimate is None else estimate.value, *limits_of(estimate))


def _edge(capacity: Capacity, flow: str) -> Iterator[Span]:
    if capacity.holds is not None and capacity.breaks is not None:
        low, high = (dict(edge.rates)[flow] for edge in (capacity.holds, capacity.breaks))
        yield Span(low, high, "between these the edge lies", Tone.NOTE)


REPORT = html_report(Subject.CAPACITY, html)

"""The search for the highest load as one web page: between which loads it lies, and what was tried."""

from html import escape

from archspec.renderers import figures, report_page
from archspec.renderers.html.parts import capital, line, listed, section
from archspec.reports import Subject, html_report
from archspec.reports.capacity_words import bottleneck, breaks, holds, remarks, runs
from archspec.reports.charts.capacity import capacity_charts
from archspec.simulation import Capacity
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


REPORT = html_report(Subject.CAPACITY, html)

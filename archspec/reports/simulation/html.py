"""The results of a simulation as one web page that needs nothing else."""

from collections.abc import Sequence
from html import escape
from itertools import starmap
from math import floor

from archspec.model.quantities import Duration
from archspec.printable import Syntax
from archspec.renderers.html.chart import chart
from archspec.renderers.html.prose import inline
from archspec.renderers.html.report import report_page, report_table
from archspec.reports.figures import estimated
from archspec.reports.intervals import limits, without_in
from archspec.reports.report import Report, Subject
from archspec.reports.run_tables import (
    ALERTS,
    COMPONENTS,
    POOLS,
    QUEUES,
    SUBSCRIPTIONS,
    alert_rows,
    component_rows,
    pool_rows,
    queue_rows,
    subscription_rows,
)
from archspec.reports.subjects import Simulation
from archspec.simulation.results import FlowResult, Results, Series
from archspec.values import number, percent


def html(simulation: Simulation) -> str:
    """Flows with their charts, components, alerts and what to make of it; no script, no network."""
    results, timeline = simulation.results, simulation.timeline
    title = f"{results.system}{f' · {results.scenario}' if results.scenario else ''}"
    body = [
        f'<p class="low">{Duration(results.duration)} simulated, seed {results.seed}</p>',
        *_verdict(results),
        *(part for flow in results.flows for part in _flow(flow, timeline)),
        *_section("Components", COMPONENTS, component_rows(results)),
        *_section("Pools", POOLS, pool_rows(results)),
        *_section("Queues", QUEUES, queue_rows(results)),
        *_section("Subscriptions", SUBSCRIPTIONS, subscription_rows(results)),
        *_section("Alerts", ALERTS, alert_rows(results)),
        *_list("Notes", [*results.notes, *(f"assumed: {sentence}" for sentence in results.assumed)]),
    ]
    return report_page(title, body)


def _verdict(results: Results) -> list[str]:
    lines = [f'<p class="bad">{inline(sentence)}.</p>' for sentence in results.missed]
    lines = lines or ['<p class="good">No objective is missed.</p>']
    return [*lines, *([f"<p>Bottleneck: {inline(results.bottleneck)}.</p>"] if results.bottleneck else [])]


def _flow(flow: FlowResult, timeline: Sequence[Series]) -> list[str]:
    share = (
        "no answers"
        if flow.success is None
        else f"{percent(flow.success, floor)} succeed{limits(flow.success_interval)}"
    )
    failed = ", ".join(f"{count} {cause.replace('_', ' ')}" for cause, count in flow.failed)
    tone = "bad" if flow.missed else "good"
    parts = [
        f"<h2>{escape(flow.flow)}</h2>",
        f'<p><span class="{tone}">{share}</span>, {number(flow.throughput)} answers/s: {flow.offered} offered, '
        f"{flow.ok} ok, {flow.degraded} degraded{', ' + failed if failed else ''}, {flow.in_flight} in flight</p>",
    ]
    if flow.overloaded:
        parts.append(f'<p class="bad">Overload: {inline(flow.overloaded)}; response times grow with the run.</p>')
    times = {"good answers": None if flow.overloaded else flow.latency, "failures": flow.failed_latency}
    figures = {name: {"mean": each.mean, **dict(each.percentiles)} for name, each in times.items() if each is not None}
    if figures:
        heads = ["time to", *next(iter(figures.values()))]
        parts.append(report_table(heads, [[name, *starmap(estimated, each.items())] for name, each in figures.items()]))
    parts += [f'<p class="low">{inline(sentence)}.</p>' for sentence in without_in(flow)]
    return [*parts, *_charts(flow.flow, timeline)]


def _charts(flow: str, timeline: Sequence[Series]) -> list[str]:
    named = {series.name: series for series in timeline}
    parts = []
    for caption, unit, names in (
        ("per second", "/s", ("offered", "ok", "failed")),
        ("of the answers", "ns", ("p50", "p99")),
    ):
        lines = [(name, named[f"{flow} {name}"]) for name in names if f"{flow} {name}" in named]
        if lines:
            drawn = chart(f"{flow}: {', '.join(names)} {caption}", lines, unit)
            keys = ", ".join(f'<b class="{name}">{name}</b>' for name in names)
            parts.append(f"<figure>{drawn}<figcaption>{keys} {caption}</figcaption></figure>")
    return [f'<div class="charts">{"".join(parts)}</div>'] if parts else []


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"<h2>{title}</h2>", report_table(heads, rows)] if rows else []


def _list(title: str, sentences: list[str]) -> list[str]:
    items = "".join(f"<li>{inline(sentence)}</li>" for sentence in sentences)
    return [f"<h2>{title}</h2>", f"<ul>{items}</ul>"] if sentences else []


REPORT = Report("html", Subject.SIMULATION, (".html", ".htm"), html, syntax=Syntax.MARKUP)

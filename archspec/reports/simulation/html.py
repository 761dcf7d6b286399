"""The results of a simulation as one web page that needs nothing else."""

from collections.abc import Sequence
from html import escape
from itertools import starmap
from math import floor

from archspec.model import Duration
from archspec.renderers import figures, inline, report_page, report_table
from archspec.renderers.html.parts import listed, section
from archspec.reports import Simulation, Subject, estimated, html_report, limits, without_in
from archspec.reports.charts.happened import Happened, happened
from archspec.reports.charts.simulation import flow_charts, load_charts
from archspec.reports.run_tables import run_tables
from archspec.simulation import Event, FlowResult, Results
from archspec.values import duration, number, percent

MOST_EVENTS = 200


def html(simulation: Simulation) -> str:
    """Flows with their charts, loads, components, alerts and what to make of it; no script, no network."""
    results, what = simulation.results, happened(simulation)
    title = f"{results.system}{f' · {results.scenario}' if results.scenario else ''}"
    body = [
        f'<p class="low">{Duration(results.duration)} simulated, seed {results.seed}</p>',
        *_verdict(results),
        figures([what.rows] if what.rows else []),
        *(part for flow in results.flows for part in _flow(simulation, flow, what)),
        *_loads(simulation, what),
        *(
            part
            for heading, each in run_tables(results).items()
            for part in section(heading.capitalize(), each.columns, each.rows, keys=each.keys)
        ),
        *section("Events", ("at", "what"), _events(results.events), texts=("what",)),
        *listed("Notes", [*results.notes, *(f"assumed: {sentence}" for sentence in results.assumed)]),
    ]
    return report_page(title, body)


def _verdict(results: Results) -> list[str]:
    lines = [f'<p class="bad">{inline(sentence)}.</p>' for sentence in results.missed]
    if not lines and any(flow.objective for flow in results.flows):
        lines = ['<p class="good">No objective is missed.</p>']
    return [*lines, *([f"<p>Bottleneck: {inline(results.bottleneck)}.</p>"] if results.bottleneck else [])]


def _flow(simulation: Simulation, flow: FlowResult, what: Happened) -> list[str]:
    share = (
        "no answers"
        if flow.success is None
        else f"{percent(flow.success, floor)} succeed{limits(flow.success_interval)}"
    )
    failed = ", ".join(f"{count} {cause.replace('_', ' ')}" for cause, count in flow.failed)
    tone = "bad" if flow.missed else "good" if flow.objective or flow.success == 1 else "low"
    parts = [
        f"<h2>{escape(flow.flow)}</h2>",
        f'<p><span class="{tone}">{share}</span>, {number(flow.throughput)} answers/s: {flow.offered} offered, '
        f"{flow.ok} ok, {flow.degraded} degraded{', ' + failed if failed else ''}, {flow.in_flight} in flight</p>",
    ]
    if flow.overloaded:
        parts.append(f'<p class="bad">Overload: {inline(flow.overloaded)}; response times grow with the run.</p>')
    times = {"good answers": None if flow.overloaded else flow.latency, "failures": flow.failed_latency}
    found = {name: {"mean": each.mean, **dict(each.percentiles)} for name, each in times.items() if each is not None}
    if found:
        heads = ["time to", *next(iter(found.values()))]
        parts.append(report_table(heads, [[name, *starmap(estimated, each.items())] for name, each in found.items()]))
    parts += [f'<p class="low">{inline(sentence)}.</p>' for sentence in without_in(flow)]
    return [*parts, figures(flow_charts(simulation.results, flow, simulation.timeline, what))]


def _loads(simulation: Simulation, what: Happened) -> list[str]:
    charts = load_charts(simulation, what)
    return ["<h2>Load</h2>", figures(charts)] if charts else []


def _events(events: Sequence[Event]) -> list[list[str]]:
    rows = [[duration(event.at), event.text] for event in events[:MOST_EVENTS]]
    more = len(events) - len(rows)
    return [*rows, ["", f"and {more} more (all of them with --format json)"]] if more > 0 else rows


REPORT = html_report(Subject.SIMULATION, html)

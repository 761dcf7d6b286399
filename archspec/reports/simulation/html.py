"""The results of a simulation as one web page that needs nothing else."""

from collections.abc import Sequence
from html import escape
from itertools import starmap
from math import floor

from archspec.model.quantities import Duration
from archspec.printable import Syntax
from archspec.renderers.html.chart import chart
from archspec.renderers.html.prose import inline
from archspec.reports.figures import estimated
from archspec.reports.intervals import limits, without_in
from archspec.reports.report import Report, Subject
from archspec.reports.run_tables import ALERTS, COMPONENTS, QUEUES, alert_rows, component_rows, queue_rows
from archspec.reports.subjects import Simulation
from archspec.simulation.results import FlowResult, Results, Series
from archspec.values import number, percent

STYLE = """
:root{color-scheme:light dark;--one:#0969da;--two:#9a6700;--good:#1a7f37;--bad:#c62828;--low:#57606a;--line:#8886}
body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:0}h2{font-size:1.1rem;margin-top:2rem}p{margin:.3rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .7rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{text-align:left}th{color:var(--low);font-weight:500}
.bad{color:var(--bad)}.good{color:var(--good)}.low{color:var(--low)}
.wide{overflow-x:auto}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}
figure{margin:0}figcaption{color:var(--low)}svg{width:100%;height:auto}svg text{font-size:11px;fill:currentColor}
svg .axis{stroke:var(--line);fill:none}polyline{fill:none;stroke-width:1.5}
.offered{--key:var(--low)}.ok{--key:var(--good)}.failed{--key:var(--bad)}.p50{--key:var(--one)}.p99{--key:var(--two)}
polyline{stroke:var(--key)}figcaption b{color:var(--key)}
@media(prefers-color-scheme:dark){:root{--good:#4ac26b;--bad:#ff7b72;--low:#9aa4af;--one:#58a6ff;--two:#d29922}}
"""


def html(simulation: Simulation) -> str:
    """Flows with their charts, components, alerts and what to make of it; no script, no network."""
    results, timeline = simulation.results, simulation.timeline
    title = f"{results.system}{f' · {results.scenario}' if results.scenario else ''}"
    body = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="low">{Duration(results.duration)} simulated, seed {results.seed}</p>',
        *_verdict(results),
        *(part for flow in results.flows for part in _flow(flow, timeline)),
        *_section("Components", COMPONENTS, component_rows(results)),
        *_section("Queues", QUEUES, queue_rows(results)),
        *_section("Alerts", ALERTS, alert_rows(results)),
        *_list("Notes", [*results.notes, *(f"assumed: {sentence}" for sentence in results.assumed)]),
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(title)}: simulation</title><style>{STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


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
        parts.append(_table(heads, [[name, *starmap(estimated, each.items())] for name, each in figures.items()]))
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
    return [f"<h2>{title}</h2>", _table(heads, rows)] if rows else []


def _list(title: str, sentences: list[str]) -> list[str]:
    items = "".join(f"<li>{inline(sentence)}</li>" for sentence in sentences)
    return [f"<h2>{title}</h2>", f"<ul>{items}</ul>"] if sentences else []


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


REPORT = Report("html", Subject.SIMULATION, (".html", ".htm"), html, syntax=Syntax.MARKUP)

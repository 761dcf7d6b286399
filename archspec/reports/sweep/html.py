"""A sweep as one web page: for each flow its figures against what varies, then all points in a table."""

from collections.abc import Sequence
from html import escape

from archspec.renderers import figures, inline, report_page, report_table
from archspec.reports import Subject, Sweep, html_report
from archspec.reports.charts.sweep import sweep_charts
from archspec.reports.sweep_points import how_many, point_heads, point_row, reasons, replications_of
from archspec.simulation.studies.sweep_table import Line, axes_of, lines_of
from archspec.values import count

KNEE = (
    "The knee is the load tried at which answers per second divided by their mean time is largest: beyond it another "
    "request costs more time than it is worth. It is marked where it is neither the first load nor the last. A curve "
    "ends where the system is overloaded."
)


def html(sweep: Sweep) -> str:
    """No script, no network."""
    lines = lines_of(sweep.tasks, sweep.outcomes)
    axes, replications = axes_of(lines), replications_of(sweep)
    by = [axis for axis, _ in axes]
    name = sweep.architecture.name if sweep.architecture else "Sweep"
    points = count(len({task.point for task in sweep.tasks}), "point")
    told = f"{points}, {how_many(replications)}"
    parts = [f'<p class="low">{escape(told)}</p>']
    for flow in dict.fromkeys(line.flow for line in lines):
        parts += _flow(sweep, flow, [line for line in lines if line.flow == flow], axes, replications)
    return report_page(f"{name} by {' and '.join(by)}" if by else name, parts)


def _flow(
    sweep: Sweep, flow: str, lines: Sequence[Line], axes: Sequence[tuple[str, tuple[str, ...]]], replications: int
) -> list[str]:
    objective = sweep.architecture.flows[flow].objective if sweep.architecture else None
    charts = sweep_charts(lines, axes, sweep.figure, objective)
    names = [axis for axis, _ in axes]
    rows = [point_row(line, names, replications) for line in lines]
    return [
        f"<h2>{escape(flow)}</h2>",
        figures(charts),
        *([f'<p class="low">{KNEE}</p>'] if any("load" in chart.title for chart in charts) else []),
        report_table(point_heads(names), rows),
        *(f'<p class="low">{inline(reason)}.</p>' for reason in reasons(lines, replications)),
    ]


REPORT = html_report(Subject.SWEEP, html)

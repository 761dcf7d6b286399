"""The report as one web page: each table with its chart, and remarks below."""

from archspec.renderers import figures, inline, report_page, report_table
from archspec.reports import Analysis, Subject, html_report
from archspec.reports.analysis_tables import tables
from archspec.reports.charts.analysis import analysis_charts

TEXTS = ("smallest", "setting", "allowed")


def html(analysis: Analysis) -> str:
    """No script, no network."""
    what = f"now → with {', '.join(f'`{setting}`' for setting in analysis.settings)}" if analysis.changed else ""
    charts = analysis_charts(analysis)
    parts = [f'<p class="low">{inline(what)}</p>'] if what else []
    for table in tables(analysis):
        chart = charts.get(table.heading)
        drawn = figures([chart] if chart else [])
        told = report_table(table.columns, table.rows, TEXTS, table.keys)
        parts += [f"<h2>{inline(table.heading)}</h2>", f'<div class="beside">{drawn}{told}</div>']
        parts += [f'<p class="low">{inline(remark)}</p>' for remark in table.remarks]
    return report_page(analysis.base.name, parts)


REPORT = html_report(Subject.ANALYSIS, html)

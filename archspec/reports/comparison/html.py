"""What-ifs side by side as one web page: the figures of each variant with their intervals, flow by flow."""

from html import escape

from archspec.renderers import figures, report_page, report_table
from archspec.renderers.html.parts import capital, line, section
from archspec.reports import Subject, common_field, html_report, legend, overload, reasons, rows_of, runs, short_names
from archspec.reports.charts.comparison import comparison_charts
from archspec.simulation.studies.comparison import FIGURES, Comparison
from archspec.values import listing


def html(comparison: Comparison) -> str:
    """No script, no network."""
    short, field = short_names(comparison), common_field(comparison.variants)
    body = [f'<p class="low">{escape(runs(comparison))}</p>']
    for flow in dict.fromkeys(row.flow for row in comparison.rows):
        rows = [row for row in comparison.rows if row.flow == flow]
        over = overload(rows, short)
        body += [
            f"<h2>{escape(flow)}</h2>",
            *_missed([short[row.variant] for row in rows if row.missed], field),
            *([line(capital(over), "bad")] if over else []),
            figures(comparison_charts(rows, short)),
            report_table([field, *FIGURES], rows_of(rows, short)),
            *(line(reason, "low") for reason in reasons(rows, comparison.replications)),
        ]
    both = zip(comparison.variants, comparison.bottlenecks, strict=True)
    full = [[short[variant], sentence or "nothing is bounded"] for variant, sentence in both]
    body += [line(legend(comparison, short), "low"), *section("Bottleneck", [field, ""], full, texts=("",))]
    return report_page(f"{comparison.system} by {field}" if field else comparison.system, body)


def _missed(variants: list[str], field: str) -> list[str]:
    if not variants:
        return []
    return [line(f"An objective is missed with {f'`{field}` ' if field else ''}{listing(variants, 8)}", "bad")]


REPORT = html_report(Subject.COMPARISON, html)

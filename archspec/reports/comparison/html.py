"""What-ifs side by side as one web page: the figures of each variant with their intervals, flow by flow."""

from collections.abc import Sequence
from html import escape

from archspec.renderers import Axis, Chart, Dot, Row, Rows, Tone, figures, report_page, report_table
from archspec.renderers.html.parts import capital, line, section
from archspec.reports import Subject, html_report
from archspec.reports import figure as spelled
from archspec.reports.charts.studies import limits_of, promised, scale_of, title_of
from archspec.reports.comparison_rows import TIMES, common_field, legend, overload, reasons, rows_of, runs, short_names
from archspec.simulation.studies.comparison import FIGURES, Compared, Comparison
from archspec.values import UNKNOWN, listing


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


GROWS = "grows"


def comparison_charts(rows: Sequence[Compared], short: dict[str, str]) -> tuple[Chart, ...]:
    """The figures of one flow, a row for each variant by its short name.

    Times of an overload are left out, since they grow with the run; and success where nothing fails.
    """
    return tuple(chart for name in FIGURES if (chart := _figure(rows, name, short)) is not None)


def _figure(rows: Sequence[Compared], name: str, short: dict[str, str]) -> Rows | None:
    dots = [_dot(row, name, Tone.ONE if number else Tone.LOW) for number, row in enumerate(rows)]
    values = [each for dot in dots for each in (dot.value, dot.low, dot.high) if each is not None]
    if not values or (name == "success" and min(values) == 1):
        return None
    limits = promised(rows[0].objective, name)
    found = tuple(Row(short[row.variant], (dot,), _said(row, dot)) for row, dot in zip(rows, dots, strict=True))
    scale = scale_of(name, [*values, *(limit.value for limit in limits)])
    return Rows(name, Axis(title_of(name), scale), found, limits)


def _dot(row: Compared, name: str, tone: Tone) -> Dot:
    figure = next(each for each in row.figures if each.name == name)
    estimate = None if row.overloaded and name in TIMES else figure.value
    return Dot(name, None if estimate is None else estimate.value, tone, *limits_of(estimate))


def _said(row: Compared, dot: Dot) -> str:
    if dot.value is not None:
        return spelled(dot.name, dot.value)
    return GROWS if row.overloaded and dot.name in TIMES else UNKNOWN


REPORT = html_report(Subject.COMPARISON, html)

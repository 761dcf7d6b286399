"""Results in every format. A format is imported when it is asked for; what is heavy, by the function that uses it.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.reports.calls import ink_of, milliseconds, name_of, outcome, outcome_of, took, wrapped
from archspec.reports.comparison_rows import TIMES, common_field, legend, overload, reasons, rows_of, runs, short_names
from archspec.reports.difference_lines import WORSE, details, judged, ordered, sections, summary, what
from archspec.reports.figures import MILLISECONDS, estimated, figure, limits, without_in
from archspec.reports.frames import frame, spec_error
from archspec.reports.markdown_cells import cell
from archspec.reports.registry import format_names, report_for, reports
from archspec.reports.report import (
    PAPER,
    Analysis,
    Ink,
    Report,
    RulePages,
    Screen,
    Simulation,
    Subject,
    Sweep,
    TracedRequest,
    Traces,
    csv_report,
    html_report,
    json_report,
)
from archspec.reports.spans import SimulatedSpan, SpanKind, spans_of, spans_of_all

__all__ = [
    "MILLISECONDS",
    "PAPER",
    "TIMES",
    "WORSE",
    "Analysis",
    "Ink",
    "Report",
    "RulePages",
    "Screen",
    "SimulatedSpan",
    "Simulation",
    "SpanKind",
    "Subject",
    "Sweep",
    "TracedRequest",
    "Traces",
    "cell",
    "common_field",
    "csv_report",
    "details",
    "estimated",
    "figure",
    "format_names",
    "frame",
    "html_report",
    "ink_of",
    "json_report",
    "judged",
    "legend",
    "limits",
    "milliseconds",
    "name_of",
    "ordered",
    "outcome",
    "outcome_of",
    "overload",
    "reasons",
    "report_for",
    "reports",
    "rows_of",
    "runs",
    "sections",
    "short_names",
    "spans_of",
    "spans_of_all",
    "spec_error",
    "summary",
    "took",
    "what",
    "without_in",
    "wrapped",
]
PLACES: dict[str, str]

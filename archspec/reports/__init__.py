"""Results in every format. A format is imported when it is asked for; what is heavy, by the function that uses it."""

from archspec.names import by_need

PLACES = {
    "calls": "ink_of milliseconds name_of outcome outcome_of took wrapped",
    "comparison_rows": "TIMES common_field legend overload reasons rows_of runs short_names",
    "difference_lines": "WORSE details judged ordered sections summary what",
    "figures": "MILLISECONDS estimated figure limits without_in",
    "frames": "frame spec_error",
    "markdown_cells": "cell",
    "registry": "format_names report_for reports",
    "report": "Analysis Ink PAPER Report RulePages Screen Simulation Subject Sweep TracedRequest Traces csv_report "
    "html_report json_report",
    "spans": "SimulatedSpan SpanKind spans_of spans_of_all",
}

__getattr__ = by_need(__name__, PLACES)

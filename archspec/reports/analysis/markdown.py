"""The report as Markdown tables, fit for a pull request comment."""

from archspec.reports import Analysis, Report, Subject
from archspec.reports.analysis_tables import Table, tables


def markdown(analysis: Analysis) -> str:
    """A heading and a table for each part of the report."""
    title = f"# {_escaped(analysis.base.name)}"
    what = [f"Now → with {', '.join(f'`{setting}`' for setting in analysis.settings)}"] if analysis.changed else []
    return "\n\n".join([title, *what, *map(_laid_out, tables(analysis))]) + "\n"


def _laid_out(table: Table) -> str:
    sides = [":---" if index < table.keys else "---:" for index in range(len(table.columns))]
    rows = [table.columns, tuple(sides), *(tuple(map(_escaped, row)) for row in table.rows)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([f"## {table.heading}", "", *lines, *(f"\n{remark}" for remark in table.remarks)])


def _escaped(text: str) -> str:
    """Text that can break out of no cell and holds no markup of its own."""
    for mark, safe in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), (">", "&gt;"), ("`", "\\`"), ("*", "\\*")):
        text = text.replace(mark, safe)
    return " ".join(text.split())


REPORT = Report("markdown", Subject.ANALYSIS, (".md",), markdown)

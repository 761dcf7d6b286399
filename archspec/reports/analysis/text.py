"""The report for people at a terminal."""

from archspec.reports.analysis_tables import Table, tables
from archspec.reports.calls import wrapped
from archspec.reports.report import Report, Subject
from archspec.reports.screen import PAPER, Ink, Screen
from archspec.reports.subjects import Analysis


def text(analysis: Analysis, screen: Screen = PAPER) -> str:
    """Tables below their headings, figures to the right."""
    title = analysis.base.name + (f", now → with {', '.join(analysis.settings)}" if analysis.changed else "")
    parts = [title, *(_laid_out(table, screen) for table in tables(analysis))]
    return "\n\n".join(parts) + "\n"


def _laid_out(table: Table, screen: Screen) -> str:
    rows = (table.columns, *table.rows)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [screen.paint(Ink.BOLD, table.heading)]
    for row in rows:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            is_text = index < table.keys or table.columns[index] in ("smallest", "setting")
            laid = cell.ljust(width) if is_text else cell.rjust(width)
            cells.append(laid.replace("NO", screen.paint(Ink.BAD, "NO")))
        lines.append("  " + "  ".join(cells).rstrip())
    lines += [f"  {line}" for line in wrapped(table.remarks)]
    return "\n".join(lines)


REPORT = Report("text", Subject.ANALYSIS, (".txt",), text, text)

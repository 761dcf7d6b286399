"""The report for people at a terminal."""

from archspec.reports import PAPER, Analysis, Ink, Report, Screen, Subject, wrapped
from archspec.reports.analysis_tables import Table, tables
from archspec.reports.table import table as drawn

TEXTS = frozenset({"smallest", "setting"})


def text(analysis: Analysis, screen: Screen = PAPER) -> str:
    """Tables below their headings, figures to the right."""
    title = analysis.base.name + (f", now → with {', '.join(analysis.settings)}" if analysis.changed else "")
    parts = [title, *(_laid_out(table, screen) for table in tables(analysis))]
    return "\n\n".join(parts) + "\n"


def _laid_out(table: Table, screen: Screen) -> str:
    lines = drawn(table.columns, table.rows, table.keys, screen.within(2), _ink, gap=2, texts=TEXTS)
    remarks = (f"  {line}" for line in wrapped(table.remarks, screen))
    return "\n".join([screen.paint(Ink.BOLD, table.heading), *(f"  {line}" for line in lines), *remarks])


def _ink(_: int, cell: str) -> Ink | None:
    return Ink.BAD if "NO" in cell.split() else None


REPORT = Report("text", Subject.ANALYSIS, (".txt",), text, text)

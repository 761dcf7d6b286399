"""The report for people at a terminal."""

from archspec.analysis.report import Report
from archspec.reports.analysis_tables import Table, tables
from archspec.reports.calls import wrapped

BOLD, RED, END = "\x1b[1m", "\x1b[31m", "\x1b[0m"


def text(base: Report, changed: Report | None, settings: tuple[str, ...], *, colour: bool = False) -> str:
    """Tables below their headings, figures to the right."""
    title = base.name + (f", now → with {', '.join(settings)}" if changed else "")
    parts = [title, *(_laid_out(table, colour) for table in tables(base, changed))]
    return "\n\n".join(parts) + "\n"


def _laid_out(table: Table, colour: bool) -> str:
    rows = (table.columns, *table.rows)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [f"{BOLD}{table.heading}{END}" if colour else table.heading]
    for row in rows:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            is_text = index < table.keys or table.columns[index] in ("smallest", "setting")
            laid = cell.ljust(width) if is_text else cell.rjust(width)
            cells.append(laid.replace("NO", f"{RED}NO{END}") if colour and "NO" in cell else laid)
        lines.append("  " + "  ".join(cells).rstrip())
    lines += [f"  {line}" for line in wrapped(table.remarks)]
    return "\n".join(lines)

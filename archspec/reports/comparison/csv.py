"""What-ifs side by side as CSV."""

from __future__ import annotations

import csv as standard
from io import StringIO

from archspec.reports.comparison.json import key_of
from archspec.reports.comparison_rows import TIMES
from archspec.reports.report import Report, Subject
from archspec.simulation.studies.comparison import FIGURES, Comparison


def csv(comparison: Comparison) -> str:
    """One line a flow and variant; empty where there is no such figure."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    heads = [f"{key_of(name)}{part}" for name in FIGURES for part in ("", "_half_width", "_difference")]
    writer.writerow(["flow", "variant", "overloaded", *heads])
    for row in comparison.rows:
        cells: list[float | str] = []
        for figure in row.figures:
            scale = 1e6 if figure.name in TIMES else 1
            value, moved = figure.value, figure.difference
            half = value.half_width if value else None
            found = (value.value if value else None, half, moved.value if moved else None)
            cells += ["" if number is None else number / scale for number in found]
        writer.writerow([row.flow, row.variant, int(row.overloaded), *cells])
    return out.getvalue()


REPORT = Report("csv", Subject.COMPARISON, (".csv",), csv)

"""Every run of a sweep as CSV."""

import csv as standard
from io import StringIO

from archspec.reports.report import Report, Subject
from archspec.reports.subjects import Sweep
from archspec.reports.sweep_rows import columns, rows


def csv(sweep: Sweep) -> str:
    """Empty where there is no figure; flags are 0 and 1."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    writer.writerow(columns(sweep))
    for row in rows(sweep):
        writer.writerow([int(cell) if isinstance(cell, bool) else cell for cell in row])
    return out.getvalue()


REPORT = Report("csv", Subject.SWEEP, (".csv",), csv)

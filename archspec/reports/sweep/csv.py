"""Every run of a sweep as CSV."""

from archspec.reports import Report, Subject, Sweep, csv_report
from archspec.reports.sweep_rows import columns, rows

REPORT: Report[Sweep] = csv_report(Subject.SWEEP, lambda sweep: [columns(sweep), *rows(sweep)])

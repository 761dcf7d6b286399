"""The search for the highest load as CSV."""

from __future__ import annotations

import csv as standard
from io import StringIO

from archspec.reports.report import Report, Subject
from archspec.simulation.studies.search import Capacity


def csv(capacity: Capacity) -> str:
    """One line a load that was tried, in rising order."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    flows = [flow for flow, _ in capacity.tried[0].rates]
    writer.writerow(["level", "verdict", *(f"{flow}_per_s" for flow in flows), "missed"])
    for tried in sorted(capacity.tried, key=lambda tried: tried.level):
        rates = [rate for _, rate in tried.rates]
        writer.writerow([float(tried.level), tried.verdict.name.lower(), *rates, "; ".join(tried.missed)])
    return out.getvalue()


REPORT = Report("csv", Subject.CAPACITY, (".csv",), csv)

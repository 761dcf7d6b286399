"""A verification as CSV."""

from __future__ import annotations

import csv as standard
from io import StringIO
from math import inf

from archspec.reports.report import Report, Subject
from archspec.verification.values import State, Verification


def csv(verification: Verification) -> str:
    """One line for each flow, load and fault; times in seconds."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    writer.writerow(
        ["flow", "load", "fails", "kept", "noticed", "unnoticed", "until_noticed_s", "analyze", "why", "command"]
    )
    for verdict in verification.flows:
        for each in verdict.tried:
            until = "" if each.until_noticed == inf else each.until_noticed
            shares = (_share(each.noticed), _share(each.unnoticed))
            kept = each.kept.name.lower() if verdict.objective else ""
            row = [verdict.flow, float(verdict.level), each.fault.name, kept, *shares, until, each.said]
            writer.writerow([*row, "; ".join(each.why), each.command])
    return out.getvalue()


def _share(state: State | None) -> float | None:
    return state.success if state else None


REPORT = Report("csv", Subject.VERIFICATION, (".csv",), csv)

"""What a plan tried, as CSV."""

from __future__ import annotations

import csv as standard
from io import StringIO

from archspec.planning.values import Plan
from archspec.reports.report import Report, Subject


def csv(plan: Plan) -> str:
    """One line for each change that was run, in the order of their sizes."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    keys = list(dict.fromkeys(setting.key for each in plan.tried for setting in each.change.settings))
    writer.writerow(["size", *keys, "verdict", "why"])
    for each in plan.tried:
        values = {setting.key: float(setting.after) for setting in each.change.settings}
        row = [values.get(key) for key in keys]
        writer.writerow([float(each.change.size), *row, each.verdict.name.lower(), each.why])
    return out.getvalue()


REPORT = Report("csv", Subject.PLAN, (".csv",), csv)

"""What a plan tried, as CSV."""

from collections.abc import Iterator

from archspec.planning.values import Plan
from archspec.reports import Subject, csv_report


def rows(plan: Plan) -> Iterator[list[object]]:
    """One line for each change that was run, in the order of their sizes."""
    keys = list(dict.fromkeys(setting.key for each in plan.tried for setting in each.change.settings))
    yield ["size", *keys, "verdict", "why"]
    for each in plan.tried:
        values = {setting.key: float(setting.after) for setting in each.change.settings}
        row = [values.get(key) for key in keys]
        yield [float(each.change.size), *row, each.verdict.name.lower(), each.why]


REPORT = csv_report(Subject.PLAN, rows)

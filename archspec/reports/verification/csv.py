"""A verification as CSV."""

from collections.abc import Iterator
from math import inf

from archspec.reports import Subject, csv_report
from archspec.verification.values import State, Verification


def rows(verification: Verification) -> Iterator[list[object]]:
    """One line for each flow, load and fault; times in seconds."""
    yield ["flow", "load", "fails", "kept", "noticed", "unnoticed", "until_noticed_s", "analyze", "why", "command"]
    for verdict in verification.flows:
        for each in verdict.tried:
            until = "" if each.until_noticed == inf else each.until_noticed
            shares = (_share(each.noticed), _share(each.unnoticed))
            kept = each.kept.name.lower() if verdict.promises else ""
            row = [verdict.flow, float(verdict.level), each.fault.name, kept, *shares, until, each.said]
            yield [*row, "; ".join(each.why), each.command]


def _share(state: State | None) -> float | None:
    return state.success if state else None


REPORT = csv_report(Subject.VERIFICATION, rows)

"""The search for the highest load as CSV."""

from collections.abc import Iterator

from archspec.reports import Subject, csv_report
from archspec.simulation import Capacity


def rows(capacity: Capacity) -> Iterator[list[object]]:
    """One line a load that was tried, in rising order."""
    flows = [flow for flow, _ in capacity.tried[0].rates]
    yield ["level", "verdict", *(f"{flow}_per_s" for flow in flows), "missed"]
    for tried in sorted(capacity.tried, key=lambda tried: tried.level):
        rates = [rate for _, rate in tried.rates]
        yield [float(tried.level), tried.verdict.name.lower(), *rates, "; ".join(tried.missed)]


REPORT = csv_report(Subject.CAPACITY, rows)

"""What-ifs side by side as CSV."""

from collections.abc import Iterator

from archspec.reports import TIMES, Subject, csv_report
from archspec.reports.comparison.json import key_of
from archspec.simulation.studies.comparison import FIGURES, Comparison


def rows(comparison: Comparison) -> Iterator[list[object]]:
    """One line a flow and variant; empty where there is no such figure."""
    heads = [f"{key_of(name)}{part}" for name in FIGURES for part in ("", "_half_width", "_difference")]
    yield ["flow", "variant", "overloaded", *heads]
    for row in comparison.rows:
        cells: list[float | None] = []
        for figure in row.figures:
            scale = 1e6 if figure.name in TIMES else 1
            value, moved = figure.value, figure.difference
            half = value.half_width if value else None
            found = (value.value if value else None, half, moved.value if moved else None)
            cells += [None if number is None else number / scale for number in found]
        yield [row.flow, row.variant, row.overloaded, *cells]


REPORT = csv_report(Subject.COMPARISON, rows)

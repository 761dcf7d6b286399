"""Tables for a terminal: columns as wide as what stands in them."""

from collections.abc import Sequence

GAP = 3


def aligned(rows: Sequence[Sequence[str]], left: int) -> list[str]:
    """A line for each row; the first `left` columns begin, the others end at the same place.

    >>> aligned([["flow", "p99"], ["read", "12 ms"]], left=1)
    ['flow     p99', 'read   12 ms']
    """
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        (" " * GAP)
        .join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        .rstrip()
        for row in rows
    ]

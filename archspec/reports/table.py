"""Tables of text: on a terminal drawn by rich as wide as that is, elsewhere in plain columns."""

from collections.abc import Callable, Sequence
from io import StringIO
from typing import Literal

from archspec.reports.report import PAPER, Ink, Screen

Row = Sequence[str]
Inks = Callable[[int, str], Ink | None]
"""The colour of a cell, by the number of its row and its text."""

FIGURE, LONGEST = 12, 24
"""Letters of a cell that stays on one line, and of a word that is not broken, where a table is too wide."""
_STYLES = {Ink.BOLD: "bold", Ink.DIM: "dim", Ink.GOOD: "green", Ink.BAD: "red", Ink.WARNING: "yellow"}


def _plain(_row: int, _cell: str) -> Ink | None:
    return None


def table(
    columns: Row,
    rows: Sequence[Row],
    keys: int,
    screen: Screen = PAPER,
    ink: Inks = _plain,
    *,
    gap: int = 3,
    texts: frozenset[str] = frozenset(),
) -> list[str]:
    """The lines of a table. The first `keys` columns, and those named in `texts`, are set left, the others right.

    A plain table has `gap` blanks between its columns.

    >>> table(["flow", "p99"], [["read", "12 ms"]], keys=1)
    ['flow     p99', 'read   12 ms']
    """
    left = [index < keys or name in texts for index, name in enumerate(columns)]
    if screen.width is not None:
        return _drawn(columns, rows, left, ink, screen.width, colour=screen.colour)
    widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
    lines = []
    for number, row in enumerate((columns, *rows), start=-1):
        cells = []
        for cell, width, is_left in zip(row, widths, left, strict=True):
            laid = cell.ljust(width) if is_left else cell.rjust(width)
            cells.append(screen.paint(Ink.DIM if number < 0 else ink(number, cell), laid))
        lines.append((" " * gap).join(cells).rstrip())
    return lines


def _drawn(
    columns: Row, rows: Sequence[Row], left: Sequence[bool], ink: Inks, width: int, *, colour: bool
) -> list[str]:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for index, (name, is_left) in enumerate(zip(columns, left, strict=True)):
        side: Literal["left", "right"] = "left" if is_left else "right"
        narrowest = max(map(_unbroken, [name, *(row[index] for row in rows)]))
        drawn.add_column(Text(name), justify=side, overflow="fold", min_width=narrowest)
    for number, row in enumerate(rows):
        inks = (ink(number, cell) for cell in row)
        drawn.add_row(*(Text(cell, _STYLES[each] if each else "") for cell, each in zip(row, inks, strict=True)))
    out = StringIO()
    least = sum(column.min_width or 0 for column in drawn.columns) + 3 * len(columns)
    colours: Literal["standard"] | None = "standard" if colour else None
    # Where not even that fits, the terminal breaks the lines: rich would leave columns out.
    console = Console(file=out, width=max(width, least), force_terminal=True, color_system=colours)
    console.print(drawn)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _unbroken(cell: str) -> int:
    """The columns that a cell takes at least."""
    return len(cell) if len(cell) <= FIGURE else min(LONGEST, max(map(len, cell.split())))

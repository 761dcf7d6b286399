"""Results as a prompt and a notebook show them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from html import escape
from itertools import accumulate
from typing import Any

from archspec.face.rows import Rows
from archspec.printable import one_line
from archspec.values import digits

MOST_ROWS = 100
WIDTH = 110

Columns = Mapping[str, Sequence[Any]]


def table_text(columns: Columns) -> str:
    """The columns that hold anything, as far as they fit on a line.

    >>> print(table_text({"flow": ["buy", "browse"], "p99": [0.0574213, None], "why": [None, None]}))
    flow    p99
    buy     0.05742
    browse  None
    """
    heads, rows = _shown(columns)
    if not rows:
        return "()"
    cells = [heads, *([_text(cell) for cell in row] for row in rows[:MOST_ROWS])]
    widths = [max(map(len, column)) + 2 for column in zip(*cells, strict=True)]
    fitting = max(sum(total <= WIDTH for total in accumulate(widths)), 1)
    lines = ["".join(map(str.ljust, row[:fitting], widths)).rstrip() for row in cells]
    if fitting < len(heads):
        lines.append(f"and {len(heads) - fitting} columns more: {', '.join(heads[fitting:])}")
    if len(rows) > MOST_ROWS:
        lines.append(f"and {len(rows) - MOST_ROWS} rows more")
    return "\n".join(lines)


def result_html(result: Any) -> str:
    """What the result is, in a line, and its first table that is not empty."""
    tables = [value for field in fields(result) if isinstance(value := getattr(result, field.name), Rows) and value]
    return f"<p>{escape(repr(result))}</p>" + (table_html(tables[0].columns()) if tables else "")


def framed(page: str) -> str:
    """A page in a frame of its own, in which only its own script may run."""
    style = "width:100%;height:40rem;border:1px solid #8886"
    return f'<iframe sandbox="allow-scripts" style="{style}" srcdoc="{escape(page)}"></iframe>'


def table_html(columns: Columns) -> str:
    """The columns that hold anything.

    >>> table_html({"flow": ["buy", "<b>"], "p99": [0.0574213, None], "why": [None, None]})
    '<table><tr><th>flow<th>p99<tr><td>buy<td>0.05742<tr><td>&lt;b&gt;<td>None</table>'
    """
    heads, rows = _shown(columns)
    lines = ["".join(f"<td>{escape(_text(cell))}" for cell in row) for row in rows[:MOST_ROWS]]
    more = f"<p>and {len(rows) - MOST_ROWS} rows more</p>" if len(rows) > MOST_ROWS else ""
    return f"<table><tr>{'<tr>'.join([''.join(f'<th>{escape(name)}' for name in heads), *lines])}</table>{more}"


def _shown(columns: Columns) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names and the rows, without columns in which nothing stands."""
    shown = {name: cells for name, cells in columns.items() if any(cell not in (None, "") for cell in cells)}
    return list(shown), list(zip(*shown.values(), strict=True))


def _text(value: Any) -> str:
    return digits(value) if isinstance(value, float) else one_line(str(value))

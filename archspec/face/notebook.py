"""Results as a notebook shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from html import escape
from typing import Any

from archspec.face.rows import Rows

MOST_ROWS = 100


def result_html(result: Any) -> str:
    """What the result is, in a line, and its first table that is not empty."""
    tables = [value for field in fields(result) if isinstance(value := getattr(result, field.name), Rows) and value]
    return f"<p>{escape(repr(result))}</p>" + (table_html(tables[0].columns()) if tables else "")


def table_html(columns: Mapping[str, Sequence[Any]]) -> str:
    """The columns that hold anything, as a table.

    >>> table_html({"flow": ["buy", "<b>"], "p99": [0.0574213, None], "why": [None, None]})
    '<table><tr><th>flow<th>p99<tr><td>buy<td>0.05742<tr><td>&lt;b&gt;<td></table>'
    """
    shown = {name: cells for name, cells in columns.items() if any(cell not in (None, "") for cell in cells)}
    rows = list(zip(*shown.values(), strict=True))
    lines = ["".join(f"<td>{_cell(cell)}" for cell in row) for row in rows[:MOST_ROWS]]
    heads = "".join(f"<th>{escape(name)}" for name in shown)
    more = f"<p>and {len(rows) - MOST_ROWS} rows more</p>" if len(rows) > MOST_ROWS else ""
    return f"<table><tr>{'<tr>'.join([heads, *lines])}</table>{more}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else escape(str(value))

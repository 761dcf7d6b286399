"""Shorthands written in their long form: connections as `from` and `to`, a bare rate or load as its mapping."""

import re
from itertools import pairwise
from typing import Any

from archspec.errors import Span
from archspec.language import Document
from archspec.language.shorthand import hops_of
from archspec.model import Path


def long_rates(document: Document) -> str:
    """The text with every bare rate written as its mapping."""
    rows = document.text.split("\n")
    for span in sorted((document.source.values[path] for path in bare_rates(document.data)), reverse=True):
        row = rows[span.line - 1]
        written = row[span.column - 1 : span.end_column - 1]
        rows[span.line - 1] = f"{row[: span.column - 1]}{{rate: {written}}}{row[span.end_column - 1 :]}"
    return "\n".join(rows)


def bare_rates(data: dict[str, Any]) -> list[Path]:
    """Where a rate stands for `{rate: …}`: a `rate_limit`, the load of a flow in a scenario."""
    found: list[Path] = []
    for section in ("components", "defaults"):
        for id_, fields in _items(data.get(section)):
            found += [
                (section, id_, key) for key, value in _items(fields) if key == "rate_limit" and isinstance(value, str)
            ]
    for id_, fields in _items(data.get("scenarios")):
        loads = _items(fields.get("load")) if isinstance(fields, dict) else []
        found += [("scenarios", id_, "load", flow) for flow, load in loads if isinstance(load, str)]
    return found


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def long_connections(document: Document) -> str:
    """The text with every connection in short or middle form written long."""
    items = document.data.get("connections")
    result = document.text
    if not isinstance(items, list):
        return result
    for index, item in reversed(list(enumerate(items))):  # from the end, so that earlier positions stay true
        text = item if isinstance(item, str) else next(iter(item), "") if isinstance(item, dict) else ""
        hops = hops_of(text)
        if len(hops) < 2 or (isinstance(item, dict) and len(item) != 1):
            continue
        span = document.source.values["connections", index]
        value = ("connections", index, text)
        fields = document.source.values.get(value) if isinstance(item, dict) else None
        inner = item[text] if isinstance(item, dict) else None
        result = _written(result, span, fields, inner, hops)
    return result


def _written(text: str, span: Span, fields: Span | None, inner: Any, hops: list[str]) -> str:
    """The text with one item replaced by an item for each of its hops."""
    rows = text.split("\n")
    head = rows[span.line - 1][: span.column - 1]
    tail = rows[span.end_line - 1][span.end_column - 1 :]
    pairs = list(pairwise(hops))
    block = isinstance(inner, dict) and fields is not None and fields.line > span.line
    if block:
        assert fields is not None
        indent = " " * len(head)
        body = [row[fields.column - 1 :] if row.strip() else "" for row in rows[span.line : span.end_line]]
        lines = []
        for number, (left, right) in enumerate(pairs):
            lead = head if number == 0 else re.sub(r"[^ -]", " ", head)
            lines += [f"{lead}from: {left}", f"{indent}to: {right}", *(f"{indent}{row}" if row else "" for row in body)]
        return "\n".join([*rows[: span.line - 1], *lines, *rows[span.end_line :]])
    said = _stretch(rows, fields) if fields is not None else ""
    if isinstance(inner, dict):
        said = said.strip()[1:-1].strip()
    elif said:
        said = f"protocol: {said}"
    made = [f"{{from: {left}, to: {right}{', ' + said if said else ''}}}" for left, right in pairs]
    lead = re.sub(r"[^ -]", " ", head)
    joined = f"\n{lead}".join(made) if head.rstrip().endswith("-") else ", ".join(made)
    return "\n".join([*rows[: span.line - 1], head + joined + tail, *rows[span.end_line :]])


def _stretch(rows: list[str], span: Span) -> str:
    if span.line == span.end_line:
        return rows[span.line - 1][span.column - 1 : span.end_column - 1]
    first, last = rows[span.line - 1][span.column - 1 :], rows[span.end_line - 1][: span.end_column - 1]
    return "\n".join([first, *rows[span.line : span.end_line - 1], last])

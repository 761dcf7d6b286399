"""Shorthands written in their long form: connections one pair of `from` and `to` each."""

import re
from itertools import pairwise
from typing import Any

from archspec.errors import Span
from archspec.loading.document import Document

_HOPS = re.compile(r"\s+->\s+")


def expanded(document: Document) -> str:
    """The text with every connection in short or middle form written long."""
    data = document.data
    items = data.get("connections") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return document.text
    result = document.text
    for index, item in reversed(list(enumerate(items))):  # from the end, so that earlier positions stay true
        text = item if isinstance(item, str) else next(iter(item), "") if isinstance(item, dict) else ""
        hops = _HOPS.split(text.strip())
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

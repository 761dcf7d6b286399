"""Jaeger's dependencies: who called whom how often, counted by Jaeger itself."""

from collections.abc import Iterator
from typing import Any

from archspec.observation import CountedCalls, Document, TraceFormat


def recognises(document: Document) -> bool:
    """Objects with `parent`, `child` and `callCount`, bare or under `data`."""
    return any({"parent", "child", "callCount"} <= row.keys() for row in _rows(document))


def counted(document: Document) -> Iterator[CountedCalls]:
    """A row for each pair."""
    return (CountedCalls(str(row["parent"]), str(row["child"]), float(row["callCount"])) for row in _rows(document))


def _rows(document: Document) -> list[dict[str, Any]]:
    found: Any = document.get("data") if isinstance(document, dict) else document
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


FORMAT = TraceFormat("jaeger-dependencies", "Jaeger's dependencies", recognises, counted)

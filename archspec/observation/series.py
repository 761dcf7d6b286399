"""Counters of Prometheus: as its API answers a query, and as a program exposes them in text.

A query over a range gives how much a counter grew, and with its time a rate; an instant, or the text that a program
exposes, gives a number without a rate.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from archspec.observation.trace_format import Document

_LINE = re.compile(r"(\w+)\{(.*)\}\s+(\S+)")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


class Counter(NamedTuple):
    """One series: its metric, empty where a query has dropped it; and how far it went, in how many seconds if told."""

    metric: str
    labels: Mapping[str, str]
    grown: float
    seconds: float | None


def holds(document: Document, metrics: Collection[str], labels: Collection[str]) -> bool:
    """Whether a document is a line of such a metric or of its description, or an answer with series of these labels."""
    if isinstance(document, str):
        return document.removeprefix("# HELP ").removeprefix("# TYPE ").startswith(tuple(metrics))
    return any(set(labels) <= series.get("metric", {}).keys() for series in _answered(document))


def counters(document: Document, metrics: Collection[str]) -> Iterator[Counter]:
    """The series of these metrics, and those whose metric a query has dropped."""
    if isinstance(document, str):
        match = _LINE.match(document)
        if match is not None and match[1] in metrics:
            labels = {key: value.replace('\\"', '"') for key, value in _LABEL.findall(match[2])}
            yield Counter(match[1], labels, float(match[3]), None)
        return
    for series in _answered(document):
        metric = series["metric"].get("__name__", "")
        if metric in metrics or not metric:
            yield Counter(metric, series["metric"], *_grown(series))


def _grown(series: dict[str, Any]) -> tuple[float, float | None]:
    """How much a counter grew, across any restart, and in what time; of a single point what it stands at."""
    points = [(float(at), float(value)) for at, value in series.get("values") or [series["value"]]]
    steps = [max(after - before, 0.0) for (_, before), (_, after) in pairwise(points)]
    return (sum(steps), points[-1][0] - points[0][0]) if steps else (points[-1][1], None)


def _answered(document: Document) -> list[dict[str, Any]]:
    found: Any = document.get("data") if isinstance(document, dict) else None
    found = found.get("result") if isinstance(found, dict) else None
    return [series for series in found if isinstance(series, dict)] if isinstance(found, list) else []

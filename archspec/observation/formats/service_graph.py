"""Service graph metrics, as Tempo and the collector's connector count them: an answer of Prometheus, or its text.

`traces_service_graph_request_total` and `…_failed_total` are counters. A query over a range gives their growth, and
with its time a rate; an instant, or the text that a collector exposes, gives a number of calls without a rate.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from archspec.observation.span import CountedCalls
from archspec.observation.trace_format import Document, TraceFormat

_TOTAL = "traces_service_graph_request_total"
_FAILED = "traces_service_graph_request_failed_total"
_LINE = re.compile(rf"(?:{_TOTAL}|{_FAILED})\{{(.*)\}}\s+(\S+)")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def recognises(document: Document) -> bool:
    """A vector or matrix of series with `client` and `server`; a line of such a metric, or of its description."""
    if isinstance(document, str):
        return "traces_service_graph_" in document
    return any({"client", "server"} <= series.get("metric", {}).keys() for series in _series(document))


def counted(document: Document) -> Iterator[CountedCalls]:
    """The calls, and with how many of them failed where the metric is that of failures."""
    if isinstance(document, str):
        if match := _LINE.match(document):
            labels = {key: value.replace('\\"', '"') for key, value in _LABEL.findall(match[1])}
            yield _calls(labels, float(match[2]), None, failed=document.startswith(_FAILED))
        return
    for series in _series(document):
        points = [(float(at), float(value)) for at, value in series.get("values") or [series["value"]]]
        steps = [max(after - before, 0.0) for (_, before), (_, after) in pairwise(points)]
        count, seconds = (sum(steps), points[-1][0] - points[0][0]) if steps else (points[-1][1], None)
        yield _calls(series["metric"], count, seconds, failed=series["metric"].get("__name__") == _FAILED)


def _calls(labels: dict[str, str], count: float, seconds: float | None, *, failed: bool) -> CountedCalls:
    calls, failures = (0.0, count) if failed else (count, 0.0)
    return CountedCalls(labels["client"], labels["server"], calls, failures, seconds, labels.get("connection_type", ""))


def _series(document: Document) -> list[dict[str, Any]]:
    found: Any = document.get("data") if isinstance(document, dict) else None
    found = found.get("result") if isinstance(found, dict) else None
    return [series for series in found if isinstance(series, dict)] if isinstance(found, list) else []


FORMAT = TraceFormat("service-graph", "service graph metrics", recognises, counted)

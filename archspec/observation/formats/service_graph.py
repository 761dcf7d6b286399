"""Service graph metrics, as Tempo and the collector's connector count them: an answer of Prometheus, or its text.

`traces_service_graph_request_total` and `…_failed_total` are counters. Spans are counted before they are sampled, so
that a query over a range gives true rates.
"""

from collections.abc import Iterator

from archspec.observation import CountedCalls, Document, TraceFormat
from archspec.observation.series import counters, holds

_TOTAL = "traces_service_graph_request_total"
_FAILED = "traces_service_graph_request_failed_total"


def recognises(document: Document) -> bool:
    """A vector or matrix of series with `client` and `server`; a line of such a metric, or of its description."""
    return holds(document, ("traces_service_graph_",), ("client", "server"))


def counted(document: Document) -> Iterator[CountedCalls]:
    """The calls, and with how many of them failed where the metric is that of failures."""
    for metric, labels, count, seconds in counters(document, (_TOTAL, _FAILED)):
        calls, failed = (0.0, count) if metric == _FAILED else (count, 0.0)
        yield CountedCalls(
            labels["client"], labels["server"], calls, failed, seconds, labels.get("connection_type", "")
        )


FORMAT = TraceFormat("service-graph", "service graph metrics", recognises, counted)

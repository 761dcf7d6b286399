"""Istio's metrics: `istio_requests_total` and opened TCP connections, as Prometheus answers them or as text.

https://istio.io/latest/docs/reference/config/metrics/: the proxies of both sides count each request. Those of the side
that asks are taken (`reporter="source"`, or a waypoint's, which stands for it); the other side's are the same again.
"""

from collections.abc import Iterator, Mapping

from archspec.observation import CountedCalls, Document, TraceFormat
from archspec.observation.series import counters, holds

_REQUESTS = "istio_requests_total"
_OPENED = "istio_tcp_connections_opened_total"
_NOBODY = ("", "unknown")


def recognises(document: Document) -> bool:
    """A vector or matrix of series with both workloads; a line of such a metric, or of its description."""
    return holds(document, ("istio_",), ("source_workload", "destination_workload"))


def counted(document: Document) -> Iterator[CountedCalls]:
    """The calls of workloads; what comes from without a proxy is `user`, as in a service graph."""
    for metric, labels, count, seconds in counters(document, (_REQUESTS, _OPENED)):
        asked = _asked(labels)
        if labels.get("reporter", "source") == "destination" or asked in _NOBODY:
            continue
        caller = labels["source_workload"]
        failed = count if labels.get("response_code", "").startswith("5") else 0.0
        kind = "tcp" if metric == _OPENED else labels.get("request_protocol", "")
        yield CountedCalls("user" if caller in _NOBODY else caller, asked, count, failed, seconds, kind)


def _asked(labels: Mapping[str, str]) -> str:
    """The workload, else the host outside of the mesh that a ServiceEntry lets through."""
    workload = labels["destination_workload"]
    return labels.get("destination_service_name", "") if workload in _NOBODY else workload


FORMAT = TraceFormat("istio", "Istio's metrics", recognises, counted)

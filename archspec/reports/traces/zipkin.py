"""Traces as Zipkin's JSON, version 2, which Zipkin, Jaeger and Grafana Tempo take."""

from typing import Any

from archspec.printable import Syntax
from archspec.reports import Report, SimulatedSpan, SpanKind, Subject, Traces, spans_of_all
from archspec.values import json_text


def zipkin(told: Traces) -> str:
    """One array of spans; times in whole microseconds from `epoch` (nanoseconds), at least 1, as Zipkin asks."""
    spans = [_span(span, told.epoch) for span in spans_of_all(told.traces)]
    return json_text(spans, 1)


def _span(span: SimulatedSpan, epoch: int) -> dict[str, Any]:
    tags = {name: _text(value) for name, value in span.attributes}
    tags["archspec.outcome"] = span.outcome
    if span.replica is not None:
        tags["archspec.replica"] = span.replica
    if span.failed:
        tags["error"] = span.outcome
    start = (epoch + span.start) // 1000
    found: dict[str, Any] = {"traceId": span.trace_id, "id": span.span_id}
    if span.parent_id is not None:
        found["parentId"] = span.parent_id
    found["name"] = span.name
    if span.kind is not SpanKind.INTERNAL:
        found["kind"] = span.kind.value.upper()
    found["timestamp"] = max(start, 1)
    found["duration"] = max((epoch + span.end) // 1000 - start, 1)
    return found | {"localEndpoint": {"serviceName": span.service}, "tags": tags}


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


REPORT = Report("zipkin", Subject.TRACES, (".zipkin.json",), zipkin, syntax=Syntax.JSON)

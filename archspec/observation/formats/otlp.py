"""OTLP as JSON: what the collector's file exporter and Alloy write, a line for each batch, and what SDKs send.

https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: ids in hex, numbers of 64 bits as texts, enums as
numbers. Names in snake case and enums as words, which other encoders write, are read too, and so is the elder
`instrumentationLibrarySpans`.
"""

from collections.abc import Iterator
from typing import Any

from archspec.observation import Document, ObservedSpan, Side, TraceFormat, span_id, trace_id
from archspec.observation.attributes import WANTED

KINDS = (Side.UNSAID, Side.INTERNAL, Side.SERVER, Side.CLIENT, Side.PRODUCER, Side.CONSUMER)
_SIDES: dict[object, Side] = {
    **dict(enumerate(KINDS)),
    **{f"SPAN_KIND_{side.name}": side for side in KINDS},
    **{str(number): side for number, side in enumerate(KINDS)},
}
_ERRORS = (2, "2", "STATUS_CODE_ERROR")


def recognises(document: Document) -> bool:
    """An object with resource spans, or with the other signals that one file may hold among them; an array of such."""
    keys = ("resourceSpans", "resource_spans", "resourceMetrics", "resourceLogs", "resource_metrics", "resource_logs")
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and any(key in first for key in keys)


def spans(document: Document) -> Iterator[ObservedSpan]:
    """The spans of a batch, or of an array of them."""
    for batch in document if isinstance(document, list) else [document]:
        yield from spans_of_resources(either(batch, "resourceSpans", "resource_spans"))


def spans_of_resources(resources: Any) -> Iterator[ObservedSpan]:
    """The spans of each resource, with the resource's attributes under their own."""
    for resource in resources:
        process = wanted(resource.get("resource", {}).get("attributes"))
        service = str(process.pop("service.name", "") or "unknown_service")
        scopes = either(resource, "scopeSpans", "scope_spans") or resource.get("instrumentationLibrarySpans") or ()
        for scope in scopes:
            for span in scope.get("spans") or ():
                yield _span(span, service, process)


def _span(span: dict[str, Any], service: str, process: dict[str, object]) -> ObservedSpan:
    attributes = wanted(span["attributes"]) if "attributes" in span else {}
    links, status = span.get("links"), span.get("status") or {}
    return ObservedSpan(
        trace_id(span["traceId"] if "traceId" in span else span["trace_id"]),
        span_id(span["spanId"] if "spanId" in span else span["span_id"]),
        span_id(span["parentSpanId"] if "parentSpanId" in span else span.get("parent_span_id")),
        service,
        span.get("name", ""),
        _SIDES.get(span.get("kind", 0), Side.UNSAID),
        int(span["startTimeUnixNano"] if "startTimeUnixNano" in span else span["start_time_unix_nano"]),
        int(span["endTimeUnixNano"] if "endTimeUnixNano" in span else span["end_time_unix_nano"]),
        status.get("code") in _ERRORS,
        process | attributes if process else attributes,
        _linked(links[0]) if links else None,
    )


def _linked(link: dict[str, Any]) -> tuple[str, int]:
    return trace_id(either(link, "traceId", "trace_id")), span_id(either(link, "spanId", "span_id"))


def either(value: Any, camel: str, snake: str) -> Any:
    """A field by either of its spellings; an empty tuple where it is missing."""
    found = value.get(camel)
    return found if found is not None else value.get(snake) or ()


def wanted(attributes: Any) -> dict[str, object]:
    """The attributes that anybody reads, by key."""
    found: dict[str, object] = {}
    for attribute in attributes or ():
        key = attribute["key"]
        if key in WANTED:
            value = attribute.get("value")
            found[key] = next(iter(value.values()), None) if value else None
    return found


FORMAT = TraceFormat("otlp", "OTLP in JSON", recognises, spans)

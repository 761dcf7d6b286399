"""OTLP in protobuf: messages of TracesData, read by OpenTelemetry's own classes (extra `otlp`)."""

from collections.abc import Iterator
from typing import Any, cast

from archspec.errors import MissingExtraError
from archspec.observation import Document, ObservedSpan, TraceFormat
from archspec.observation.attributes import WANTED
from archspec.observation.formats.otlp import KINDS

_ERROR = 2


def recognises(document: Document) -> bool:
    """Bytes that begin with the field `resource_spans`; so do metrics and logs, whose fields then do not fit."""
    return isinstance(document, bytes) and document[:1] == b"\n"


def spans(document: Document) -> Iterator[ObservedSpan]:
    """The spans of one message.

    Raises:
        MissingExtraError: the extra is not installed.
        ValueError: it is no message of spans.

    """
    try:
        from google.protobuf.message import DecodeError
        from opentelemetry.proto.trace.v1.trace_pb2 import TracesData
    except ImportError:
        raise MissingExtraError("OTLP in protobuf", "otlp") from None
    try:
        data = TracesData.FromString(cast("bytes", document))
    except DecodeError:
        raise ValueError("no message of OTLP") from None
    for resource in data.resource_spans:
        process = _wanted(resource.resource.attributes)
        service = str(process.pop("service.name", "") or "unknown_service")
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield _span(span, service, process)


def _span(span: Any, service: str, process: dict[str, object]) -> ObservedSpan:
    if len(span.trace_id) != 16 or len(span.span_id) != 8:
        raise ValueError("no span: its ids are no ids")
    return ObservedSpan(
        span.trace_id.hex(),
        int.from_bytes(span.span_id),
        int.from_bytes(span.parent_span_id),
        service,
        span.name,
        KINDS[span.kind] if span.kind < len(KINDS) else KINDS[0],
        span.start_time_unix_nano,
        span.end_time_unix_nano,
        span.status.code == _ERROR,
        process | _wanted(span.attributes),
        (span.links[0].trace_id.hex(), int.from_bytes(span.links[0].span_id)) if span.links else None,
    )


def _wanted(attributes: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in attributes:
        if each.key in WANTED:
            sort = each.value.WhichOneof("value")
            found[each.key] = getattr(each.value, sort) if sort is not None else None
    return found


FORMAT = TraceFormat("otlp-protobuf", "OTLP in protobuf", recognises, spans)

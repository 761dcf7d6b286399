"""Zipkin's JSON, version 2: arrays of spans, or arrays of such arrays. Times are in microseconds.

https://zipkin.io/zipkin-api/: both sides of one call may share an id; `remoteEndpoint` names a store that sends none.
"""

from collections.abc import Iterator
from typing import Any

from archspec.observation import Document, ObservedSpan, Side, TraceFormat, span_id, trace_id
from archspec.observation.attributes import WANTED

_SIDES = {side.name: side for side in Side}


def recognises(document: Document) -> bool:
    """A span with `traceId` and `id`, in one array or two."""
    first = next(_each(document), None)
    return first is not None and "traceId" in first and "id" in first


def spans(document: Document) -> Iterator[ObservedSpan]:
    """The spans."""
    return (_span(span) for span in _each(document))


def _each(document: Document) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        yield document
    for item in document if isinstance(document, list) else ():
        if isinstance(item, (list, dict)):
            yield from _each(item)


def _span(span: dict[str, Any]) -> ObservedSpan:
    tags = {key: value for key, value in (span.get("tags") or {}).items() if key in WANTED}
    side = _SIDES.get(span.get("kind") or "", Side.UNSAID)
    remote = (span.get("remoteEndpoint") or {}).get("serviceName")
    if remote and side in (Side.PRODUCER, Side.CONSUMER):
        tags.setdefault("messaging.system", remote)
    elif remote and side is not Side.SERVER:
        tags.setdefault("peer.service", remote)
    start = int(span.get("timestamp") or 0) * 1000
    return ObservedSpan(
        trace_id(span["traceId"]),
        span_id(span["id"]),
        span_id(span.get("parentId")),
        str((span.get("localEndpoint") or {}).get("serviceName") or "unknown_service"),
        str(span.get("name") or ""),
        side,
        start,
        start + int(span.get("duration") or 0) * 1000,
        str(tags.get("error", "false")).lower() not in ("false", "0"),
        tags,
    )


FORMAT = TraceFormat("zipkin", "Zipkin", recognises, spans)

"""Jaeger: what its API answers and its page downloads. Times are in microseconds.

The page's downloads write a span's whole ancestry into each of its references: of those only the ids are read.
"""

from collections.abc import Iterator
from typing import Any

from archspec.observation import Document, ObservedSpan, Side, TraceFormat, span_id, trace_id
from archspec.observation.attributes import WANTED

_SIDES = {side.value: side for side in Side}


def recognises(document: Document) -> bool:
    """`{"data": [{"traceID": …, "spans": […]}]}`, or such a trace alone."""
    return any("traceID" in trace and "spans" in trace for trace in _traces(document))


def spans(document: Document) -> Iterator[ObservedSpan]:
    """The spans of each trace."""
    for trace in _traces(document):
        processes = {name: _process(process) for name, process in (trace.get("processes") or {}).items()}
        for span in trace["spans"]:
            service, process = (
                processes.get(span.get("processID"), ("", {})) if "process" not in span else _process(span["process"])
            )
            yield _span(span, service or "unknown_service", process)


def _traces(document: Document) -> list[dict[str, Any]]:
    found: Any = document
    if isinstance(found, dict):
        found = found.get("data") if "data" in found else [found]
    return [trace for trace in found if isinstance(trace, dict)] if isinstance(found, list) else []


def _process(process: dict[str, Any]) -> tuple[str, dict[str, object]]:
    return str(process.get("serviceName", "")), _tags(process.get("tags"))


def _span(span: dict[str, Any], service: str, process: dict[str, object]) -> ObservedSpan:
    tags = _tags(span.get("tags"))
    parent, link = _references(span)
    start = int(span["startTime"]) * 1000
    return ObservedSpan(
        trace_id(span["traceID"]),
        span_id(span["spanID"]),
        parent,
        service,
        span.get("operationName", ""),
        _SIDES.get(str(tags.get("span.kind", "")).lower(), Side.UNSAID),
        start,
        start + int(span.get("duration") or 0) * 1000,
        str(tags.get("error", "false")).lower() not in ("false", "0", ""),
        {**process, **tags},
        link,
    )


def _references(span: dict[str, Any]) -> tuple[int, tuple[str, int] | None]:
    """The parent, which is the first reference into the same trace, and the first one into another."""
    parent, link = span_id(span.get("parentSpanID")), None
    own = trace_id(span["traceID"])
    for reference in span.get("references") or ():
        trace, target = trace_id(reference.get("traceID") or own), span_id(reference["spanID"])
        if trace == own and not parent:
            parent = target
        elif trace != own and link is None:
            link = (trace, target)
    return parent, link


def _tags(tags: Any) -> dict[str, object]:
    return {tag["key"]: tag.get("value") for tag in tags or () if tag["key"] in WANTED or tag["key"] == "span.kind"}


FORMAT = TraceFormat("jaeger", "Jaeger", recognises, spans)

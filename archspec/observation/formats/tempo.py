"""Tempo: what `/api/traces/ID` answers and Grafana downloads, which is OTLP in another wrapping, ids in base64."""

from collections.abc import Iterator
from typing import Any

from archspec.observation import Document, ObservedSpan, TraceFormat
from archspec.observation.formats.otlp import either, spans_of_resources


def recognises(document: Document) -> bool:
    """`{"batches": […]}`, or `{"trace": {…}}` around that or around resource spans."""
    return isinstance(document, dict) and ("batches" in document or isinstance(document.get("trace"), dict))


def spans(document: Document) -> Iterator[ObservedSpan]:
    """The spans of one trace."""
    trace: Any = document
    trace = trace.get("trace") or trace
    yield from spans_of_resources(trace.get("batches") or either(trace, "resourceSpans", "resource_spans"))


FORMAT = TraceFormat("tempo", "Tempo", recognises, spans)

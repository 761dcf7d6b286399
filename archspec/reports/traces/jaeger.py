"""Traces as the JSON that Jaeger's API answers: a process for each replica, times in microseconds."""

from collections.abc import Sequence
from typing import Any

from archspec.printable import Syntax
from archspec.reports import Report, SimulatedSpan, SpanKind, Subject, Traces, spans_of
from archspec.values import json_text

_TYPES = {bool: "bool", int: "int64", str: "string"}


def jaeger(told: Traces) -> str:
    """`{"data": [trace, …]}`; times in whole microseconds from `epoch` (nanoseconds)."""
    data = {"data": [_trace(spans_of(sampled), told.epoch) for sampled in told.traces], "errors": None}
    return json_text(data, 1)


def _trace(spans: Sequence[SimulatedSpan], epoch: int) -> dict[str, Any]:
    names = {place: f"p{number}" for number, place in enumerate(dict.fromkeys(map(_place, spans)), start=1)}
    return {
        "traceID": spans[0].trace_id,
        "spans": [_span(span, names[_place(span)], epoch) for span in spans],
        "processes": {name: _process(*place) for place, name in names.items()},
    }


def _place(span: SimulatedSpan) -> tuple[str, str | None]:
    return span.service, span.replica


def _process(service: str, replica: str | None) -> dict[str, Any]:
    return {"serviceName": service, "tags": [] if replica is None else [_tag("hostname", replica)]}


def _span(span: SimulatedSpan, process: str, epoch: int) -> dict[str, Any]:
    start, parent = (epoch + span.start) // 1000, span.parent_id
    tags = [_tag(name, value) for name, value in (*span.attributes, ("archspec.outcome", span.outcome))]
    tags += [_tag("span.kind", span.kind.value)] if span.kind is not SpanKind.INTERNAL else []
    tags += [_tag("error", True)] if span.failed else []
    references = [{"refType": "CHILD_OF", "traceID": span.trace_id, "spanID": parent}] if parent else []
    return {
        "traceID": span.trace_id,
        "spanID": span.span_id,
        "operationName": span.name,
        "references": references,
        "startTime": start,
        "duration": (epoch + span.end) // 1000 - start,
        "tags": tags,
        "logs": [],
        "processID": process,
        "warnings": None,
    }


def _tag(name: str, value: str | int | bool) -> dict[str, Any]:
    return {"key": name, "type": _TYPES[type(value)], "value": value}


REPORT = Report("jaeger", Subject.TRACES, (".jaeger.json",), jaeger, syntax=Syntax.JSON)

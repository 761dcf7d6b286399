"""Traces in Chrome's trace event format, which Perfetto and chrome://tracing open."""

from typing import Any

from archspec.printable import Syntax
from archspec.reports import Report, SimulatedSpan, Subject, Traces, spans_of
from archspec.reports.lanes import lanes_of
from archspec.values import json_text

Event = dict[str, Any]


def chrome(told: Traces) -> str:
    """A process per request, a thread per lane of work; times in microseconds from `epoch` (nanoseconds)."""
    events: list[Event] = []
    for process, sampled in enumerate(told.traces, start=1):
        placed = lanes_of(spans_of(sampled))
        trace = sampled.trace
        events.append(_name("process_name", process, 0, f"{trace.flow} {trace.options.number}"))
        events += [
            _name("thread_name", process, lane, "request" if lane == 0 else f"beside it {lane}")
            for lane in sorted({lane for _, lane in placed})
        ]
        events += [_complete(span, process, lane, told.epoch) for span, lane in placed]
    data = {"traceEvents": events, "displayTimeUnit": "ms"}
    return json_text(data, 1)


def _name(what: str, process: int, thread: int, name: str) -> Event:
    return {"ph": "M", "name": what, "pid": process, "tid": thread, "args": {"name": name}}


def _complete(span: SimulatedSpan, process: int, lane: int, epoch: int) -> Event:
    return {
        "ph": "X",
        "name": f"{span.replica or span.service}: {span.name}",
        "cat": "failed" if span.failed else span.kind.value,
        "pid": process,
        "tid": lane,
        "ts": (epoch + span.start) / 1000,
        "dur": (span.end - span.start) / 1000,
        "args": {"outcome": span.outcome, "service": span.service, "span": span.span_id, **dict(span.attributes)},
    }


REPORT = Report("chrome", Subject.TRACES, (".chrome.json",), chrome, syntax=Syntax.JSON)

"""A trace as a flame chart for speedscope: what is under way, whom it waits for, from left to right."""

from collections.abc import Sequence
from typing import Any

from archspec.printable import Syntax
from archspec.reports import Report, Subject, Traces
from archspec.reports.lanes import is_over, lanes_of
from archspec.reports.spans import TIME_UNKNOWN, SimulatedSpan, spans_of
from archspec.simulation import SampledTrace
from archspec.values import json_text

SCHEMA = "https://www.speedscope.app/file-format-schema.json"
Frame = tuple[str, str]


def speedscope(told: Traces) -> str:
    """An evented profile for each lane of work of each trace, in nanoseconds; frames are what a replica does."""
    frames: dict[Frame, int] = {}
    profiles = [profile for sampled in told.traces for profile in _profiles(sampled, frames, told.epoch)]
    data = {
        "$schema": SCHEMA,
        "shared": {"frames": [{"name": name, "file": service} for name, service in frames]},
        "profiles": profiles,
        "name": told.traces[0].trace.system if told.traces else "",
        "activeProfileIndex": 0,
        "exporter": "archspec",
    }
    return json_text(data, 1)


def _profiles(sampled: SampledTrace, frames: dict[Frame, int], epoch: int) -> list[dict[str, Any]]:
    placed = lanes_of(spans_of(sampled))
    found = []
    for lane in sorted({lane for _, lane in placed}):
        spans = [span for span, where in placed if where == lane]
        beside = f", beside it {lane}" if lane else ""
        found.append(
            {
                "type": "evented",
                "name": f"{sampled.trace.flow} {sampled.trace.options.number}{beside}",
                "unit": "nanoseconds",
                "startValue": epoch + spans[0].start,
                "endValue": epoch + max(span.end for span in spans),
                "events": _events(spans, frames, epoch),
            }
        )
    return found


def _events(spans: Sequence[SimulatedSpan], frames: dict[Frame, int], epoch: int) -> list[dict[str, Any]]:
    """Frames are opened and closed like brackets: a span is closed before the next one that does not lie in it."""
    events: list[dict[str, Any]] = []
    stack: list[SimulatedSpan] = []

    def close() -> None:
        span = stack.pop()
        events.append({"type": "C", "frame": _frame(span, frames), "at": epoch + span.end})

    for span in spans:
        while stack and is_over(stack[-1], span):
            close()
        events.append({"type": "O", "frame": _frame(span, frames), "at": epoch + span.start})
        stack.append(span)
    while stack:
        close()
    return events


def _frame(span: SimulatedSpan, frames: dict[Frame, int]) -> int:
    unknown = ", time unknown" if (TIME_UNKNOWN, True) in span.attributes else ""  # a frame has nothing but its name
    return frames.setdefault((f"{span.replica or span.service}: {span.name}{unknown}", span.service), len(frames))


REPORT = Report("speedscope", Subject.TRACES, (".speedscope.json",), speedscope, syntax=Syntax.JSON)

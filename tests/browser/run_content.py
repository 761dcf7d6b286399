"""A trace as the viewer tells it, made by Python from Python's own reading of the log."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from archspec.renderers.trace_pictures import status_of, words_of
from archspec.simulation.trace_model import Call, Emitted, OwnWork, Trace
from archspec.values import duration
from archspec.webpage.gathering.outcomes import answer_of, brief, tone_of
from archspec.webpage.part_content import Tone


@dataclass(frozen=True, slots=True)
class CallContent:
    """One attempt of a call, or own work (caller and callee are then the same). Times in ns from the start.

    `answer` is what came back ("200", "504", "timeout"); `notes` say what is special about it (a miss, the
    second attempt, a fallback). `abandoned`: it went on when nobody waited any more; `heard`: the caller learnt
    of its end.
    """

    depth: int
    caller: str
    callee: str
    replica: str
    title: str
    start: int
    end: int
    answer: str
    tone: Tone
    notes: tuple[str, ...] = ()
    abandoned: bool = False
    heard: bool = True
    timed: bool = True
    """Whether anything says how long it takes; else no time is shown."""


class EmissionKind(Enum):
    """What a request leaves behind for those who watch."""

    LOG = "log"
    METRIC = "metric"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class EmissionContent:
    """Something sent to an observer at a moment, in ns."""

    kind: EmissionKind
    at: int
    source: str
    target: str
    text: str
    timed: bool = True


@dataclass(frozen=True, slots=True)
class AlarmContent:
    """An alert that would fire if every request went like this one.

    `sentence` ("success-rate would fire after 5m and notify slack") has no full stop; `brief` says it in a cell.
    """

    sentence: str
    brief: str


@dataclass(frozen=True, slots=True)
class RunContent:
    """One request from beginning to end. `answer` is what the user gets, in a few words.

    `calls` are in the order of the tree: a call, then what it asked.
    """

    answer: str
    tone: Tone
    duration: int
    calls: tuple[CallContent, ...]
    emissions: tuple[EmissionContent, ...] = ()
    alarms: tuple[AlarmContent, ...] = ()
    timed: bool = True
    """Whether anything says how long any of it takes."""


def run_content(trace: Trace) -> RunContent:
    """The request from beginning to end."""
    return RunContent(
        answer=answer_of(trace),
        tone=tone_of(trace),
        duration=trace.response_ns if trace.response_ns is not None else trace.end_ns,
        calls=tuple(call for item in trace.calls for call in _calls(item, 0, trace.request or "")),
        emissions=tuple(
            replace(each, timed=trace.timed)
            for each in sorted(_emissions(trace.emitted), key=lambda emission: emission.at)
        ),
        alarms=_alarms(trace),
        timed=trace.timed,
    )


def _calls(item: Call | OwnWork, depth: int, request: str = "") -> Iterator[CallContent]:
    if isinstance(item, OwnWork):
        title = item.does or "own work"
        yield CallContent(
            depth, item.component, item.component, "", title, item.stretch.start, item.stretch.end, "", Tone.PLAIN
        )
        return
    yield CallContent(
        depth=depth,
        caller=item.caller,
        callee=item.component,
        replica=item.replica or "",
        title=item.does or request,
        start=item.sent,
        end=_end(item),
        answer=words_of(item),
        tone=_tone(item),
        notes=tuple(_notes(item)),
        abandoned=item.abandoned,
        heard=item.settled is not None and item.waits and item.role != "message",
        timed=item.timed,
    )
    for child in item.children:
        yield from _calls(child, depth + 1)


def _end(call: Call) -> int:
    """When its caller went on; where nobody waited, when the work was over."""
    if call.settled is not None:
        return call.settled
    return call.ended if call.ended is not None else call.sent


def _tone(call: Call) -> Tone:
    status = status_of(call)
    if status is not None and status < 500 and status != 429:
        return Tone.GOOD
    if status is None and call.cause is None:
        return Tone.PLAIN
    return Tone.WARNING if call.optional else Tone.BAD


def _notes(call: Call) -> Iterator[str]:
    if call.attempts > 1 and (call.attempt > 1 or not call.succeeded):
        yield f"attempt {call.attempt} of {call.attempts}"
    if call.backoff:
        yield f"after {duration(call.backoff)} back-off"
    if call.cache:
        yield call.cache
    if call.role in ("parallel", "fallback", "message", "pushed"):
        yield call.role
    if call.optional:
        yield "optional"
    if not call.waits:
        yield "not waited for"
    if call.lost:
        yield "lost on the way"
    if call.abandoned:
        yield "worked on for nobody"


def _emissions(emitted: Emitted) -> Iterator[EmissionContent]:
    for log in emitted.logs:
        yield EmissionContent(EmissionKind.LOG, log.at, log.source, log.service, f"{log.level} {log.text}")
    for metric in emitted.metrics:
        names = ",".join(f'{name}="{value}"' for name, value in metric.labels)
        source = metric.derived_from or dict(metric.labels).get("replica", dict(metric.labels).get("component", ""))
        text = f"{metric.name}{{{names}}} {metric.value:g}"
        yield EmissionContent(EmissionKind.METRIC, metric.at, source, metric.service, text)
    for error in emitted.errors:
        yield EmissionContent(EmissionKind.ERROR, error.at, error.source, error.monitor, error.text)


def _alarms(trace: Trace) -> tuple[AlarmContent, ...]:
    return tuple(AlarmContent(verdict.sentence, brief(verdict)) for verdict in trace.alerts if verdict.fires)

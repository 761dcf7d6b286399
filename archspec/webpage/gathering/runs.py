"""A trace as the page tells it."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

from archspec.model.quantities import Duration
from archspec.renderers.trace_pictures import status_of, words_of
from archspec.simulation.trace_model import Call, Emitted, OwnWork, Trace, Verdict
from archspec.values import duration
from archspec.webpage.flow_content import AlarmContent, CallContent, EmissionContent, EmissionKind, RunContent
from archspec.webpage.tone import Tone


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


def answer_of(trace: Trace) -> str:
    """What the user gets."""
    if trace.status is None:
        return f"no answer: {(trace.cause or 'silence').replace('_', ' ')}"
    answer = f"{trace.status} {_phrase(trace.status)}".strip()
    return f"{answer}, degraded" if trace.degraded and trace.succeeded else answer


def tone_of(trace: Trace) -> Tone:
    """Good where the request succeeded whole, a warning where it did in part."""
    if not trace.succeeded:
        return Tone.BAD
    return Tone.WARNING if trace.degraded else Tone.GOOD


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


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
    if call.role in ("parallel", "fallback", "message"):
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


def brief(verdict: Verdict) -> str:
    """Who is told, by which alert and when."""
    after = f" after {Duration(verdict.fires_after)}" if verdict.fires_after else " at once"
    return f"{', '.join(verdict.notify) or 'nobody'} ({verdict.alert}{after})"

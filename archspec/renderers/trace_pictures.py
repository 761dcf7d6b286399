"""A trace as pictures: who said what to whom, and where the time went."""

from collections.abc import Iterator
from dataclasses import replace

from archspec.model.architecture import Architecture
from archspec.renderers.sequence import Message, MessageStyle, Participant, Sequence
from archspec.renderers.waterfall import Segment, SegmentKind, Waterfall, WaterfallRow
from archspec.simulation.trace_model import Call, OwnWork, Trace
from archspec.values import duration

Item = Call | OwnWork


def sequence_of(architecture: Architecture, trace: Trace) -> Sequence:
    """The trace as a sequence diagram; calls and answers in the order of time, errors on their way to the monitor."""
    said = [(at, message) for item in trace.calls for at, message in _said(item, trace.request or "")]
    said += [
        (
            event.at,
            Message(
                _component(event.source, architecture),
                event.monitor,
                event.text,
                duration(event.at),
                style=MessageStyle.TELEMETRY,
                failed=True,
            ),
        )
        for event in trace.emitted.errors
    ]
    messages = tuple(message for _, message in sorted(said, key=lambda pair: pair[0]))
    if not trace.timed:
        messages = tuple(replace(message, time="") for message in messages)
    seen = dict.fromkeys([trace.caller, *(end for message in messages for end in (message.source, message.target))])
    return Sequence(
        name=f"sequence-{trace.flow}",
        title=trace.title,
        participants=tuple(_participant(architecture, id_) for id_ in seen),
        messages=messages,
    )


def waterfall_of(trace: Trace) -> Waterfall:
    """The trace as a waterfall: a row per attempt of a call."""
    rows = tuple(row for item in trace.calls for row in _rows(item, 0))
    return Waterfall(name=f"waterfall-{trace.flow}", title=trace.title, rows=rows)


def words_of(call: Call) -> str:
    """What came of a call, in a word: its status, the cause of a failure where it arose, or why there is no status."""
    status = status_of(call)
    cause = (call.cause or "").replace("_", " ")
    if status is None:
        return cause or "no answer"
    arose_here = call.originates or call.replica is None
    return f"{status} {cause}" if cause and status >= 500 and arose_here else str(status)


def status_of(call: Call) -> int | None:
    """The status that the caller heard; of a message, that with which its consumer ended."""
    return call.answer_status if call.role == "message" or not call.waits else call.status


def _component(source: str, architecture: Architecture) -> str:
    """The component of a replica's name."""
    return source if source in architecture.components else source.rpartition("-")[0]


def _participant(architecture: Architecture, id_: str) -> Participant:
    component = architecture.components[id_]
    return Participant(id_, component.title, component.kind_of.shape, component.technology or "")


def _said(item: Item, request: str = "") -> Iterator[tuple[int, Message]]:
    if isinstance(item, OwnWork):
        at = item.stretch.start
        yield at, Message(item.component, item.component, item.does or "own work", duration(at))
        return
    awaited = item.waits and item.role != "message"
    style = MessageStyle.CALL if awaited else MessageStyle.ASYNCHRONOUS
    title = item.does or request
    if item.attempts > 1 and item.attempt > 1:
        title = f"{title} (attempt {item.attempt})".strip()
    if item.replica is None:
        yield item.sent, Message(item.caller, item.caller, words_of(item), duration(item.sent), failed=True)
        return
    yield item.sent, Message(item.caller, item.component, title, duration(item.sent), style=style, failed=item.lost)
    for child in item.children:
        yield from _said(child)
    if item.settled is not None and awaited:
        answer = Message(
            item.component,
            item.caller,
            words_of(item),
            duration(item.settled),
            item.cache or "",
            MessageStyle.ANSWER,
            failed=not item.succeeded and (item.status is None or item.status >= 500),
        )
        yield item.settled, answer


def _rows(item: Item, depth: int) -> Iterator[WaterfallRow]:
    if isinstance(item, OwnWork):
        work = (Segment(item.stretch.start, item.stretch.end, SegmentKind.WORK),)
        yield WaterfallRow(item.component, depth, work, detail=item.does or "own work")
        return
    yield WaterfallRow(
        label=item.replica or item.component,
        depth=depth,
        segments=tuple(_segments(item)),
        status=words_of(item),
        failed=(status_of(item) or 500) >= 500,
        detail=item.does or "",
    )
    for child in item.children:
        yield from _rows(child, depth + 1)


def _segments(call: Call) -> Iterator[Segment]:
    if call.backoff:
        yield Segment(call.sent - call.backoff, call.sent, SegmentKind.BACKOFF)
    if not call.timed:
        return
    settled = call.settled if call.settled is not None else call.ended
    if call.arrived is None:
        yield Segment(call.sent, settled if settled is not None else call.sent, SegmentKind.NETWORK)
        return
    answered = call.answered if call.answered is not None else max(call.ended or 0, call.arrived)
    at = call.arrived
    if at > call.sent:
        yield Segment(call.sent, at, SegmentKind.NETWORK)
    if call.waited:
        yield Segment(at, at + call.waited, SegmentKind.QUEUED)
        at += call.waited
    for stretch in call.work:
        if stretch.start > at:
            yield Segment(at, stretch.start, SegmentKind.WAIT)
        yield Segment(max(stretch.start, at), max(stretch.end, at), SegmentKind.WORK)
        at = max(at, stretch.end)
    if answered > at:
        yield Segment(at, answered, SegmentKind.WAIT)
    if settled is not None and settled > answered:
        yield Segment(answered, settled, SegmentKind.NETWORK)

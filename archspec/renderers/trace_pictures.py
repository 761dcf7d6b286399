"""A trace as pictures: who said what to whom, and where the time went."""

from collections.abc import Iterator
from dataclasses import replace

from archspec.model import Architecture, Path
from archspec.renderers.flow_sequence import participant, with_response
from archspec.renderers.sequence import Frame, FrameKind, Message, MessageStyle, Section, Sequence
from archspec.renderers.waterfall import Segment, SegmentKind, Waterfall, WaterfallRow
from archspec.simulation import Call, OwnWork, Trace
from archspec.simulation.names import MESSAGES
from archspec.values import duration

Item = Call | OwnWork
Drawn = Message | Frame


def sequence_of(architecture: Architecture, trace: Trace) -> Sequence:
    """The trace as a sequence diagram: calls and answers in the order of time, parallel ones in a frame, errors on
    their way to the monitor. A moment is written where the clock has moved on.
    """
    later: list[_Timed] = []
    said = [*_all_said(trace.calls, later, trace.request or ""), *later]
    for event in trace.emitted.errors:
        source, time = _component(event.source, architecture), duration(event.at)
        style = MessageStyle.TELEMETRY
        said.append((event.at, Message(source, event.monitor, event.text, time, style=style, failed=True)))
    items = _by_time(said)
    if trace.response and trace.succeeded:
        items = with_response(items, trace.caller, trace.response)
    told = Sequence(f"sequence-{trace.flow}", trace.title, (), _moments(items, timed=trace.timed))
    seen = dict.fromkeys(
        [trace.caller, *(end for message in told.messages for end in (message.source, message.target))]
    )
    return replace(told, participants=tuple(participant(architecture, id_) for id_ in seen))


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


_Timed = tuple[int, Drawn]
"""What is said, and when it begins."""


def _by_time(said: list[_Timed]) -> tuple[Drawn, ...]:
    return tuple(item for _, item in sorted(said, key=lambda pair: pair[0]))


def _moments(items: tuple[Drawn, ...], *, timed: bool) -> tuple[Drawn, ...]:
    """Each section's messages with their moments, but those at which the clock has not moved on since the last."""
    found, last = list[Drawn](), ""
    for item in items:
        if isinstance(item, Frame):
            sections = (replace(each, items=_moments(each.items, timed=timed)) for each in item.sections)
            found.append(replace(item, sections=tuple(sections)))
            last = ""
        else:
            found.append(item if timed and item.time != last else replace(item, time=""))
            last = item.time
    return tuple(found)


def _all_said(items: tuple[Item, ...], later: list[_Timed], request: str = "") -> Iterator[_Timed]:
    """What is said for these, and below them; what nobody waits for is put into `later`."""
    done: set[Path] = set()
    for item in items:
        group = item.group if isinstance(item, Call) else None
        if group is None:
            yield from _said(item, later, request)
        elif group not in done:
            done.add(group)
            branches = [each for each in items if isinstance(each, Call) and each.group == group]
            yield from _parallel(branches, later, request)


def _parallel(calls: list[Call], later: list[_Timed], request: str) -> Iterator[_Timed]:
    """One frame with a section for each branch; what only looks parallel, since it is one branch, has none."""
    branches: list[list[Call]] = []
    for call in calls:
        if branches and call.attempt > 1 and call.path == branches[-1][-1].path:
            branches[-1].append(call)
        else:
            branches.append([call])
    told = [[said for call in branch for said in _said(call, later, request)] for branch in branches]
    if len(told) == 1:
        yield from told[0]
    else:
        sections = tuple(Section("", _by_time(branch)) for branch in told)
        yield min(call.sent for call in calls), Frame(FrameKind.PAR, sections)


def _said(item: Item, later: list[_Timed], request: str = "") -> Iterator[_Timed]:
    if isinstance(item, OwnWork):
        at = item.stretch.start
        yield at, Message(item.component, item.component, item.does or "works", duration(at))
        return
    title = item.does or request
    if item.attempts > 1 and item.attempt > 1:
        title = f"{title} (attempt {item.attempt})".strip()
    if item.replica is None:
        yield item.sent, Message(item.caller, item.caller, words_of(item), duration(item.sent), failed=True)
        return
    if item.waits and item.role not in MESSAGES:
        yield item.sent, Message(item.caller, item.component, title, duration(item.sent), failed=item.lost)
        yield from _all_said(item.children, later)
        yield from _answer(item)
        return
    style = MessageStyle.ASYNCHRONOUS
    sent = item.sent, Message(item.caller, item.component, title, duration(item.sent), style=style, failed=item.lost)
    if item.role in MESSAGES:
        later.append(sent)
    else:
        yield sent
    later += list(_all_said(item.children, later))


def _answer(item: Call) -> Iterator[_Timed]:
    """What the caller hears; that all is well needs no words."""
    if item.settled is None:
        return
    words = "" if item.status == 200 and item.cause is None else words_of(item)
    failed = not item.succeeded and (item.status is None or item.status >= 500)
    time, style = duration(item.settled), MessageStyle.ANSWER
    yield item.settled, Message(item.component, item.caller, words, time, item.cache or "", style, failed=failed)


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

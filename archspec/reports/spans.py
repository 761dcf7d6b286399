"""A trace as spans: the caller's and the callee's side of each call, with ids made of what the trace says."""

from collections.abc import Iterator, Sequence
from enum import Enum
from hashlib import blake2b

from archspec.frozen import frozen
from archspec.reports.calls import outcome
from archspec.reports.trace.json import data_of
from archspec.simulation import Call, OwnWork, SampledTrace

Value = str | int | bool
TIME_UNKNOWN = "archspec.time_unknown"
"""Of a span of whose length nothing is said: it begins and ends at once because it must end somewhere."""


class SpanKind(Enum):
    """Which side of what a span shows."""

    CLIENT = "client"
    SERVER = "server"
    PRODUCER = "producer"
    CONSUMER = "consumer"
    INTERNAL = "internal"


@frozen
class SimulatedSpan:
    """One stretch of one participant; times in nanoseconds of the run, ids in hex."""

    trace_id: str
    span_id: str
    parent_id: str | None
    service: str
    replica: str | None
    name: str
    kind: SpanKind
    start: int
    end: int
    failed: bool
    outcome: str
    attributes: tuple[tuple[str, Value], ...] = ()


def trace_id_of(sampled: SampledTrace) -> str:
    """32 hex digits of what the trace says and when it began: the same trace has the same id anywhere."""
    return blake2b(f"{sampled.at}{data_of(sampled.trace)}".encode(), digest_size=16).hexdigest()


def spans_of(sampled: SampledTrace) -> tuple[SimulatedSpan, ...]:
    """The request itself, then all that came of it, parents before children."""
    return tuple(_Builder(sampled).spans())


def spans_of_all(traces: Sequence[SampledTrace]) -> tuple[SimulatedSpan, ...]:
    """The spans of all traces, one trace after the other."""
    return tuple(span for sampled in traces for span in spans_of(sampled))


class _Builder:
    def __init__(self, sampled: SampledTrace) -> None:
        self._trace, self._at = sampled.trace, sampled.at
        self._id = trace_id_of(sampled)
        self._count = 0

    def spans(self) -> Iterator[SimulatedSpan]:
        trace = self._trace
        end = trace.response_ns if trace.response_ns is not None else trace.end_ns
        attributes: list[tuple[str, Value]] = [("archspec.system", trace.system), ("archspec.flow", trace.flow)]
        attributes += [("archspec.degraded", True)] if trace.degraded else []
        attributes += [] if trace.timed else [(TIME_UNKNOWN, True)]
        root = self._span(
            None,
            trace.caller,
            None,
            trace.request or trace.title,
            SpanKind.CLIENT,
            (0, end),
            not trace.succeeded,
            outcome(trace.status, trace.cause),
            tuple(attributes),
        )
        yield root
        for item in trace.calls:
            yield from self._item(item, root, root)

    def _item(self, item: Call | OwnWork, outer: SimulatedSpan, asked: SimulatedSpan) -> Iterator[SimulatedSpan]:
        """`outer` is the nearest span of whoever makes the call; `asked` that of the component around it."""
        if isinstance(item, OwnWork):
            times = (item.stretch.start, item.stretch.end)
            name = item.does or f"own {item.stretch.resource} work"
            yield self._span(
                outer.span_id, item.component, outer.replica, name, SpanKind.INTERNAL, times, False, "done"
            )
            return
        maker = outer if outer.service == item.caller else asked
        if item.role == "message":
            yield from self._callee(item, maker, SpanKind.CONSUMER)
            return
        publishes = any(isinstance(child, Call) and child.role == "message" for child in item.children)
        side = self._caller(item, maker, SpanKind.PRODUCER if publishes else SpanKind.CLIENT)
        yield side
        yield from self._callee(item, side, SpanKind.SERVER)

    def _caller(self, call: Call, maker: SimulatedSpan, kind: SpanKind) -> SimulatedSpan:
        end = call.settled if call.settled is not None else call.ended or call.sent
        attributes: list[tuple[str, Value]] = [("peer.service", call.component), ("archspec.attempt", call.attempt)]
        if call.status is not None:
            attributes.append(("http.response.status_code", call.status))
        if call.cause is not None:
            attributes.append(("error.type", call.cause))
        attributes += [] if call.timed else [(TIME_UNKNOWN, True)]
        attributes += [("archspec.cache", call.cache)] if call.cache else []
        attributes += [("archspec.optional", True)] if call.optional else []
        attributes += [("archspec.lost", True)] if call.lost else []
        attributes += [("archspec.back_off_ns", call.backoff)] if call.backoff else []
        failed = call.settled is None or (call.cause is not None and call.role != "message")
        said = outcome(call.status, call.cause) if call.settled is not None else "no answer"
        replica = maker.replica if maker.service == call.caller else None
        name = f"{call.component} {call.does}" if call.does else call.component
        return self._span(
            maker.span_id, call.caller, replica, name, kind, (call.sent, end), failed, said, tuple(attributes)
        )

    def _callee(self, call: Call, around: SimulatedSpan, kind: SpanKind) -> Iterator[SimulatedSpan]:
        """The callee's side, and what it called; calls hang on the caller's side where nothing arrived."""
        inner = around
        if call.arrived is not None:
            end = call.answered if call.answered is not None else call.ended or call.arrived
            status = call.answer_status
            attributes: list[tuple[str, Value]] = [("archspec.waited_ns", call.waited)]
            attributes += [] if call.timed else [(TIME_UNKNOWN, True)]
            attributes += [("http.response.status_code", status)] if status is not None else []
            attributes += [("archspec.worked_for_nobody", True)] if call.abandoned else []
            failed = status is None or status >= 500 or status == 429
            inner = self._span(
                around.span_id,
                call.component,
                call.replica,
                call.does or call.component,
                kind,
                (call.arrived, max(end, call.arrived)),
                failed,
                str(status) if status is not None else "no answer",
                tuple(attributes),
            )
            yield inner
        for child in call.children:
            yield from self._item(child, inner, around)

    def _span(
        self,
        parent: str | None,
        service: str,
        replica: str | None,
        name: str,
        kind: SpanKind,
        times: tuple[int, int],
        failed: bool,
        said: str,
        attributes: tuple[tuple[str, Value], ...] = (),
    ) -> SimulatedSpan:
        self._count += 1
        span_id = blake2b(f"{self._id}/{self._count}".encode(), digest_size=8).hexdigest()
        start, end = self._at + times[0], self._at + max(times)
        return SimulatedSpan(
            self._id, span_id, parent, service, replica, name, kind, start, end, failed, said, attributes
        )

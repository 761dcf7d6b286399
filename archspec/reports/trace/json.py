"""A trace as JSON: what other programs read."""

from typing import Any

from archspec.reports import Subject, TracedRequest, json_report, milliseconds
from archspec.simulation import Call, OwnWork, Trace


def data(traced: TracedRequest) -> dict[str, Any]:
    """The trace that was walked."""
    return data_of(traced.trace)


def data_of(trace: Trace) -> dict[str, Any]:
    """The whole trace, times in milliseconds from the moment the first caller sends."""
    return {
        "system": trace.system,
        "flow": trace.flow,
        "from": trace.caller,
        "request": trace.request,
        "due": trace.due,
        "supposed": {
            "fail": list(trace.options.fail),
            "just_failed": list(trace.options.just_failed),
            "slow": list(trace.options.slow),
            "miss": list(trace.options.miss),
            "sample": {"seed": trace.options.seed, "number": trace.options.number} if trace.options.sample else None,
        },
        "status": trace.status,
        "cause": trace.cause,
        "degraded": trace.degraded,
        "response_ms": _moment(trace, trace.response_ns),
        "end_ms": _moment(trace, trace.end_ns),
        "timed": trace.timed,
        "calls": [_item(trace, item) for item in trace.calls],
        "events": [{"at_ms": _moment(trace, event.at), "text": event.text} for event in trace.events],
        "emitted": _emitted(trace),
        "alerts": [
            {
                "alert": verdict.alert,
                "metric": verdict.metric,
                "value": verdict.value,
                "limit": verdict.limit,
                "fires": verdict.fires,
                "fires_after_s": verdict.fires_after / 10**9,
                "severity": verdict.severity,
                "notify": list(verdict.notify),
            }
            for verdict in trace.alerts
        ],
        "notes": list(trace.notes),
    }


def _moment(trace: Trace, at: int | None) -> float | int | None:
    """Milliseconds from the beginning; None where nothing in the trace has a time."""
    return milliseconds(at) if trace.timed else None


def _item(trace: Trace, item: Call | OwnWork) -> dict[str, Any]:
    if isinstance(item, OwnWork):
        work = {"component": item.component, "does": item.does, "resource": item.stretch.resource}
        times = {"from_ms": milliseconds(item.stretch.start), "to_ms": milliseconds(item.stretch.end)}
        return {"own_work": work | times}
    return {
        "number": item.number,
        "caller": item.caller,
        "component": item.component,
        "replica": item.replica,
        "does": item.does,
        "role": item.role,
        "attempt": item.attempt,
        "attempts": item.attempts,
        "backoff_ms": milliseconds(item.backoff),
        "sent_ms": _moment(trace, item.sent),
        "arrived_ms": milliseconds(item.arrived) if item.timed else None,
        "waited_ms": milliseconds(item.waited),
        "answered_ms": milliseconds(item.answered) if item.timed else None,
        "settled_ms": milliseconds(item.settled) if item.timed else None,
        "timed": item.timed,
        "status": item.status,
        "cause": item.cause,
        "answer_status": item.answer_status,
        "cache": item.cache,
        "optional": item.optional,
        "waits": item.waits,
        "abandoned": item.abandoned,
        "lost": item.lost,
        "work": [
            {"resource": s.resource, "from_ms": milliseconds(s.start), "to_ms": milliseconds(s.end)} for s in item.work
        ],
        "calls": [_item(trace, child) for child in item.children],
    }


def _emitted(trace: Trace) -> dict[str, Any]:
    emitted = trace.emitted
    return {
        "logs": [
            {"at_ms": _moment(trace, r.at), "from": r.source, "to": r.service, "level": r.level, "text": r.text}
            for r in emitted.logs
        ],
        "metrics": [
            {
                "at_ms": _moment(trace, m.at),
                "to": m.service,
                "name": m.name,
                "labels": dict(m.labels),
                "value": m.value,
                "derived_from": m.derived_from,
            }
            for m in emitted.metrics
        ],
        "errors": [
            {"at_ms": _moment(trace, e.at), "from": e.source, "to": e.monitor, "cause": e.cause, "text": e.text}
            for e in emitted.errors
        ],
        "spans": [
            {"at_ms": _moment(trace, s.at), "from": s.source, "to": s.store, "name": s.name} for s in emitted.spans
        ],
    }


REPORT = json_report(Subject.TRACE, data)

"""What a request makes the system write: log records, figures, errors, spans."""

from collections.abc import Iterator

from archspec.model import Architecture, LogService, Running
from archspec.simulation.trace_model import Call, Emitted, ErrorEvent, LogRecord, Measurement, SpanSent, Trace

SEEN_BY_THE_CALLER = frozenset(
    {"refused", "reset", "timeout", "no_replica", "breaker_open", "bulkhead", "pool", "no_session"}
)
"""Causes that arise between caller and callee, so that the caller is the one who can report them."""


def emitted_by(architecture: Architecture, trace: Trace) -> Emitted:
    """Everything the calls of a trace emit, in order of time; sending it takes no time and never fails a request."""
    calls = trace.every_call()
    return Emitted(
        logs=tuple(sorted(_logs(architecture, calls), key=lambda record: record.at)),
        metrics=tuple(sorted(_metrics(architecture, trace, calls), key=lambda sample: sample.at)),
        errors=tuple(sorted(_errors(architecture, calls), key=lambda event: event.at)),
        spans=tuple(sorted(_spans(architecture, calls), key=lambda span: span.at)),
    )


def _running(architecture: Architecture, id_: str) -> Running | None:
    component = architecture.components[id_]
    return component if isinstance(component, Running) else None


def _logs(architecture: Architecture, calls: tuple[Call, ...]) -> Iterator[LogRecord]:
    for call in calls:
        callee = _running(architecture, call.component)
        if callee is None or call.answered is None or call.arrived is None:
            continue
        status = call.answer_status
        level = "error" if status is None or status >= 500 else "warning" if status >= 400 else "info"
        text = f"{call.does or 'request'} from {call.caller}: {status or 'no status'}"
        for service in callee.logs_to:
            yield LogRecord(call.answered, call.replica or call.component, service, level, text)


def _errors(architecture: Architecture, calls: tuple[Call, ...]) -> Iterator[ErrorEvent]:
    for call in calls:
        cause = _originating(call)
        if cause is None:
            continue
        by_caller = cause in SEEN_BY_THE_CALLER
        source = _running(architecture, call.caller if by_caller else call.component)
        at = call.settled if by_caller or call.answered is None else call.answered
        if source is None or at is None:
            continue
        text = f"{call.does or 'call'}: {call.component} {'answered' if not by_caller else 'gave'} {_outcome(call)}"
        for monitor in source.errors_to:
            yield ErrorEvent(at, source.id, monitor, cause, text)


def _originating(call: Call) -> str | None:
    """The cause of a failure that arose at this hop; None where there is none, or it came from further in."""
    if call.cause is None:
        return None
    if call.cause == "timeout" and call.status is None:
        return call.cause
    inner = any(isinstance(child, Call) and child.cause == call.cause for child in call.children)
    return call.cause if call.originates or (not inner and call.status is None) or call.replica is None else None


def _outcome(call: Call) -> str:
    return str(call.status) if call.status else f"no answer ({call.cause})"


def _metrics(architecture: Architecture, trace: Trace, calls: tuple[Call, ...]) -> Iterator[Measurement]:
    services: dict[str, None] = {}
    for call in calls:
        callee = _running(architecture, call.component)
        if callee is None or call.answered is None:
            continue
        status = str(call.answer_status or "none")
        labels = (("component", call.component), ("replica", call.replica or ""), ("status", status))
        for service in callee.metrics_to:
            services[service] = None
            yield Measurement(call.answered, service, "calls_total", labels, 1)
        for log_service in callee.logs_to:
            yield from _derived(architecture, log_service, call, labels)
    for call in calls:
        caller = _running(architecture, call.caller)
        if call.attempt > 1 and call.role != "message" and caller is not None:
            for service in caller.metrics_to:
                edge = (("connection", f"{call.caller} -> {call.component}"),)
                yield Measurement(call.sent, service, "retries_total", edge, 1)
    if trace.response_ns is None:
        return
    outcome = trace.cause or ("degraded" if trace.degraded else "ok")
    labels = (("flow", trace.flow), ("status", str(trace.status or "none")), ("outcome", outcome))
    for service in services:
        yield Measurement(trace.response_ns, service, "requests_total", labels, 1)
        if trace.timed:
            yield Measurement(
                trace.response_ns, service, "request_seconds", (("flow", trace.flow),), trace.response_ns / 1e9
            )


def _derived(
    architecture: Architecture, log_service: str, call: Call, labels: tuple[tuple[str, str], ...]
) -> Iterator[Measurement]:
    """Figures that a log service derives from its records for a metrics service."""
    service = architecture.components[log_service]
    if isinstance(service, LogService) and call.answered is not None:
        for target in service.metrics_to:
            yield Measurement(call.answered, target, "calls_total", labels, 1, derived_from=log_service)


def _spans(architecture: Architecture, calls: tuple[Call, ...]) -> Iterator[SpanSent]:
    for call in calls:
        callee = _running(architecture, call.component)
        if callee is None or call.answered is None or call.arrived is None:
            continue
        for store in callee.traces_to:
            name = call.does or call.component
            yield SpanSent(call.answered, call.replica or call.component, store, name, call.answered - call.arrived)

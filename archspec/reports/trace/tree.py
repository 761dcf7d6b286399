"""A trace as a tree of calls, for a terminal of 100 columns."""

from archspec.reports import PAPER, Ink, Report, Screen, Subject, TracedRequest
from archspec.reports.calls import ink_of, name_of, outcome, outcome_of, took, wrapped
from archspec.simulation import Call, OwnWork, Trace
from archspec.values import duration

WIDTH = 100
COLUMNS = 10, 11, 18
"""Widths of: sent at, took, answer."""
LEFT = WIDTH - sum(COLUMNS)


def tree(trace: Trace, screen: Screen = PAPER) -> str:
    """The whole trace: the request, every call in it, the answer, what was emitted, and who would be told."""
    lines = [*_head(trace, screen), ""]
    lines += _rows(trace, trace.calls, "", trace.response_ns, screen)
    lines += ["", _answer(trace, screen)]
    for title, body in _sections(trace, screen):
        if body:
            lines += ["", screen.paint(Ink.BOLD, title), *(f"  {line}" for line in body)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(trace: Trace, screen: Screen) -> list[str]:
    title = f"{trace.flow}" + (f" · {trace.title}" if trace.title != trace.flow else "")
    supposed = [f"{name} has failed" for name in trace.options.fail]
    supposed += [f"{name} has failed just now" for name in trace.options.just_failed]
    supposed += [f"slow: {text}" for text in trace.options.slow]
    supposed += [f"{name} misses" for name in trace.options.miss]
    lines = [screen.paint(Ink.BOLD, title)]
    lines += [screen.paint(Ink.DIM, f"comes {trace.due}")] if trace.due else []
    if supposed:
        lines.append(screen.paint(Ink.WARNING, "supposing " + ", ".join(supposed)))
    asked = trace.caller + (f" asks {trace.request}" if trace.request else "")
    head = f"{asked:<{LEFT}}{'sent at':>{COLUMNS[0]}}{'took':>{COLUMNS[1]}}  answer"
    return [*lines, screen.paint(Ink.DIM, head)]


def _rows(trace: Trace, items: tuple[Call | OwnWork, ...], indent: str, until: int | None, screen: Screen) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(items):
        last = number == len(items) - 1
        branch = "╞═" if _is_parallel(item) and not last else "╘═" if _is_parallel(item) else "└─" if last else "├─"
        below = indent + ("   " if last else "│  ")
        if isinstance(item, OwnWork):
            does = f" · {item.does}" if item.does else ""
            label = f"{indent}{branch} {item.component} works{does}"
            lasted = duration(item.stretch.end - item.stretch.start)
            lines.append(_row(label, duration(item.stretch.start), lasted, "", None, screen))
            continue
        lines += _call_rows(trace, item, (f"{indent}{branch} ", below), until, screen)
        lines += _rows(trace, item.children, below, until, screen)
    return lines


def _is_parallel(item: Call | OwnWork) -> bool:
    return isinstance(item, Call) and item.group is not None


def _call_rows(trace: Trace, call: Call, leads: tuple[str, str], until: int | None, screen: Screen) -> list[str]:
    lead, below = leads
    does = f" · {call.does}" if call.does else ""
    label = f"{lead}{name_of(call)}{does}"
    never_ended = (call.answered if call.role == "message" else call.settled) is None
    failed = (call.cause is not None and call.role != "message") or never_ended
    status = call.answer_status if call.role == "message" else call.status
    text = outcome_of(call)
    late = until is not None and call.sent > until
    colour = Ink.DIM if late else ink_of(status, failed=failed)
    at = duration(call.sent) if trace.timed else ""
    first = _row(label, at, took(call), text, colour, screen)
    if late:
        first = screen.paint(Ink.DIM, _row(label, at, took(call), text, None, screen))
    joint = below + ("│  " if call.children else "   ")
    return [first, *(screen.paint(Ink.DIM, f"{joint}{remark}") for remark in _remarks(call))]


def _row(label: str, at: str, lasted: str, text: str, ink: Ink | None, screen: Screen) -> str:
    if len(label) >= LEFT:
        label = label[: LEFT - 2] + "…"
    return f"{label:<{LEFT}}{at:>{COLUMNS[0]}}{lasted:>{COLUMNS[1]}}  {screen.paint(ink, text)}"


def _remarks(call: Call) -> list[str]:
    """What there is to say about a call beside its figures, in lines short enough for the width."""
    parts = []
    if call.role == "fallback":
        parts.append("fallback")
    if call.role == "on_miss":
        parts.append("asked on the miss")
    if call.role == "message":
        parts.append("later, out of the queue")
    if call.role == "pushed":
        parts.append("later, pushed by the topic")
    if call.optional and (call.status is None or call.status >= 400) and call.settled is not None:
        parts.append("optional: passed over")
    if not call.waits:
        parts.append("not waited for")
    if call.attempt > 1 or (call.attempts > 1 and call.cause is not None):
        wait = f", after a wait of {duration(call.backoff)}" if call.backoff else ""
        of = "delivery" if call.role == "message" else "attempt"
        parts.append(f"{of} {call.attempt} of {max(call.attempts, call.attempt)}{wait}")
    if call.pooled:
        parts.append(f"after {duration(call.pooled)} for a place in the pool")
    if call.cache:
        parts.append(f"cache {call.cache}")
    if call.waited:
        parts.append(f"waited {duration(call.waited)} in the queue")
    parts += [f"{_WORK[stretch.resource]} {duration(stretch.end - stretch.start)}" for stretch in call.work]
    if call.lost:
        parts.append("lost on the way")
    if call.abandoned:
        end = max([call.answered or 0, *(stretch.end for stretch in call.work)])
        parts.append(f"works on for nobody until {duration(end)}")
    return _wrapped(parts)


_WORK = {"core": "cpu", "slot": "takes", "start": "cold start"}


def _wrapped(parts: list[str]) -> list[str]:
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) < LEFT - 12:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def _answer(trace: Trace, screen: Screen) -> str:
    if trace.response_ns is None:
        return screen.paint(Ink.BAD, f"{trace.caller} never hears of it: a call without a timeout waits for ever")
    if trace.cause == "no_replica" and not trace.calls:
        return screen.paint(Ink.BAD, f"nobody begins it: not enough of `{trace.caller}` is up")
    text = outcome(trace.status, None if trace.status else trace.cause)
    because = f", because of {trace.cause.replace('_', ' ')}" if trace.cause and trace.status else ""
    degraded = ", degraded" if trace.degraded else ""
    colour = ink_of(trace.status, failed=trace.cause is not None)
    answer = screen.paint(colour, f"{text}{degraded}")
    words = f" ({trace.response})" if trace.response and trace.status and trace.status < 400 else ""
    when = f" after {duration(trace.response_ns)}" if trace.timed else ""
    after = f"{trace.caller} has its answer{when}: {answer}{words}{because}"
    rest = f"; work goes on until {duration(trace.end_ns)}" if trace.end_ns > trace.response_ns else ""
    return after + screen.paint(Ink.DIM, rest)


def _sections(trace: Trace, screen: Screen) -> list[tuple[str, list[str]]]:
    emitted = trace.emitted
    logs = [
        f"{_moment(trace, r.at):>10}  {r.source} → {r.service}  {screen.paint(_level(r.level), r.level)}  {r.text}"
        for r in emitted.logs
    ]
    errors = [
        f"{_moment(trace, event.at):>10}  {event.source} → {event.monitor}  {screen.paint(Ink.BAD, event.cause)}  "
        f"{event.text}"
        for event in emitted.errors
    ]
    spans = [f"{store}: {count} spans" for store, count in _counted([span.store for span in emitted.spans])]
    fires = [verdict.sentence for verdict in trace.alerts if verdict.fires]
    quiet = [verdict.sentence for verdict in trace.alerts if not verdict.fires]
    events = [f"{_moment(trace, event.at):>10}  {event.text}" for event in trace.events]
    return [
        ("events", events),
        ("log records", logs),
        ("figures", _figures(trace)),
        ("errors", errors),
        ("spans", spans),
        (
            "if every request went like this",
            [screen.paint(Ink.BAD, line) for line in fires] + [screen.paint(Ink.DIM, line) for line in quiet],
        ),
        ("notes", wrapped(trace.notes, screen)),
    ]


def _moment(trace: Trace, at: int) -> str:
    return duration(at) if trace.timed else ""


def _level(level: str) -> Ink:
    return {"error": Ink.BAD, "warning": Ink.WARNING}.get(level, Ink.DIM)


def _counted(names: list[str]) -> list[tuple[str, int]]:
    return [(name, names.count(name)) for name in dict.fromkeys(names)]


def _figures(trace: Trace) -> list[str]:
    """The figures that metrics services get; equal ones in one line."""
    lines = []
    for metric in trace.emitted.metrics:
        labels = ", ".join(f"{key}={value}" for key, value in metric.labels)
        source = f" (from {metric.derived_from})" if metric.derived_from else ""
        value = f" {metric.value:g}" if metric.name.endswith("_seconds") else " +1"
        lines.append(f"{metric.service}{source}: {metric.name}{{{labels}}}{value}")
    return [line + (f" × {count}" if count > 1 else "") for line, count in _counted(lines)]


REPORT = Report[TracedRequest](
    "tree",
    Subject.TRACE,
    (".txt",),
    lambda traced: tree(traced.trace),
    lambda traced, screen: tree(traced.trace, screen),
)

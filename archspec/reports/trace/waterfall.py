"""A trace as bars on a time axis."""

from archspec.reports import PAPER, Ink, Report, Screen, Subject, TracedRequest, name_of, outcome_of, took
from archspec.simulation import Call, OwnWork, Trace
from archspec.values import duration

LABEL, BAR = 34, 46
CORE, SLOT, QUEUE, AWAY, WAITING = "█", "▓", "░", "─", "·"


def waterfall(trace: Trace, screen: Screen = PAPER) -> str:
    """One line per call: its bar from sent to settled, work and waiting in it, and what it came to."""
    end = max(trace.end_ns, 1)
    axis = f"{'':<{LABEL}}{'0':<{BAR - len(duration(end))}}{duration(end)}" if trace.timed else ""
    title = f"{trace.flow}: {trace.status or trace.cause or 'no answer'}"
    if trace.response_ns is not None and trace.timed:
        title += f" after {duration(trace.response_ns)}"
    lines = [screen.paint(Ink.BOLD, title), screen.paint(Ink.DIM, axis)]
    lines += _rows(trace, trace.calls, 0, end, screen)
    key = f"{CORE} cpu  {SLOT} takes  {QUEUE} queue  {AWAY} under way, or waiting for others  {WAITING} for nobody"
    return "\n".join(line.rstrip() for line in [*lines, screen.paint(Ink.DIM, key)]) + "\n"


def _rows(trace: Trace, items: tuple[Call | OwnWork, ...], depth: int, end: int, screen: Screen) -> list[str]:
    lines = []
    for item in items:
        if isinstance(item, OwnWork):
            label = f"{'  ' * depth}{item.component} works"
            cells = [" "] * BAR
            _fill(cells, item.stretch.start, item.stretch.end, end, CORE if item.stretch.resource == "core" else SLOT)
            lines.append(f"{_cut(label)}{''.join(cells)}  {duration(item.stretch.end - item.stretch.start)}")
            continue
        lines.append(_line(item, depth, end, screen))
        lines += _rows(trace, item.children, depth + 1, end, screen)
    return lines


def _line(call: Call, depth: int, end: int, screen: Screen) -> str:
    label = _cut(f"{'  ' * depth}{name_of(call)}" + (f" · {call.does}" if call.does else ""))
    failed = call.cause is not None and call.role != "message"
    settled = call.answered if call.role == "message" else call.settled
    said = screen.paint(Ink.BAD if failed or settled is None else Ink.GOOD, outcome_of(call))
    cells = [" "] * BAR
    if not call.timed:
        return f"{label}{''.join(cells)}  {said}"
    last = max([call.answered or call.sent, *(stretch.end for stretch in call.work)])
    if settled is None or last > settled:
        _fill(cells, settled or call.sent, last, end, WAITING)
    _fill(cells, call.sent, end if settled is None else settled, end, AWAY)
    if call.arrived is not None and call.waited and call.work:
        _fill(cells, call.work[0].start - call.waited, call.work[0].start, end, QUEUE)
    for stretch in call.work:
        _fill(cells, stretch.start, stretch.end, end, CORE if stretch.resource == "core" else SLOT)
    return f"{label}{''.join(cells)}  {took(call)}  {said}"


def _fill(cells: list[str], start: int, stop: int, end: int, sign: str) -> None:
    """Draw a stretch of time; the shortest one is one cell wide."""
    first = min(BAR - 1, start * BAR // end)
    last = min(BAR, max(first + 1, -(-stop * BAR // end)))
    for cell in range(first, last):
        cells[cell] = sign


def _cut(label: str) -> str:
    return f"{label if len(label) < LABEL else label[: LABEL - 2] + '…':<{LABEL}}"


REPORT = Report[TracedRequest](
    "waterfall",
    Subject.TRACE,
    (),
    lambda traced: waterfall(traced.trace),
    lambda traced, screen: waterfall(traced.trace, screen),
)

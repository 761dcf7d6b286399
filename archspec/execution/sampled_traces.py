"""Whole traces of the requests of a run that are worth a look: those that failed, and the slowest."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archspec.execution.emissions import emitted_by
from archspec.execution.finished import Run
from archspec.execution.layout import (
    CAUSES,
    LOG_ANSWERED,
    LOG_ARRIVED,
    LOG_ATTEMPT,
    LOG_BACKOFF,
    LOG_CACHE,
    LOG_HEARD,
    LOG_LOST,
    LOG_OWN,
    LOG_QUEUED,
    LOG_SENT,
    LOG_WORKED,
)
from archspec.execution.recorder import LogEntry, read_log
from archspec.execution.state import (
    ASKED_AT,
    ASKED_CAUSE,
    ASKED_DEGRADED,
    ASKED_FLOW,
    ASKED_NUMBER,
    ASKED_SIZE,
    ASKED_STATUS,
    ASKED_UNTIL,
)
from archspec.execution.trace_model import Trace, TraceOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]

OF_AN_ATTEMPT = frozenset(
    {LOG_SENT, LOG_ATTEMPT, LOG_ARRIVED, LOG_QUEUED, LOG_WORKED, LOG_CACHE, LOG_ANSWERED, LOG_HEARD, LOG_LOST}
)


@dataclass(frozen=True, slots=True)
class SampledTrace:
    """A request of a run: its trace, whose times begin at its arrival, and when that was, in nanoseconds of the run."""

    at: int
    trace: Trace


def sampled_traces(run: Run, count: int, *, uniform: bool = False) -> tuple[SampledTrace, ...]:
    """At most `count` traces, in order of arrival: failed requests take up to half, the slowest ones the rest.

    With `uniform` they are spread evenly over all requests, so that their figures are those of the run.

    The run must have kept its requests (`SimulationOptions.keep_requests`).
    """
    import numpy as np

    asked: Table = np.array(run.world.asked, dtype=np.int64).reshape(-1, ASKED_SIZE)
    choose = _evenly if uniform else _notable
    chosen = sorted(choose(run, asked, count), key=lambda row: (asked[row, ASKED_AT], row))
    logs = _logs(run.world.log, {row * ASKED_SIZE for row in chosen})
    found = []
    for row in chosen:
        fields, request = [int(value) for value in asked[row]], row * ASKED_SIZE
        log = [_since(entry, fields[ASKED_AT]) for entry in logs[request]]
        found.append(SampledTrace(fields[ASKED_AT], _trace(run, fields, request, log)))
    return tuple(found)


def _evenly(run: Run, asked: "Table", count: int) -> list[int]:
    """Rows: evenly picked from all that are through."""
    import numpy as np

    counted = np.flatnonzero((asked[:, ASKED_UNTIL] >= 0) & (asked[:, ASKED_AT] >= run.warm_up))
    places = np.linspace(0, len(counted) - 1, min(count, len(counted)))
    return [int(row) for row in counted[places.astype(np.int64)]]


def _notable(run: Run, asked: "Table", count: int) -> list[int]:
    """Rows: the first failed ones, evenly picked, then the slowest of those that succeeded."""
    import numpy as np

    counted = (asked[:, ASKED_UNTIL] >= 0) & (asked[:, ASKED_AT] >= run.warm_up)
    failed = np.flatnonzero(counted & (asked[:, ASKED_CAUSE] != 0))
    good = np.flatnonzero(counted & (asked[:, ASKED_CAUSE] == 0))
    bad_wanted = min(len(failed), max(count - len(good), (count + 1) // 2))
    picked = failed[np.linspace(0, len(failed) - 1, bad_wanted).astype(np.int64)] if bad_wanted else failed[:0]
    took = asked[good, ASKED_UNTIL] - asked[good, ASKED_AT]
    slowest = good[np.argsort(-took, kind="stable")[: count - bad_wanted]]
    return [*picked.tolist(), *slowest.tolist()]


def _logs(log: list[LogEntry], wanted: set[int]) -> dict[int, list[LogEntry]]:
    """The entries of each wanted request, in order."""
    request_of = {a: c for _, what, a, _, c, _ in log if what == LOG_ATTEMPT and c in wanted}
    found: dict[int, list[LogEntry]] = defaultdict(list)
    for entry in log:
        _, what, a, b, _, d = entry
        if what in OF_AN_ATTEMPT or what == LOG_OWN:
            request = request_of.get(a)
        elif what == LOG_BACKOFF:
            request = request_of.get(b) if b else d
        else:
            request = None
        if request in wanted:
            found[request].append(entry)
    return found


def _since(entry: LogEntry, start: int) -> LogEntry:
    """The entry with its moments counted from `start`."""
    time, what, a, b, c, d = entry
    return (time - start, what, a, b, c, d - start if what in (LOG_WORKED, LOG_OWN) else d)


def _trace(run: Run, row: list[int], request: int, log: list[LogEntry]) -> Trace:
    flow = run.architecture.flows[run.compiled.names.flows[row[ASKED_FLOW]]]
    found = Trace(
        system=run.architecture.name,
        flow=flow.id,
        title=flow.title,
        caller=flow.from_,
        request=flow.request,
        response=flow.response,
        options=TraceOptions(sample=True, seed=run.options.seed, number=row[ASKED_NUMBER]),
        status=row[ASKED_STATUS] or None,
        cause=CAUSES[row[ASKED_CAUSE]] or None,
        degraded=bool(row[ASKED_DEGRADED]),
        response_ns=row[ASKED_UNTIL] - row[ASKED_AT],
        calls=read_log(run.compiled, log, request).tree(),
        notes=(f"request {row[ASKED_NUMBER]} of {flow.id}, which arrived at {row[ASKED_AT] / 1e9:.6f} s of the run",),
    )
    return replace(found, emitted=emitted_by(run.architecture, found))

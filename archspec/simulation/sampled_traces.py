"""Whole traces of the requests of a run that are worth a look: those that failed, and the slowest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from archspec.frozen import frozen
from archspec.simulation.calls import OF_AN_ATTEMPT, read_log
from archspec.simulation.emissions import emitted_by
from archspec.simulation.log import CAUSES, Entry, Told
from archspec.simulation.run import Run
from archspec.simulation.trace_model import Trace, TraceOptions


@frozen
class SampledTrace:
    """A request of a run: its trace, whose times begin at its arrival, and when that was, in nanoseconds of the run."""

    at: int
    trace: Trace


def sampled_traces(run: Run, count: int, *, uniform: bool = False) -> tuple[SampledTrace, ...]:
    """At most `count` traces, in order of arrival: failed requests take up to half, the slowest ones the rest.

    With `uniform` they are spread evenly over all requests, so that their figures are those of the run.

    The run must have kept its requests (`SimulationOptions.keep_requests`).
    """
    chosen = sorted((_evenly if uniform else _notable)(run, count))
    logs = _logs(run.log, set(chosen))
    return tuple(_trace(run, request, logs[request]) for request in chosen)


def _evenly(run: Run, count: int) -> list[int]:
    """By their place in order of arrival: evenly picked from all that are through."""
    import numpy as np

    counted = np.flatnonzero((run.every_request.until >= 0) & (run.every_request.at >= run.warm_up))
    places = np.linspace(0, len(counted) - 1, min(count, len(counted)))
    return [int(row) for row in counted[places.astype(np.int64)]]


def _notable(run: Run, count: int) -> list[int]:
    """By their place in order of arrival: failed ones, evenly picked, then the slowest of those that succeeded."""
    import numpy as np

    requests = run.every_request
    counted = (requests.until >= 0) & (requests.at >= run.warm_up)
    failed, good = np.flatnonzero(counted & (requests.cause != 0)), np.flatnonzero(counted & (requests.cause == 0))
    bad_wanted = min(len(failed), max(count - len(good), (count + 1) // 2))
    picked = failed[np.linspace(0, len(failed) - 1, bad_wanted).astype(np.int64)] if bad_wanted else failed[:0]
    took = requests.until[good] - requests.at[good]
    slowest = good[np.argsort(-took, kind="stable")[: count - bad_wanted]]
    return [*picked.tolist(), *slowest.tolist()]


def _logs(log: Iterable[Entry], wanted: set[int]) -> dict[int, list[Entry]]:
    """The entries of each wanted request, in order."""
    log = list(log)
    request_of = {a: c for _, what, a, _, c, _ in log if what == Told.ATTEMPT and c in wanted}
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in log:
        _, what, a, b, _, d = entry
        if what in OF_AN_ATTEMPT or what == Told.OWN:
            request = request_of.get(a)
        elif what == Told.BACKOFF:
            request = request_of.get(b) if b else d
        else:
            request = None
        if request in wanted:
            found[request].append(entry)
    return found


def _since(entry: Entry, start: int) -> Entry:
    """The entry with its moments counted from `start`."""
    time, what, a, b, c, d = entry
    return (time - start, what, a, b, c, d - start if what in (Told.WORKED, Told.OWN) else d)


def _trace(run: Run, request: int, log: list[Entry]) -> SampledTrace:
    requests = run.every_request
    flow = run.architecture.flows[run.flows[requests.flow[request]]]
    at, number = int(requests.at[request]), int(requests.number[request])
    found = Trace(
        system=run.architecture.name,
        flow=flow.id,
        title=flow.title,
        caller=flow.from_,
        request=flow.request,
        response=flow.response,
        options=TraceOptions(sample=True, seed=run.options.seed, number=number),
        status=int(requests.status[request]) or None,
        cause=CAUSES[requests.cause[request]] or None,
        degraded=bool(requests.degraded[request]),
        response_ns=int(requests.until[request]) - at,
        calls=read_log(run.compiled, [_since(entry, at) for entry in log], request).tree(),
        notes=(f"request {number} of {flow.id}, which arrived at {at / 1e9:.6f} s of the run",),
    )
    return SampledTrace(at, replace(found, emitted=emitted_by(run.architecture, found)))

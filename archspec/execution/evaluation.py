"""From the state a run ended in to its results; every sum is checked on the way."""

from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from archspec.errors import DefectError
from archspec.execution.alerting import Answered, Watched, evaluate, flow_reader
from archspec.execution.component_results import component_reader, component_results, find_bottleneck, queue_results
from archspec.execution.finished import Run, scrape_interval
from archspec.execution.layout import CAUSES
from archspec.execution.results import AlertChange, FlowResult, RequestResult, Results, Series
from archspec.execution.state import ASKED_SIZE
from archspec.execution.statistics import latency_of
from archspec.execution.telling import tell
from archspec.model.alert import FLOW_METRICS, Alert
from archspec.model.kind import Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]

FLOW, NUMBER, _, AT, UNTIL, STATUS, CAUSE, DEGRADED = range(ASKED_SIZE)
GROWING = 0.05


def collect(run: Run) -> Results:
    """Everything a run has to tell.

    Raises:
        DefectError: requests, calls or messages do not add up.

    """
    import numpy as np

    asked: Table = np.asarray(run.world.asked, dtype=np.int64)
    asked = asked.reshape(-1, ASKED_SIZE) if asked.ndim == 1 else asked.T
    flows = tuple(_flow(run, asked, number) for number in range(len(run.compiled.names.flows)))
    components = component_results(run)
    return Results(
        system=run.architecture.name,
        scenario=run.scenario.id if run.scenario else None,
        seed=run.options.seed,
        duration=run.duration,
        warm_up=run.warm_up,
        flows=flows,
        components=components,
        queues=queue_results(run),
        alerts=_alerts(run, asked),
        events=tell(run.compiled, run.world.log),
        series=_series(run, asked),
        bottleneck=find_bottleneck(components),
        assumed=run.compiled.names.assumed,
        notes=_notes(run),
        requests=_requests(run, asked) if run.options.keep_requests else (),
    )


def _notes(run: Run) -> tuple[str, ...]:
    from archspec.model.quantities import Duration

    return (f"the first {Duration(run.warm_up)} are left out as warm-up",) if run.warm_up else ()


def _flow(run: Run, asked: "Table", number: int) -> FlowResult:
    import numpy as np

    id_ = run.compiled.names.flows[number]
    rows = asked[(asked[:, FLOW] == number) & (asked[:, AT] >= run.warm_up)]
    ended = rows[:, UNTIL] >= 0
    good = ended & (rows[:, CAUSE] == 0)
    bad = ended & ~good
    took = rows[:, UNTIL] - rows[:, AT]
    failed = tuple(
        (CAUSES[cause], int(count))
        for cause, count in enumerate(np.bincount(rows[bad, CAUSE], minlength=len(CAUSES)))
        if count
    )
    offered, ok, in_flight = len(rows), int(good.sum()), int((~ended).sum())
    if offered != ok + sum(count for _, count in failed) + in_flight:
        raise DefectError(f"requests of `{id_}` do not add up: {offered} offered, {ok} ok, {failed}, {in_flight}")
    window = max(run.duration - run.warm_up, 1)
    return FlowResult(
        flow=id_,
        offered=offered,
        ok=ok,
        degraded=int(rows[good, DEGRADED].sum()),
        failed=failed,
        in_flight=in_flight,
        latency=latency_of(took[good], run.options.confidence),
        failed_mean=float(took[bad].mean()) if bad.any() else None,
        throughput=ok * 1e9 / window,
        overloaded=_overload(run, rows, in_flight),
        objective=run.architecture.flows[id_].objective,
    )


def _overload(run: Run, rows: "Table", in_flight: int) -> str | None:
    """Whether requests pile up: over 5% in flight at the end, and more than at half-time beyond chance.

    Chance is three standard deviations of a difference of Poisson counts.
    """
    if in_flight <= GROWING * len(rows):
        return None
    middle = (run.warm_up + run.duration) // 2
    before = rows[rows[:, AT] <= middle]
    at_half = int(((before[:, UNTIL] < 0) | (before[:, UNTIL] > middle)).sum())
    if in_flight - at_half <= 3 * sqrt(in_flight + at_half):
        return None
    return f"{in_flight} of {len(rows)} requests are in flight at the end, {at_half} at half-time"


def _requests(run: Run, asked: "Table") -> tuple[RequestResult, ...]:
    names = run.compiled.names.flows
    rows = sorted(asked.tolist(), key=lambda row: (row[AT], row[FLOW], row[NUMBER]))
    return tuple(
        RequestResult(
            flow=names[row[FLOW]],
            number=row[NUMBER],
            at=row[AT],
            status=row[STATUS] or None,
            cause=CAUSES[row[CAUSE]] or None,
            degraded=bool(row[DEGRADED]),
            took=row[UNTIL] - row[AT] if row[UNTIL] >= 0 else None,
        )
        for row in rows
    )


def _alerts(run: Run, asked: "Table") -> tuple[AlertChange, ...]:
    """Every change of every alert that can be evaluated, in order of time."""
    interval = scrape_interval(run.architecture)[1]
    changes: list[AlertChange] = []
    for alert in run.architecture.alerts.values():
        watched = _watched(run, asked, alert)
        if watched is not None:
            changes += evaluate(alert, watched, interval, run.duration)
    return tuple(sorted(changes, key=lambda change: change.at))


def _watched(run: Run, asked: "Table", alert: Alert) -> Watched | None:
    samples = [row[0] for row in run.samples]
    if alert.component is not None:
        reader = component_reader(run, alert)
        return Watched(samples, reader) if reader else None
    if alert.metric not in FLOW_METRICS:
        return None
    objective = run.architecture.flows[alert.flow].objective if alert.flow else None
    success = objective.success.value if objective and objective.success else None
    return Watched(samples, flow_reader(alert.metric, _answered(asked, _flows_of(run, alert)), samples, success))


def _flows_of(run: Run, alert: Alert) -> list[int]:
    """The flows an alert watches: the named one, else all that a person or client starts."""
    architecture, names = run.architecture, run.compiled.names.flows
    if alert.flow is not None:
        return [number for number, id_ in enumerate(names) if id_ == alert.flow]
    return [
        number
        for number, id_ in enumerate(names)
        if architecture.components[architecture.flows[id_].from_].kind_of.role is Role.ACTOR
    ]


def _answered(asked: "Table", flows: list[int]) -> Answered:
    import numpy as np

    rows = asked[np.isin(asked[:, FLOW], flows) & (asked[:, UNTIL] >= 0)]
    rows = rows[np.argsort(rows[:, UNTIL], kind="stable")]
    good = rows[:, CAUSE] == 0
    took = rows[good, UNTIL] - rows[good, AT]
    return Answered(rows[good, UNTIL].tolist(), rows[~good, UNTIL].tolist(), took.tolist())


def _series(run: Run, asked: "Table") -> tuple[Series, ...]:
    """Per flow, between scrapes: answers per second, share of successes, mean response time."""
    times = [row[0] for row in run.samples]
    found = []
    for number, id_ in enumerate(run.compiled.names.flows):
        answered = _answered(asked, [number])
        rate = flow_reader("request_rate", answered, times, None)
        success = flow_reader("success_rate", answered, times, None)
        median = flow_reader("p50", answered, times, None)
        for name, unit, read in (("answers", "/s", rate), ("success", "", success), ("p50", "ns", median)):
            values = [read(first, last) for first, last in pairwise(range(len(times)))]
            numbers = tuple(None if value is None else float(value) for value in values)
            found.append(Series(f"{id_} {name}", unit, tuple(times[1:]), numbers))
    return tuple(found)

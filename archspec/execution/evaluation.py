"""From the state a run ended in to its results; every sum is checked on the way."""

from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise
from math import sqrt

from archspec.errors import DefectError
from archspec.execution.alerting import Seen, Watched, breach, evaluate, flow_breach, flow_reader, see
from archspec.execution.component_results import component_reader, component_results, find_bottleneck, queue_results
from archspec.execution.finished import Run, scrape_interval
from archspec.execution.layout import CAUSES
from archspec.execution.requests import Answered, Requests, rows_of
from archspec.execution.results import AlertChange, FlowResult, RequestResult, Results, Series
from archspec.execution.state import ASKED_SIZE
from archspec.execution.statistics import latency_of
from archspec.execution.telling import tell
from archspec.model.alert import FLOW_METRICS, Alert
from archspec.model.kind import Role

FLOW, NUMBER, _, AT, UNTIL, STATUS, CAUSE, DEGRADED = range(ASKED_SIZE)
GROWING = 0.05
Sight = Callable[[tuple[int, ...]], Seen]
"""What the samples saw of some flows, worked out once."""


def collect(run: Run) -> Results:
    """Everything a run has to tell.

    Raises:
        DefectError: requests, calls or messages do not add up.

    """
    flows = tuple(_flow(run, number) for number in range(len(run.compiled.names.flows)))
    components = component_results(run)
    seen = cache(partial(_see, run))
    return Results(
        system=run.architecture.name,
        scenario=run.scenario.id if run.scenario else None,
        seed=run.options.seed,
        duration=run.duration,
        warm_up=run.warm_up,
        flows=flows,
        components=components,
        queues=queue_results(run),
        alerts=_alerts(run, seen),
        events=tell(run.compiled, run.world.log),
        series=_series(run, seen),
        bottleneck=find_bottleneck(components),
        assumed=run.compiled.names.assumed,
        notes=_notes(run),
        requests=_requests(run) if run.options.keep_requests else (),
    )


def _notes(run: Run) -> tuple[str, ...]:
    from archspec.model.quantities import Duration

    warm_up = (f"the first {Duration(run.warm_up)} are left out as warm-up",) if run.warm_up else ()
    return (*warm_up, *run.compiled.names.passed_over)


def _flow(run: Run, number: int) -> FlowResult:
    import numpy as np

    id_ = run.compiled.names.flows[number]
    requests = run.requests[number].since(run.warm_up)
    good, bad = requests.good, requests.bad
    took = requests.took(good)
    failed = tuple((CAUSES[cause], int(count)) for cause, count in enumerate(np.bincount(requests.cause[bad])) if count)
    offered, ok, in_flight = len(requests.at), len(took), int(np.count_nonzero(requests.until < 0))
    if offered != ok + sum(count for _, count in failed) + in_flight:
        raise DefectError(f"requests of `{id_}` do not add up: {offered} offered, {ok} ok, {failed}, {in_flight}")
    window = max(run.duration - run.warm_up, 1)
    return FlowResult(
        flow=id_,
        offered=offered,
        ok=ok,
        degraded=int(requests.degraded[good].sum()),
        failed=failed,
        in_flight=in_flight,
        latency=latency_of(took, run.options.confidence),
        failed_mean=float(requests.took(bad).mean()) if failed else None,
        throughput=ok * 1e9 / window,
        overloaded=_overload(run, requests, in_flight),
        objective=run.architecture.flows[id_].objective,
    )


def _overload(run: Run, requests: Requests, in_flight: int) -> str | None:
    """Whether requests pile up: over 5% in flight at the end, and more than at half-time beyond chance.

    Chance is three standard deviations of a difference of Poisson counts.
    """
    offered = len(requests.at)
    if in_flight <= GROWING * offered:
        return None
    middle = (run.warm_up + run.duration) // 2
    until = requests.until[: requests.at.searchsorted(middle, side="right")]
    at_half = int(((until < 0) | (until > middle)).sum())
    if in_flight - at_half <= 3 * sqrt(in_flight + at_half):
        return None
    return f"{in_flight} of {offered} requests are in flight at the end, {at_half} at half-time"


def _requests(run: Run) -> tuple[RequestResult, ...]:
    names = run.compiled.names.flows
    rows = sorted(rows_of(run.world), key=lambda row: (row[AT], row[FLOW], row[NUMBER]))
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


def _alerts(run: Run, seen: Sight) -> tuple[AlertChange, ...]:
    """Every change of every alert that can be evaluated, in order of time."""
    interval = scrape_interval(run.architecture)[1]
    changes: list[AlertChange] = []
    for alert in run.architecture.alerts.values():
        watched = _watched(run, alert, seen)
        if watched is not None:
            changes += evaluate(alert, watched, interval, run.duration)
    return tuple(sorted(changes, key=lambda change: change.at))


def _watched(run: Run, alert: Alert, seen: Sight) -> Watched | None:
    if alert.component is not None:
        reader = component_reader(run, alert)
        breached = breach(alert, reader) if reader else None
    elif alert.metric in FLOW_METRICS:
        objective = run.architecture.flows[alert.flow].objective if alert.flow else None
        success = objective.success.value if objective and objective.success else None
        breached = flow_breach(alert, seen(_flows_of(run, alert)), success)
    else:
        return None
    return Watched([row[0] for row in run.samples], breached) if breached else None


def _flows_of(run: Run, alert: Alert) -> tuple[int, ...]:
    """The flows an alert watches: the named one, else all that a person or client starts."""
    architecture, names = run.architecture, run.compiled.names.flows
    if alert.flow is not None:
        return tuple(number for number, id_ in enumerate(names) if id_ == alert.flow)
    return tuple(
        number
        for number, id_ in enumerate(names)
        if architecture.components[architecture.flows[id_].from_].kind_of.role is Role.ACTOR
    )


def _see(run: Run, flows: tuple[int, ...]) -> Seen:
    """What the samples saw of the answers of some flows together."""
    import numpy as np

    of_each = [run.requests[number].answered() for number in flows]
    if len(of_each) == 1:
        answered = of_each[0]
    else:
        nothing = Answered(*(np.zeros(0, dtype=np.int64) for _ in Answered._fields))
        answered = Answered(*(np.concatenate(columns) for columns in zip(nothing, *of_each, strict=True)))
    return see([row[0] for row in run.samples], answered)


def _series(run: Run, seen: Sight) -> tuple[Series, ...]:
    """Per flow, between scrapes: answers per second, share of successes, median response time."""
    times = [row[0] for row in run.samples]
    found = []
    for number, id_ in enumerate(run.compiled.names.flows):
        for name, unit, metric in (
            ("answers", "/s", "request_rate"),
            ("success", "", "success_rate"),
            ("p50", "ns", "p50"),
        ):
            read = flow_reader(metric, seen((number,)), None)
            values = [read(first, last) for first, last in pairwise(range(len(times)))]
            numbers = tuple(None if value is None else float(value) for value in values)
            found.append(Series(f"{id_} {name}", unit, tuple(times[1:]), numbers))
    return tuple(found)

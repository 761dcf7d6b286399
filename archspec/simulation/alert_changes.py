"""What the alerts of a run did, and which of them it cannot say anything about."""

from collections.abc import Callable
from fractions import Fraction

from archspec.model.alert import Alert
from archspec.simulation.alerting import (
    Breach,
    Reader,
    Seen,
    Value,
    Watched,
    Window,
    breach,
    evaluate,
    flow_breach,
    flows_of,
    rate,
)
from archspec.simulation.options import scrape_interval
from archspec.simulation.resources import whole_cores
from archspec.simulation.results import AlertChange
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure

Sight = Callable[[tuple[int, ...]], Seen]
"""What the samples saw of the answers of some flows, by their numbers."""
FAILURES = (Figure.ERRORS, Figure.SHED, Figure.RATE_LIMITED)
"""What a component logs as a failure: no status, 429, 500 and above."""


def alert_changes(run: Run, seen: Sight) -> tuple[tuple[AlertChange, ...], tuple[str, ...]]:
    """Every change of every alert, in order of time; and of each alert that is not evaluated, why not."""
    interval = scrape_interval(run.architecture)[1]
    samples: list[int] = run.samples.times.tolist()
    changes: list[AlertChange] = []
    left_out: list[str] = []
    for alert in run.architecture.alerts.values():
        breached = _breach(run, alert, seen)
        if isinstance(breached, str):
            left_out.append(f"alert {alert.id} is not evaluated: {breached}")
        else:
            changes += evaluate(alert, Watched(samples, breached), interval, run.duration)
    return tuple(sorted(changes, key=lambda change: change.at)), tuple(left_out)


def _breach(run: Run, alert: Alert, seen: Sight) -> Breach | str:
    """The condition of an alert, or why there is none."""
    if alert.component is not None:
        reader = _component_reader(run, alert)
        return reader if isinstance(reader, str) else breach(alert, reader) or "it has no limit"
    flows = flows_of(run.architecture, run.flows, alert)
    if not flows:
        return f"no request of {alert.flow or 'what it watches'} is part of this load"
    objective = run.architecture.flows[alert.flow].objective if alert.flow else None
    success = objective.success.value if objective and objective.success else None
    if alert.metric == "burn_rate" and (success is None or success == 1):
        return "a burn_rate needs a flow with an objective for success below 100%"
    return flow_breach(alert, seen(flows), success) or "it has no limit"


def _component_reader(run: Run, alert: Alert) -> Reader | str:
    """The reader of a component's metric for an alert, or why there is none."""
    id_ = alert.component or ""
    component, replicas = run.compiled.system.components[run.compiled.numbers[id_]], run.compiled.replicas_of[id_]
    match alert.metric:
        case "cpu":
            reader = _share_reader(run, replicas, Figure.CORES, whole_cores(component.cores))
            return reader or f"{id_} has no `cores`, and no `cpu` of it is used"
        case "memory":
            reader = _share_reader(run, replicas, Figure.SLOTS, component.memory or 0)
            return reader or f"{id_} does not say `memory` and `memory_per_request`"
        case "queue_length":
            return _length_reader(run, id_)
        case "replicas_up":
            up: list[int] = run.samples.total(replicas, Figure.UP).tolist()
            return lambda window: up[window.last]
        case "requests":
            return _rate_reader(run, replicas, (Figure.CALLS,))
        case "failures":
            return _rate_reader(run, replicas, FAILURES)
        case _:
            return f"{alert.metric} of a component is not simulated"


def _increases(run: Run, replicas: range, *figures: Figure) -> Callable[[Window], int]:
    """By how much figures grew between the first and the last sample of a window."""
    total: list[int] = run.samples.total(replicas, *figures).tolist()
    return lambda window: total[window.last] - total[window.first]


def _share_reader(run: Run, replicas: range, figure: Figure, capacity: int) -> Reader | None:
    if capacity <= 0:
        return None
    registered, used = _increases(run, replicas, Figure.REGISTERED), _increases(run, replicas, figure)

    def read(window: Window) -> Value | None:
        return Fraction(used(window), registered(window) * capacity) if registered(window) else None

    return read


def _rate_reader(run: Run, replicas: range, counters: tuple[Figure, ...]) -> Reader:
    """By how much counters grow per second."""
    samples: list[int] = run.samples.times.tolist()
    total: list[int] = run.samples.total(replicas, *counters).tolist()
    return lambda window: rate(window, samples, total[window.first], total[window.last] - total[window.first])


def _length_reader(run: Run, id_: str) -> Reader:
    """The mean length over the window: messages of a queue at its samples, of a topic those
    of the subscriber with most, of a subscriber its own; calls waiting of anything else.
    """
    kept = run.compiled.kept_for(id_)
    if kept:
        lengths = [max(row) for row in zip(*(run.samples.length(place).tolist() for place in kept), strict=True)]
        return lambda window: Fraction(sum(lengths[window.first : window.last + 1]), window.last - window.first + 1)
    queued = _increases(run, run.compiled.replicas_of[id_], Figure.QUEUED)
    samples: list[int] = run.samples.times.tolist()

    def read(window: Window) -> Value | None:
        time = samples[window.last] - samples[window.first]
        return Fraction(queued(window), time) if time else None

    return read

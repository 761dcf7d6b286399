"""What the alerts of a run did, and which of them it cannot say anything about."""

from collections.abc import Callable
from fractions import Fraction

from archspec.execution.alerting import (
    Breach,
    Reader,
    Seen,
    Value,
    Watched,
    Window,
    breach,
    evaluate,
    flow_breach,
    rate,
)
from archspec.execution.component_results import replicas_of
from archspec.execution.finished import Run, scrape_interval
from archspec.execution.layout import (
    COMPONENT_CORES,
    COMPONENT_MEMORY,
    COMPONENT_QUEUE,
    COMPONENT_SIZE,
    MESSAGES_SIZE,
)
from archspec.execution.results import AlertChange
from archspec.execution.sample_rows import (
    CALLS,
    CORES,
    ERRORS,
    QUEUED,
    RATE_LIMITED,
    REGISTERED,
    SHED,
    SLOTS,
    UP,
    total,
)
from archspec.model.alert import Alert
from archspec.model.kind import Role

Sight = Callable[[tuple[int, ...]], Seen]
"""What the samples saw of the answers of some flows, by their numbers."""
FAILURES = (ERRORS, SHED, RATE_LIMITED)
"""What a component logs as a failure: no status, 429, 500 and above."""


def alert_changes(run: Run, seen: Sight) -> tuple[tuple[AlertChange, ...], tuple[str, ...]]:
    """Every change of every alert, in order of time; and of each alert that is not evaluated, why not."""
    interval = scrape_interval(run.architecture)[1]
    samples = [row[0] for row in run.samples]
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
    flows = _flows_of(run, alert)
    if not flows:
        return f"no request of {alert.flow or 'what it watches'} is part of this load"
    objective = run.architecture.flows[alert.flow].objective if alert.flow else None
    success = objective.success.value if objective and objective.success else None
    if alert.metric == "burn_rate" and (success is None or success == 1):
        return "a burn_rate needs a flow with an objective for success below 100%"
    return flow_breach(alert, seen(flows), success) or "it has no limit"


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


def _component_reader(run: Run, alert: Alert) -> Reader | str:
    """The reader of a component's metric for an alert, or why there is none."""
    number = run.compiled.names.components.index(alert.component or "")
    row = run.compiled.program.components[number * COMPONENT_SIZE : (number + 1) * COMPONENT_SIZE]
    match alert.metric:
        case "cpu":
            reader = _share_reader(run, number, CORES, row[COMPONENT_CORES])
            return reader or f"{alert.component} has no `cores`, and no `cpu` of it is used"
        case "memory":
            reader = _share_reader(run, number, SLOTS, row[COMPONENT_MEMORY])
            return reader or f"{alert.component} does not say `memory` and `memory_per_request`"
        case "queue_length":
            return _length_reader(run, number, row[COMPONENT_QUEUE])
        case "replicas_up":
            return lambda window: _total(run, number, window.last, UP)
        case "requests":
            return _rate_reader(run, number, (CALLS,))
        case "failures":
            return _rate_reader(run, number, FAILURES)
        case _:
            return f"{alert.metric} of a component is not simulated"


def _total(run: Run, number: int, sample: int, field: int) -> int:
    return total(run.samples[sample], replicas_of(run, number), field)


def _share_reader(run: Run, number: int, field: int, capacity: int) -> Reader | None:
    if capacity <= 0:
        return None

    def read(window: Window) -> Value | None:
        registered, used = (_increase(run, number, window, column) for column in (REGISTERED, field))
        return Fraction(used, registered * capacity) if registered else None

    return read


def _rate_reader(run: Run, number: int, counters: tuple[int, ...]) -> Reader:
    """By how much counters grow per second."""
    samples = [row[0] for row in run.samples]

    def read(window: Window) -> Value | None:
        before = sum(_total(run, number, window.first, field) for field in counters)
        return rate(window, samples, before, sum(_increase(run, number, window, field) for field in counters))

    return read


def _increase(run: Run, number: int, window: Window, field: int) -> int:
    return _total(run, number, window.last, field) - _total(run, number, window.first, field)


def _length_reader(run: Run, number: int, queue: int) -> Reader:
    """The mean length over the window: messages of a queue at its samples, calls waiting of anything else."""
    samples = run.samples
    if queue >= 0:
        place = queue // MESSAGES_SIZE - len(run.compiled.names.queues)
        return lambda window: Fraction(
            sum(row[place] for row in samples[window.first : window.last + 1]), window.last - window.first + 1
        )

    def read(window: Window) -> Value | None:
        time = samples[window.last][0] - samples[window.first][0]
        return Fraction(_increase(run, number, window, QUEUED), time) if time else None

    return read

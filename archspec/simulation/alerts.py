"""The alerts of a run: what the engine is told of them, and what it says became of them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from archspec.model import Architecture, Duration, Factor, Rate, Ratio, Role
from archspec.model.alert import Alert, Threshold
from archspec.simulation.engine import Engine, View
from archspec.simulation.names import Compiled
from archspec.simulation.percentiles import SHARES
from archspec.simulation.program import Component
from archspec.simulation.program_alert import Alert as ProgramAlert
from archspec.simulation.results import AlertChange

STATES = ("inactive", "pending", "firing", "resolved")
"""By their numbers in the engine."""
_FINEST = 10**15
"""Limits are exact up to denominators of so many."""


def alerts_of(
    architecture: Architecture, compiled: Compiled, flows: tuple[str, ...]
) -> tuple[dict[str, ProgramAlert], dict[str, str]]:
    """The alerts as the engine evaluates them, and why it does not the others, by their ids."""
    found = {id_: _alert(architecture, compiled, flows, alert) for id_, alert in architecture.alerts.items()}
    evaluated = {id_: alert for id_, alert in found.items() if not isinstance(alert, str)}
    return evaluated, {id_: alert for id_, alert in found.items() if isinstance(alert, str)}


def _alert(architecture: Architecture, compiled: Compiled, flows: tuple[str, ...], alert: Alert) -> ProgramAlert | str:
    metric, share, allowed, watched, component = alert.metric, SHARES.get(alert.metric), None, None, None
    if alert.component is not None:
        component = compiled.numbers[alert.component]
        lacking = _lacking(compiled.system.components[component], metric)
    else:
        watched = flows_of(architecture, flows, alert)
        allowed = _allowed(architecture, alert) if metric == "burn_rate" else None
        lacking = None if watched else f"no request of {alert.flow or 'what it watches'} is part of this load"
        if not lacking and metric == "burn_rate" and not allowed:
            lacking = "a burn_rate needs a flow with an objective for success below 100%"
    if lacking or alert.threshold is None:
        return lacking or "it has no limit"
    above, below = (None if limit is None else _exact(bound_of(limit)) for limit in (alert.above, alert.below))
    return ProgramAlert(
        metric="percentile" if share is not None else metric,
        flows=watched,
        component=component,
        share=share,
        allowed=allowed,
        above=above,
        below=below,
        over=tuple(over.nanoseconds for over in alert.windows),
        for_=alert.for_.nanoseconds,
        keep_firing_for=alert.keep_firing_for.nanoseconds,
    )


def _lacking(component: Component, metric: str) -> str | None:
    """Why a metric of a component has no value, if it has none."""
    match metric:
        case "cpu":
            return None if component.cores else f"{component.id} has no `cores`, and no `cpu` of it is used"
        case "memory":
            return None if component.memory else f"{component.id} does not say `memory` and `memory_per_request`"
        case "queue_length" | "replicas_up" | "requests" | "failures":
            return None
        case _:
            return f"{metric} of a component is not simulated"


def _allowed(architecture: Architecture, alert: Alert) -> Fraction | None:
    """The share of requests that may fail; none where no flow says."""
    objective = architecture.flows[alert.flow].objective if alert.flow else None
    return _exact(1 - objective.success.value) if objective and objective.success else None


def _exact(number: Fraction | int) -> Fraction:
    return Fraction(number).limit_denominator(_FINEST)


def time_limits(
    alerts: Iterable[ProgramAlert], flows: int, buckets: tuple[int, ...] = ()
) -> tuple[tuple[int, ...], ...]:
    """By flow, the response times (ns) of which its alerts, or `buckets`, ask how many answers took no longer.

    Of a percentile that must not be `below` its limit a nanosecond less, since the limit itself is not below.
    """
    found = [set(buckets) for _ in range(flows)]
    for alert in alerts:
        for flow in (alert.flows or ()) if alert.share is not None else ():
            found[flow].add(int(alert.above) if alert.above is not None else int(alert.below or 0) - 1)
    return tuple(tuple(sorted(limits)) for limits in found)


def changes_of(engine: Engine, alerts: Sequence[Alert]) -> Iterator[AlertChange]:
    """Every change of the alerts that a run evaluates, in order of time; `alerts` are these."""
    for at, number, state in engine.rows(View.ALERTS, 3):
        told = tuple(alerts[number].notify) if STATES[state] in ("firing", "resolved") else ()
        yield AlertChange(alerts[number].id, at, STATES[state], told)


def bound_of(limit: Threshold) -> Fraction | int:
    """A threshold as a number: ratios and factors as they are, durations in nanoseconds, rates per second."""
    if isinstance(limit, (Ratio, Factor)):
        return limit.value
    if isinstance(limit, Duration):
        return limit.nanoseconds
    return limit.per_second if isinstance(limit, Rate) else limit


def flows_of(architecture: Architecture, names: tuple[str, ...], alert: Alert) -> tuple[int, ...]:
    """The flows an alert watches: the named one, else all that a person or client starts."""
    if alert.flow is not None:
        return tuple(number for number, id_ in enumerate(names) if id_ == alert.flow)
    return tuple(
        number
        for number, id_ in enumerate(names)
        if architecture.components[architecture.flows[id_].from_].kind_of.role is Role.ACTOR
    )

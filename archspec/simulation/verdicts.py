"""Which alerts would fire if every request went like the one traced."""

from collections.abc import Set
from fractions import Fraction

from archspec.model import Alert, Architecture, Role, Running
from archspec.simulation.alerts import bound_of
from archspec.simulation.trace_model import Call, Trace, Verdict
from archspec.values import duration, factor, percent, rate

PERCENTILES = ("p50", "p90", "p95", "p99", "p99.9")
Value = Fraction | int


def verdicts(architecture: Architecture, trace: Trace) -> tuple[Verdict, ...]:
    """A verdict for each alert that this request feeds and that has a limit, in the order written."""
    found = []
    for alert in architecture.alerts.values():
        value = _value(architecture, alert, trace)
        if value is not None and alert.threshold is not None:
            found.append(_verdict(alert, value))
    return tuple(found)


def _verdict(alert: Alert, value: Value) -> Verdict:
    limit = alert.threshold
    assert limit is not None
    bound = bound_of(limit)
    fires = value > bound if alert.above is not None else value < bound
    return Verdict(
        alert=alert.id,
        metric=alert.metric,
        value=_shown(alert.metric, value),
        limit=f"{'above' if alert.above is not None else 'below'} {limit}",
        fires=fires,
        fires_after=alert.for_.nanoseconds,
        severity=alert.severity,
        notify=tuple(alert.notify),
    )


def _shown(metric: str, value: Value) -> str:
    if metric in PERCENTILES:
        return duration(float(value))
    if metric in ("success_rate", "cpu", "memory"):
        return percent(float(value))
    if metric in ("request_rate", "requests", "failures"):
        return rate(float(value))
    return factor(float(value)) if metric == "burn_rate" else str(value)


def _value(architecture: Architecture, alert: Alert, trace: Trace) -> Value | None:
    """The value of an alert's metric with this outcome only; None where the request says nothing about it."""
    if alert.component is not None:
        return _component_value(architecture, alert, trace)
    if not is_about(architecture, alert, trace.flow) or trace.response_ns is None:
        return None
    flow = architecture.flows[trace.flow]
    if alert.metric == "success_rate":
        return int(trace.succeeded)
    if alert.metric in PERCENTILES:
        return trace.response_ns if trace.succeeded and trace.timed else None
    if alert.metric == "burn_rate" and flow.objective is not None and flow.objective.success is not None:
        allowed = 1 - flow.objective.success.value
        return (0 if trace.succeeded else 1) / allowed if allowed else None
    return flow.mean_rate.per_second if alert.metric == "request_rate" and flow.mean_rate else None


def is_about(architecture: Architecture, alert: Alert, flow: str) -> bool:
    """Whether an alert watches this flow: by name, or as one of all that a person or client starts."""
    if alert.flow is not None:
        return alert.flow == flow
    return architecture.components[architecture.flows[flow].from_].kind_of.role is Role.ACTOR


def _component_value(architecture: Architecture, alert: Alert, trace: Trace) -> Value | None:
    component = architecture.components[alert.component or ""]
    if not isinstance(component, Running):
        return None
    down = replicas_down(architecture, {*trace.options.fail, *trace.options.just_failed}, component)
    up = component.instances - down
    if alert.metric == "replicas_up":
        return up
    rate = architecture.flows[trace.flow].mean_rate
    calls = [call for call in trace.every_call() if call.component == component.id]
    if rate is None or not calls:
        return None
    if alert.metric == "requests":
        return rate.per_second * len(calls)
    if alert.metric == "failures":
        return rate.per_second * sum(map(_failed, calls))
    if alert.metric != "cpu":
        return None
    busy = sum(stretch.end - stretch.start for call in calls for stretch in call.work if stretch.resource == "core")
    capacity = up * (component.cores or 1)
    return min(Fraction(1), rate.per_second * busy / 10**9 / capacity) if capacity else None


def _failed(call: Call) -> bool:
    """What a log record of the callee counts as a failure: no answer, 429, or 500 and above."""
    return call.answer_status is None or call.answer_status == 429 or call.answer_status >= 500


def replicas_down(architecture: Architecture, names: Set[str], component: Running) -> int:
    """How many replicas of a component are down with these components, replicas and groups."""
    if component.id in names:
        return component.instances
    return sum(
        name in names or not names.isdisjoint(architecture.domains_of(component, number))
        for number, name in enumerate(architecture.replica_names(component), start=1)
    )

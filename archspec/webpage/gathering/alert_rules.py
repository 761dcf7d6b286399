"""Alerts as a table, and those that a flow feeds as rules by which the page judges a request."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from archspec.model import Alert, Architecture, Running
from archspec.simulation import Verdict
from archspec.simulation.alerts import bound_of
from archspec.simulation.verdicts import PERCENTILES, Value, is_about, replicas_down
from archspec.webpage import Cell, PartContent, PartKind, Table, Tone
from archspec.webpage.gathering.outcomes import brief


def alert_rules(architecture: Architecture, flow: str, parts: tuple[PartContent, ...]) -> Iterator[dict[str, Any]]:
    """What each of them counts, and when it fires; `viewer/src/engine/walks.ts` has the words."""
    for alert in architecture.alerts.values():
        counted = _counted(architecture, alert, flow)
        if counted is None or alert.threshold is None:
            continue
        component = architecture.components.get(alert.component or "")
        running = component if isinstance(component, Running) else None
        fired = _fired(alert)
        yield {
            "counts": counted[0],
            "component": alert.component or "",
            "replicas": running.instances if running else 0,
            "down": dict(_down(architecture, running, parts)) if running else {},
            "above": alert.above is not None,
            "bound": _ratio(bound_of(alert.threshold)),
            "times": _ratio(counted[1]),
            "sentence": fired.sentence,
            "brief": brief(fired),
        }


def _counted(architecture: Architecture, alert: Alert, flow_id: str) -> tuple[str, Value] | None:
    """What is counted of a request, and what one of it comes to; None where the flow does not feed the alert."""
    flow = architecture.flows[flow_id]
    rate = flow.mean_rate.per_second if flow.mean_rate else None
    if alert.component is not None:
        return _counted_of_component(architecture.components[alert.component], alert.metric, rate)
    if not is_about(architecture, alert, flow_id):
        return None
    if alert.metric == "success_rate":
        return "successes", 1
    if alert.metric in PERCENTILES:
        return "response", 1
    if alert.metric == "burn_rate" and flow.objective is not None and flow.objective.success is not None:
        allowed = 1 - flow.objective.success.value
        return ("failed_requests", 1 / allowed) if allowed else None
    return ("requests", rate) if alert.metric == "request_rate" and rate is not None else None


def _counted_of_component(component: object, metric: str, rate: Fraction | None) -> tuple[str, Value] | None:
    if not isinstance(component, Running):
        return None
    if metric == "replicas_up":
        return "up", 1
    if rate is None:
        return None
    match metric:
        case "requests":
            return "calls", rate
        case "failures":
            return "failures", rate
        case "cpu":
            return "busy", rate / 10**9 / Fraction(component.cores or 1)
        case _:
            return None


def _down(architecture: Architecture, component: Running, parts: tuple[PartContent, ...]) -> Iterator[tuple[str, int]]:
    for part in parts:
        if part.kind is not PartKind.SLOW:
            lost = replicas_down(architecture, {*part.both} or {part.id}, component)
            if lost:
                yield part.id, lost


def _fired(alert: Alert) -> Verdict:
    return Verdict(alert.id, alert.metric, "", "", True, alert.for_.nanoseconds, alert.severity, tuple(alert.notify))


def _ratio(value: Value) -> list[str]:
    """Numerator and denominator in decimal: JavaScript's numbers may be too small for them."""
    exact = Fraction(value)
    return [str(exact.numerator), str(exact.denominator)]


TONES = {"critical": Tone.BAD, "warning": Tone.WARNING, "info": Tone.NOTE}


def alert_table(architecture: Architecture) -> Table | None:
    """What is watched, when it is wrong and who is told; None where the spec has no alerts."""
    if not architecture.alerts:
        return None
    rows = tuple(_row(architecture, alert) for alert in architecture.alerts.values())
    return Table("", ("Alert", "Fires when", "Severity", "Tells", "Meaning"), rows)


def _row(architecture: Architecture, alert: Alert) -> tuple[Cell, ...]:
    told = ", ".join(architecture.components[id_].title for id_ in alert.notify)
    return (
        Cell(alert.id),
        Cell(condition(alert)),
        Cell(alert.severity, TONES[alert.severity]),
        Cell(told or "nobody"),
        Cell(alert.description or ""),
    )


def condition(alert: Alert) -> str:
    """When it fires, in words."""
    of = f" of {alert.flow or alert.component}" if alert.flow or alert.component else ""
    side = "above" if alert.above is not None else "below"
    limit = f" {side} {alert.threshold}" if alert.threshold is not None else ""
    windows = f" over {' and '.join(str(window) for window in alert.over)}" if alert.over else ""
    held = f" for {alert.for_}" if alert.said("for_") else ""
    return f"{alert.metric.replace('_', ' ')}{of}{limit}{windows}{held}"

"""The alerts of a spec as rules for Prometheus."""

from collections.abc import Iterator
from typing import Any

from archspec.exports import Exporting, Notes, OfFlows, duration, number, of_flows, slug
from archspec.exports import window as range_of
from archspec.exports.metrics.of_components import of_component
from archspec.frozen import frozen
from archspec.model import Alert, Duration
from archspec.simulation import SHARES, scrape_interval
from archspec.simulation.alerts import bound_of, flows_of

GENERAL = "archspec"
"""The label by which the alerts of one system are told from others'."""


@frozen
class AlertRule:
    """An alert, its expression, and whether that is its very condition."""

    alert: Alert
    expr: str
    is_exact: bool


def alert_rules(exporting: Exporting, notes: Notes) -> Iterator[AlertRule]:
    """A rule for each alert whose metric is known; of the others a note."""
    for alert in exporting.architecture.alerts.values():
        found = [_over_window(exporting, alert, over, notes) for over in alert.windows]
        told = [each for each in found if each is not None]
        if len(told) == len(found):
            parts = [f"({expr})" if len(told) > 1 else expr for expr, _ in told]
            yield AlertRule(alert, " and ".join(parts), all(is_exact for _, is_exact in told))


def rule_file(exporting: Exporting, notes: Notes) -> dict[str, Any] | None:
    """The file of rules; None where there is none."""
    rules = [_written(exporting, rule) for rule in alert_rules(exporting, notes)]
    interval = duration(scrape_interval(exporting.architecture)[1])
    group = {"name": f"archspec:{slug(exporting.architecture.name)}", "interval": interval, "rules": rules}
    return {"groups": [group]} if rules else None


def labels_of(exporting: Exporting, alert: Alert) -> dict[str, str]:
    """What a rule puts on its alert."""
    architecture = exporting.architecture
    component = architecture.components.get(alert.component or "")
    owner = (component.owner if component else None) or architecture.owner
    labels = {"severity": alert.severity, GENERAL: slug(architecture.name)}
    labels |= {"flow": alert.flow} if alert.flow else {}
    labels |= {"component": alert.component} if alert.component else {}
    return labels | ({"owner": template_text(owner)} if owner else {})


def template_text(text: str) -> str:
    """A text that a template gives back as it is.

    >>> template_text("a {{b}}")
    'a {{ "{{" }}b}}'
    """
    return text.replace("{{", '{{ "{{" }}')


def _written(exporting: Exporting, rule: AlertRule) -> dict[str, Any]:
    alert = rule.alert
    annotations = {"summary": _summary(alert)}
    if alert.description:
        annotations["description"] = template_text(alert.description)
    if "runbook" in alert.links:
        annotations["runbook_url"] = template_text(str(alert.links["runbook"]))
    found: dict[str, Any] = {"alert": alert.id, "expr": rule.expr}
    if alert.for_.nanoseconds:
        found["for"] = duration(alert.for_.nanoseconds)
    if alert.keep_firing_for.nanoseconds:
        found["keep_firing_for"] = duration(alert.keep_firing_for.nanoseconds)
    return {**found, "labels": labels_of(exporting, alert), "annotations": annotations}


def _summary(alert: Alert) -> str:
    side = "above" if alert.above is not None else "below"
    where = f" of {alert.flow or alert.component}" if alert.flow or alert.component else ""
    return template_text(f"{alert.metric}{where} is {side} {alert.threshold}")


def _over_window(exporting: Exporting, alert: Alert, over: Duration, notes: Notes) -> tuple[str, bool] | None:
    """The condition over one window, and whether it is exact; None, with a note, where it is not known."""
    if alert.threshold is None:
        notes.add(f"alert {alert.id}", "it has no limit")
        return None
    window = range_of(over.nanoseconds, exporting.settings.prometheus.version)
    if alert.component is not None:
        component = exporting.architecture.components[alert.component]
        value = of_component(exporting, component, alert.metric, window, notes)
        return None if value is None else (_compared(alert, value), True)
    flows = exporting.architecture.flows
    ids = [tuple(flows)[place] for place in flows_of(exporting.architecture, tuple(flows), alert)]
    of = of_flows(exporting, ids, notes)
    if of is None:
        notes.add(f"alert {alert.id}", "no flow that it watches is measured")
        return None
    if len(of.flows) < len(ids):
        notes.add(f"alert {alert.id}", "it watches fewer flows than in the spec, since the others are not measured")
    match alert.metric:
        case "success_rate":
            # By the failures: a good answer that never came would leave no share to compare.
            limit = number(1 - bound_of(alert.threshold))
            return f"{of.failed(window)} {'<' if alert.above is not None else '>'} {limit}", True
        case "burn_rate":
            return _burnt(exporting, alert, of, window, notes)
        case "request_rate":
            return _compared(alert, of.rate(window)), True
        case _ if alert.metric in SHARES:
            return _slow(alert, of, window, notes)
        case _:
            notes.add(f"alert {alert.id}", f"nothing says how `{alert.metric}` of a flow is measured")
            return None


def _burnt(exporting: Exporting, alert: Alert, of: OfFlows, window: str, notes: Notes) -> tuple[str, bool] | None:
    flow = exporting.architecture.flows.get(alert.flow or "")
    success = flow.objective.success if flow is not None and flow.objective else None
    if success is None or success.value == 1:
        notes.add(f"alert {alert.id}", "a burn_rate needs a flow with an objective for success below 100%")
        return None
    return _compared(alert, f"{of.failed(window)} / {number(1 - success.value)}"), True


def _slow(alert: Alert, of: OfFlows, window: str, notes: Notes) -> tuple[str, bool] | None:
    """By counting, where a bucket ends at the limit; else by what Prometheus reckons between two buckets."""
    limit = alert.threshold
    if not isinstance(limit, Duration):
        return None
    share = of.within(limit, window)
    if share is not None:
        sign = "<" if alert.above is not None else ">="
        return f"{share} {sign} {number(SHARES[alert.metric])}", True
    seconds = limit.nanoseconds / 1e9
    below = max((each for each in of.buckets if each < seconds), default=0)
    above = min((each for each in of.buckets if each > seconds), default=None)
    between = f"between {below:g} s and {above:g} s" if above is not None else f"above {below:g} s, the last bucket,"
    reason = f"no bucket ends at {limit}, so what is reckoned {between} is a guess; give the histogram that bucket"
    notes.add(f"alert {alert.id}", f"{reason}, and `[prometheus] buckets` too")
    units = limit.nanoseconds * of.flows[0].per_second / 1e9
    return f"{of.quantile(alert.metric, window)} {'>' if alert.above is not None else '<'} {number(units)}", False


def _compared(alert: Alert, value: str) -> str:
    limit = bound_of(alert.threshold)  # type: ignore[arg-type]  # the caller has looked
    return f"{value} {'>' if alert.above is not None else '<'} {number(limit)}"

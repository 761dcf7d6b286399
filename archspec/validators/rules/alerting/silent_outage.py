"""An outage of which nobody is told.

## What it checks

For every part whose failure alone fails requests (a replica that has no stand-in, a zone, a host): which
flows fail, with which share, and which alerts then fire. An alert fires where that share crosses its limit
and the services that measure the flow are still up; it reaches somebody where one of its receivers may page
(where no receiver of the spec does, any will do). Reported is the part whose failure fails a flow that alerts
watch, while no alert reaches anybody. Also reported is an alert on a component that ships no metrics while
others do.

What the spec leaves open counts in its favour: a flow without alerts (ALR03), a share that no hit ratio
tells, figures of whose way nothing is said. Regions and providers are not tried: everything stands in one.

## Why

The alert that stands in the zone it should report, or that was set for a total outage and not for half of
one, looks like cover until the day it is needed. Trying each failure on paper costs nothing.

## Bad

```yaml
archspec: 1
name: Blind in one zone
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  app: {kind: client}
  api: {kind: server, group: zone-a, metrics_to: metrics}
  metrics: {kind: metrics_service, group: zone-a}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, steps: [{call: api}]}
alerts:
  failing: {metric: success_rate, flow: read, below: 98%, for: 5m, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Watched from the other zone
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  app: {kind: client}
  api: {kind: server, group: zone-a, metrics_to: metrics}
  metrics: {kind: metrics_service, group: zone-b}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, steps: [{call: api}]}
alerts:
  failing: {metric: success_rate, flow: read, below: 98%, for: 5m, notify: [pager]}
```

## When to ignore it

Where a probe outside of the spec watches: add it as a metrics service and the finding goes by itself.

## Source

[Google, Site Reliability Workbook, ch. 4: monitoring, testing alerting
logic](https://sre.google/workbook/monitoring/)
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from archspec.analysis import Availability, Cause, FlowAvailability, SinglePoint
from archspec.model import COMPONENT_METRICS, FLOW_METRICS, Alert, Factor, Flow, Ratio, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, calls, covers
from archspec.validators.facts.collectors import Failure, collectors, lost
from archspec.validators.facts.receivers import wakes_nobody
from archspec.values import percent

_TRIED = ("zone", "host")


def check(context: Context) -> Iterator[Found]:
    """Every single point of every watched flow, each part once; then alerts on what nobody measures."""
    if not context.subjects.alerts:
        return
    yield from _unmeasured(context)
    reported: set[str] = set()
    for flow in context.once(Availability).flows:
        if not any(covers(context.architecture, alert, _flow(context, flow)) for alert in _alerts(context)):
            continue
        for point in flow.single_points:
            failure = Failure(point.part.owner, point.part.cause is Cause.GROUP)
            if point.share is not None and failure.id not in reported and _is_tried(context, point):
                found = _judge(context, flow, point.share, failure)
                if found:
                    reported.add(failure.id)
                    yield found


def _alerts(context: Context) -> tuple[Alert, ...]:
    return tuple(context.architecture.alerts.values())


def _flow(context: Context, flow: FlowAvailability) -> Flow:
    return context.architecture.flows[flow.flow]


def _is_tried(context: Context, point: SinglePoint) -> bool:
    if point.part.cause is Cause.GROUP:
        return context.architecture.groups[point.part.owner].kind in _TRIED
    return point.part.cause is Cause.REPLICA


def _judge(context: Context, flow: FlowAvailability, share: float, failure: Failure) -> Found | None:
    """What is wrong where no alert reaches anybody when something fails a share of a flow."""
    architecture = context.architecture
    firing = [alert for alert in _alerts(context) if _fires(context, alert, _flow(context, flow), share, failure)]
    met = {callee for call in context.once(calls) if call.flow == flow.flow for callee in call.callees}
    down = lost(architecture, collectors(architecture, met), failure)
    if firing and not down and _reach(context, firing):
        return None
    covered: tuple[str, ...] = ()
    if down:
        where = f"is in {failure.id} too" if failure.is_group else "fails with it"
        reason, remedy, covered = f"`{down}` {where}", "move it or add an outside probe.", (down,)
    elif not firing:
        reason, remedy = "none has a limit that this crosses", "add one on success_rate or burn_rate."
    else:
        names = " and ".join(f"`{id_}`" for id_ in dict.fromkeys(r for alert in firing for r in alert.notify))
        told = f"only {names} is told" if names else "nobody is told"
        reason, remedy = told, "notify a channel that pages."
    part = ("groups" if failure.is_group else "components", failure.id)
    what = "all" if share == 1 else percent(Fraction(share).limit_denominator(10**6))
    return Found(
        part,
        f"when {failure.id} fails {what} of {flow.flow} fails and no alert reaches anyone: {reason}",
        remedy,
        covers=covered,
        at_key=True,
    )


def _fires(context: Context, alert: Alert, flow: Flow, share: float, failure: Failure) -> bool:
    """Whether an alert may fire when this share of a flow fails; figures of which nothing is known may."""
    if alert.metric in COMPONENT_METRICS:
        return alert.metric == "replicas_up" and alert.component == failure.id
    if not covers(context.architecture, alert, flow):
        return alert.metric not in FLOW_METRICS
    promised = flow.objective.success if flow.objective else None
    match alert.metric, alert.threshold:
        case "success_rate", Ratio(limit):
            return 1 - share < limit
        case "burn_rate", Factor(limit) if promised is not None and promised.value < 1:
            return share / float(1 - promised.value) > limit
        case _:
            return True


def _reach(context: Context, firing: Sequence[Alert]) -> bool:
    """Whether one of these alerts reaches somebody: where a channel pages at all, by such a one."""
    components = context.architecture.components
    receivers = {id_ for each in _alerts(context) for id_ in each.notify}
    paging = {id_ for id_ in receivers if not wakes_nobody(components[id_])}
    return any(not (paging or receivers).isdisjoint(alert.notify) for alert in firing)


def _unmeasured(context: Context) -> Iterator[Found]:
    """Alerts on a component that ships no metrics, where metrics are spoken of."""
    architecture = context.architecture
    for alert in _alerts(context):
        component = architecture.components.get(alert.component or "")
        if not isinstance(component, Running) or not context.subjects.metrics or alert.metric == "replicas_up":
            continue
        edges = (*architecture.outgoing[component.id], *architecture.incoming[component.id])
        ends = {end for edge in edges for end in (edge.from_, edge.to)}
        if not any(architecture.components[end].kind == "metrics_service" for end in ends):
            service = next((s.id for s in architecture.of_kind("metrics_service")), "<metrics service>")
            yield Found(
                ("alerts", alert.id, "component"),
                f"{alert.id} watches `{component.id}`, which ships no metrics: it never fires",
                f"add `metrics_to: {service}`.",
                element=component.id,
            )


RULE = Rule(
    code="ALR08",
    name="silent-outage",
    theme="alerting",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("OBS05",),
)

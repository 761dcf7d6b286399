"""A promise that is not watched from all sides.

## What it checks

A flow with an `objective` for which latency, errors or saturation has neither an alert nor a metric: latency
is an alert on a percentile or `latency` among what a metrics service collects, errors one on success or burn
rate or `failures` collected, saturation one on cpu, memory or queue length of a component on its way, or one
of them collected there.

## Why

Traffic, latency, errors and saturation together tell whether users are served and how long that will last.
With one of them missing, an outage has a side from which nobody sees it.

## Bad

```yaml
archspec: 1
name: Only errors
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 99.9%}, steps: [{call: api}]}
alerts:
  errors: {metric: success_rate, below: 99%, for: 5m, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Latency, errors, saturation
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2, metrics_to: metrics}
  metrics: {kind: metrics_service, collects: [cpu, latency]}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 99.9%}, steps: [{call: api}]}
alerts:
  errors: {metric: success_rate, below: 99%, for: 5m, notify: [pager]}
```

## When to ignore it

Where a provider watches the missing side.

## Source

[Google, Site Reliability Engineering, ch. 6: the four golden
signals](https://sre.google/sre-book/monitoring-distributed-systems/#xref_monitoring_golden-signals)
"""

from collections.abc import Iterator

from archspec.model import Flow, LogService, MetricsService
from archspec.validators import Context, Found, Rule, RuleSet, Severity, calls, covers

_LATENCY = frozenset({"p50", "p90", "p95", "p99", "p99.9", "latency"})
_ERRORS = frozenset({"success_rate", "burn_rate", "failures"})
_SATURATION = frozenset({"cpu", "memory", "queue_length"})
_SIGNALS = {"latency": _LATENCY, "errors": _ERRORS, "saturation": _SATURATION}


def check(context: Context) -> Iterator[Found]:
    """Flows with an objective by the signals that are watched on their way."""
    architecture = context.architecture
    for flow in architecture.flows.values():
        if flow.objective is None:
            continue
        watched = _watched(context, flow)
        missing = [name for name, metrics in _SIGNALS.items() if not metrics & watched]
        if missing:
            yield Found(
                ("flows", flow.id, "objective"),
                f"{flow.id} is promised, and nobody watches its {' and '.join(missing)}",
                "collect them, or add an alert for each.",
            )


def _watched(context: Context, flow: Flow) -> set[str]:
    architecture = context.architecture
    met = {callee for call in context.once(calls) if call.flow == flow.id for callee in call.callees}
    alerts = architecture.alerts.values()
    found = {alert.metric for alert in alerts if alert.component in met or covers(architecture, alert, flow)}
    for id_ in met:
        for edge in architecture.outgoing[id_]:
            service = architecture.components[edge.to]
            if isinstance(service, MetricsService):
                found.update(service.collects)
            elif isinstance(service, LogService) and service.metrics_to:
                found.update(("failures", "latency"))
    return found


RULE = Rule(
    code="OBS06",
    name="golden-signals-missing",
    theme="observability",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

"""An alert on a figure that nobody has.

## What it checks

The metric of an alert is neither one that the language knows (success_rate, request_rate, p50 to p99.9,
burn_rate, cpu, memory, queue_length, replicas_up) nor one that a metrics service collects; or it is none that
a component of that kind has: the queue length of a server, the cpu of an external system.

## Why

An alert on a metric that does not exist never fires, and nothing says so.

## Bad

```yaml
archspec: 1
name: A queue of a server
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  waiting: {metric: queue_length, component: api, above: 100, for: 5m, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Its processor
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  busy: {metric: cpu, component: api, above: 80%, for: 5m, notify: [pager]}
```

## When to ignore it

Never: name the metric in `collects` of the service that has it.

## Source

[Prometheus: metric and label naming](https://prometheus.io/docs/practices/naming/)
"""

from collections.abc import Iterator

from archspec.language import closest
from archspec.model import COMPONENT_METRICS, FLOW_METRICS, Architecture, Component, MetricsService, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_OF_COLLECTORS = frozenset({"cpu", "memory", "network", "requests", "failures", "latency", "queue_length"})


def check(context: Context) -> Iterator[Found]:
    """Metrics of alerts against what the language knows and what is collected."""
    architecture = context.architecture
    services = architecture.of_kind("metrics_service")
    collected = {name for service in services if isinstance(service, MetricsService) for name in service.collects}
    if any(getattr(service, "metrics_to", ()) for service in architecture.of_kind("log_service")):
        collected |= {"requests", "failures", "latency"}
    known = {*FLOW_METRICS, *COMPONENT_METRICS, *(collected if services else _OF_COLLECTORS)}
    for alert in architecture.alerts.values():
        path = ("alerts", alert.id, "metric")
        component = architecture.components[alert.component] if alert.component else None
        if alert.metric not in known:
            near = closest(alert.metric, known)
            remedy = f"write {near}." if near else "name it in `collects` of a metrics_service."
            yield Found(path, f"nobody collects {alert.metric}", remedy)
        elif component is not None and not _has(context, component, alert.metric, collected):
            fits = [
                name
                for name in ("cpu", "memory", "latency", "replicas_up")
                if _has(context, component, name, collected)
            ]
            remedy = f"use {', '.join(fits[:-1])} or {fits[-1]}." if fits else "watch what asks it."
            kind = component.kind.replace("_", " ")
            article = "an" if kind[0] in "aeiou" else "a"
            yield Found(path, f"{alert.metric} is not a metric of {article} {kind}", remedy)


def _has(context: Context, component: Component, metric: str, collected: set[str]) -> bool:
    if metric == "queue_length":
        return component.kind in ("queue", "topic") or _subscribes(context.architecture, component.id)
    if metric in COMPONENT_METRICS:
        return isinstance(component, Running)
    return isinstance(component, Running) or metric in collected


def _subscribes(architecture: Architecture, component: str) -> bool:
    """Whether it gets messages of a topic, so that those that wait for it can be counted."""
    return any(architecture.components[edge.from_].kind == "topic" for edge in architecture.incoming[component])


RULE = Rule(
    code="ALR07",
    name="unknown-metric",
    theme="alerting",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""An alert that can never fire.

## What it checks

An alert with neither `above` nor `below`.

## Why

Without a limit there is nothing to be on the wrong side of. The alert looks like cover on a list, and is
none.

## Bad

```yaml
archspec: 1
name: Above what?
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, for: 10m, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Above 80%
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, above: 80%, for: 10m, notify: [pager]}
```

## When to ignore it

Never: without a limit it is no alert but a chart.

## Source

[Prometheus: alerting rules](https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity

_EXAMPLES = {
    "success_rate": "below: 99%",
    "request_rate": "below: 1/s",
    "burn_rate": "above: 14.4x",
    "cpu": "above: 80%",
    "memory": "above: 90%",
    "queue_length": "above: 1000",
    "replicas_up": "below: 2",
}


def check(context: Context) -> Iterator[Found]:
    """Alerts without a limit."""
    for alert in context.architecture.alerts.values():
        if alert.threshold is None:
            example = _EXAMPLES.get(alert.metric, "above: <limit>")
            yield Found(("alerts", alert.id), f"`{alert.id}` has no threshold", f"add `{example}`.", at_key=True)


RULE = Rule(
    code="ALR01",
    name="without-threshold",
    theme="alerting",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

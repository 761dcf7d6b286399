"""An alert that fires on one bad sample.

## What it checks

An alert with a limit and neither `for` nor a written window `over`. A burn rate is not meant: its windows are
its duration.

## Why

One slow scrape, one restart, one packet lost: the alert wakes somebody who finds nothing. After the third
time it is ignored.

## Bad

```yaml
archspec: 1
name: One bad sample
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, above: 80%, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Ten bad minutes
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

A condition of which once is too often, such as no replica left.

## Source

[Prometheus: alerting best practices](https://prometheus.io/docs/practices/alerting/)
"""

from collections.abc import Iterator

from archspec.language import Addition
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Alerts on a limit that need not last."""
    for alert in context.architecture.alerts.values():
        lasts = alert.for_.nanoseconds > 0 or bool(alert.over) or alert.metric == "burn_rate"
        if alert.threshold is not None and not lasts:
            yield Found(
                ("alerts", alert.id),
                f"`{alert.id}` fires on one bad sample",
                "add `for: 5m`.",
                at_key=True,
                adds=Addition(("alerts", alert.id, "for"), "5m"),
            )


RULE = Rule(
    code="ALR05",
    name="without-duration",
    theme="alerting",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

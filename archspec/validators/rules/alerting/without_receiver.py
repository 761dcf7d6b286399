"""An alert that tells nobody.

## What it checks

An alert with no `notify`, or an empty one.

## Why

It fires, and a square on a dashboard turns red. Nobody looks at dashboards at night.

## Bad

```yaml
archspec: 1
name: Red in silence
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, above: 80%, for: 10m}
pipelines:
  release: {notify: [pager], stages: [{kind: test}]}
```

## Good

```yaml
archspec: 1
name: Red, and somebody knows
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, above: 80%, for: 10m, notify: [pager]}
pipelines:
  release: {notify: [pager], stages: [{kind: test}]}
```

## When to ignore it

An alert that only inhibits others.

## Source

[Google, Site Reliability Engineering, ch. 11: being on-call](https://sre.google/sre-book/being-on-call/)
"""

from collections.abc import Iterator

from archspec.language import Addition
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Alerts without a receiver."""
    channels = context.architecture.of_kind("notification_channel")
    name = channels[0].id if channels else "<channel>"
    for alert in context.architecture.alerts.values():
        if not alert.notify:
            is_missing = bool(channels) and not alert.said("notify")
            yield Found(
                ("alerts", alert.id),
                f"`{alert.id}` tells nobody",
                f"add `notify: [{name}]`.",
                at_key=True,
                adds=Addition(("alerts", alert.id, "notify"), f"[{name}]") if is_missing else None,
            )


RULE = Rule(
    code="ALR02",
    name="without-receiver",
    theme="alerting",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""A promise that nobody watches.

## What it checks

A flow with `objective.success`, and no alert on `success_rate` or `burn_rate` for it. An alert that names no
flow watches all flows that a person or client starts. A flow without an objective is not judged.

## Why

An objective without an alert is found to be missed at the end of the month, by those who wait for answers.

## Bad

```yaml
archspec: 1
name: Promised
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 99.9%}, steps: [{call: api}]}
alerts:
  api-cpu: {metric: cpu, component: api, above: 80%, for: 10m, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Promised and watched
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 99.9%}, steps: [{call: api}]}
alerts:
  burn: {metric: burn_rate, flow: read, above: 14.4x, over: [1h, 5m], notify: [pager]}
```

## When to ignore it

An objective that is looked at in a review, on purpose without waking anybody.

## Source

[Google, Site Reliability Workbook, ch. 5: alerting on SLOs](https://sre.google/workbook/alerting-on-slos/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity, success_alerts, suggested_limit


def check(context: Context) -> Iterator[Found]:
    """Flows with a promised share of successes, by the alerts that watch them."""
    watching = context.once(success_alerts)
    for flow in context.architecture.flows.values():
        promised = flow.objective.success if flow.objective else None
        if promised is not None and not watching[flow.id]:
            limit = suggested_limit(promised, context.parameters.page_burn_rate)
            yield Found(
                ("flows", flow.id, "objective"),
                f"nothing tells you when {flow.id} drops under {promised}",
                f"add an alert on success_rate, `below: {limit}`.",
            )


RULE = Rule(
    code="ALR03",
    name="no-success-rate-alert",
    theme="alerting",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

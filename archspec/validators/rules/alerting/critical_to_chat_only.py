"""A critical alert that wakes nobody.

## What it checks

An alert of severity critical whose receivers are all known not to page: `pages: false`, or a chat or mail
technology (slack, teams, discord, mattermost, email) without `pages: true`. A receiver of unknown technology,
and a person, may well page.

## Why

Critical means that somebody has to act now. A message in a channel is read in the morning.

## Bad

```yaml
archspec: 1
name: Read in the morning
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  team: {kind: notification_channel, technology: slack}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, above: 95%, for: 10m, severity: critical, notify: [team]}
```

## Good

```yaml
archspec: 1
name: Wakes somebody
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  team: {kind: notification_channel, technology: slack}
  on-call: {kind: notification_channel, technology: pagerduty, pages: true}
connections:
  - app -> api: https
alerts:
  api-cpu: {metric: cpu, component: api, above: 95%, for: 10m, severity: critical, notify: [team, on-call]}
```

## When to ignore it

A team that watches the channel day and night.

## Source

[Google, Site Reliability Engineering, ch. 6: pages, tickets,
logging](https://sre.google/sre-book/monitoring-distributed-systems/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.receivers import wakes_nobody


def check(context: Context) -> Iterator[Found]:
    """Critical alerts by whether one of their receivers may page."""
    components = context.architecture.components
    pager = next((c.id for c in context.architecture.of_kind("notification_channel") if not wakes_nobody(c)), None)
    remedy = f"add `{pager}`." if pager else "add a channel that pages, such as pagerduty."
    for alert in context.architecture.alerts.values():
        if alert.severity == "critical" and alert.notify and all(wakes_nobody(components[id_]) for id_ in alert.notify):
            names = " and ".join(f"`{id_}`" for id_ in alert.notify)
            yield Found(
                ("alerts", alert.id, "notify"),
                f"critical {alert.id} goes to {names} only, which wakes nobody",
                remedy,
            )


RULE = Rule(
    code="ALR06",
    name="critical-to-chat-only",
    theme="alerting",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

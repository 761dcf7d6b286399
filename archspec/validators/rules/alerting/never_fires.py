"""An alert on the burn rate that no outage can set off.

## What it checks

An alert on `burn_rate` where no flow that it watches promises a share of successes, or where its limit is at or above
the greatest burn rate there is: 1 / (1 - objective), which is reached when every request fails.

## Why

The burn rate is the share of failures over the share that is allowed. Without a promise there is no allowance and no
rate; and 14.4 times the budget of a 90% promise would be more failures than requests. Such an alert looks like
protection and is none.

## Bad

```yaml
archspec: 1
name: More failures than requests
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 95%}, steps: [{call: api}]}
alerts:
  burn: {metric: burn_rate, flow: read, above: 20x, over: [1h, 5m], notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Half of all requests
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 95%}, steps: [{call: api}]}
alerts:
  burn: {metric: burn_rate, flow: read, above: 10x, over: [1h, 5m], notify: [pager]}
```

## When to ignore it

The promise is kept outside the spec: write it down as `objective: {success: 99.9%}`.

## Source

[Google, Site Reliability Workbook, ch. 5: alerting on SLOs](https://sre.google/workbook/alerting-on-slos/)
"""

from collections.abc import Iterator
from fractions import Fraction

from archspec.model import Alert, Factor, Flow
from archspec.validators import Context, Found, Rule, RuleSet, Severity, covers
from archspec.values import factor, listing


def check(context: Context) -> Iterator[Found]:
    """Alerts on the burn rate that can never fire for any flow they watch."""
    architecture = context.architecture
    for alert in architecture.alerts.values():
        if alert.metric != "burn_rate":
            continue
        flows = [flow for flow in architecture.flows.values() if covers(architecture, alert, flow)]
        promising = [flow for flow in flows if flow.objective and flow.objective.success]
        if flows and not promising:
            yield _without_promise(alert, flows)
        elif promising and isinstance(alert.above, Factor):
            greatest = max(_greatest(flow) for flow in promising)
            if greatest is not None and alert.above.value >= greatest:
                yield _above_all(alert, greatest)


def _without_promise(alert: Alert, flows: list[Flow]) -> Found:
    names = f"{listing(flow.id for flow in flows)} {'promises' if len(flows) == 1 else 'promise'}"
    return Found(
        ("alerts", alert.id, "metric"),
        f"{alert.id} never fires: {names} no share of successes that could burn",
        "add `objective: {success: 99.9%}` to the flow, or watch a percentile instead, as in "
        "`metric: p99, above: 300ms`.",
        related=tuple((("flows", flow.id), "no success is promised here") for flow in flows[:3]),
    )


def _above_all(alert: Alert, greatest: Fraction) -> Found:
    half = float(greatest / 2)
    return Found(
        ("alerts", alert.id, "above"),
        f"{alert.id} never fires: when every request fails the budget burns at {factor(float(greatest))}, "
        f"and it waits for more than {alert.above}",
        f"set `above: {factor(half)}`, which half of all requests failing exceeds."
        if greatest > 2
        else "watch `success_rate` instead.",
    )


def _greatest(flow: Flow) -> Fraction:
    """The burn rate when every request fails; beyond any limit where no failure is allowed."""
    promised = flow.objective.success.value if flow.objective and flow.objective.success else Fraction(1)
    return 1 / (1 - promised) if promised < 1 else Fraction(10**18)


RULE = Rule(
    code="ALR09",
    name="never-fires",
    theme="alerting",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""An alert that a single failed request sets off.

## What it checks

An alert on `success_rate` or `burn_rate` of a flow with a steady `rate`: whether one failure among the requests of its
longest window is already beyond its limit, while `for` is shorter than its shortest window, so that one failure lasts
long enough.

## Why

Ten requests an hour and a limit of 1% failures: every failure is a breach. People who are woken for one failed request
stop getting up.

## Bad

```yaml
archspec: 1
name: Woken by one
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  export: {from: app, rate: 6/h, objective: {success: 99%}, steps: [{call: api}]}
alerts:
  failing: {metric: burn_rate, flow: export, above: 14.4x, over: [1h, 5m], notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Woken by many
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  export: {from: app, rate: 6/h, objective: {success: 99%}, steps: [{call: api}]}
alerts:
  failing: {metric: burn_rate, flow: export, above: 14.4x, over: [3d, 6h], notify: [pager]}
```

## When to ignore it

Every single failure matters: a nightly job, a payment of its own kind.

## Source

[Google, Site Reliability Workbook, ch. 5: low-traffic services and error budget
alerting](https://sre.google/workbook/alerting-on-slos/#low-traffic-services-and-error-budget-alerting)
"""

from collections.abc import Iterator
from fractions import Fraction

from archspec.model import Alert, Factor, Flow, Ratio
from archspec.validators import Context, Found, Rule, RuleSet, Severity, success_alerts
from archspec.values import number, percent


def check(context: Context) -> Iterator[Found]:
    """Each alert once, for the flow with the fewest requests in its longest window."""
    found: dict[str, tuple[Fraction, Found]] = {}
    for flow in context.architecture.flows.values():
        for alert in context.once(success_alerts)[flow.id]:
            limit = _limit(alert, flow)
            if limit is None or flow.rate is None or not flow.rate.per_second:
                continue
            longest = max(alert.windows, key=lambda window: window.nanoseconds)
            requests = flow.rate.per_second * longest.nanoseconds / 10**9
            is_lasting = alert.for_ < min(alert.windows, key=lambda window: window.nanoseconds)
            if is_lasting and requests * limit < 1 and (alert.id not in found or requests < found[alert.id][0]):
                found[alert.id] = (requests, _found(alert, flow, limit, requests))
    yield from (each for _, each in found.values())


def _limit(alert: Alert, flow: Flow) -> Fraction | None:
    """The share of failures above which the alert is in breach; None where there is no such limit."""
    promised = flow.objective.success.value if flow.objective and flow.objective.success else None
    if alert.metric == "success_rate" and isinstance(alert.below, Ratio):
        return 1 - alert.below.value
    if alert.metric == "burn_rate" and isinstance(alert.above, Factor) and promised is not None:
        return alert.above.value * (1 - promised)
    return None


def _found(alert: Alert, flow: Flow, limit: Fraction, requests: Fraction) -> Found:
    longest = max(alert.windows, key=lambda window: window.nanoseconds)
    shortest = min(alert.windows, key=lambda window: window.nanoseconds)
    count = f"{number(float(requests))} request{'' if requests == 1 else 's'}"
    return Found(
        ("alerts", alert.id, "over"),
        f"{alert.id} fires at one failure: {longest} of {flow.id} hold {count}, and it allows {percent(limit)}",
        f"use longer windows, or `for: {shortest}`, which a single failure does not outlast.",
        related=((("flows", flow.id, "rate"), "so few requests"),),
    )


RULE = Rule(
    code="ALR10",
    name="fired-by-one-failure",
    theme="alerting",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""An alert that lets the budget burn unseen.

## What it checks

Of the alerts on a flow's successes the tightest decides. It fires at a burn rate b: how many times faster
than allowed the failures come (for a success rate: (1 - limit) / (1 - objective)). A b above 14.4 (the
parameter `page-burn-rate`) is reported.

## Why

The objective allows a budget of failures in its window (30 days). Just below the alert's limit that budget is
spent in 30 days / b, and nobody is told: at 95% against 99.9% (50 times) within 15 hours.

## Bad

```yaml
archspec: 1
name: Fifty times too loose
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 99.9%}, steps: [{call: api}]}
alerts:
  success-rate: {metric: success_rate, flow: read, below: 95%, for: 5m, notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Tight enough
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  pager: {kind: notification_channel, pages: true}
connections:
  - app -> api: https
flows:
  read: {from: app, objective: {success: 99.9%}, steps: [{call: api}]}
alerts:
  success-rate: {metric: success_rate, flow: read, below: 98.56%, for: 5m, notify: [pager]}
```

## When to ignore it

Where the objective is judged by hand and the alert is only for the worst.

## Source

[Google, Site Reliability Workbook, ch. 5: alerting on SLOs, table
5-8](https://sre.google/workbook/alerting-on-slos/)
"""

from collections.abc import Iterator
from fractions import Fraction

from archspec.model import Duration, Ratio
from archspec.validators import Context, Found, Rule, RuleSet, Severity, success_alerts, suggested_limit, tightest
from archspec.values import duration, factor, percent


def check(context: Context) -> Iterator[Found]:
    """Flows whose tightest alert on successes lets more than the page rate burn."""
    page = context.parameters.page_burn_rate
    for flow in context.architecture.flows.values():
        promised = flow.objective.success if flow.objective else None
        window = flow.objective.window if flow.objective else Duration(0)
        watch = tightest(context.once(success_alerts)[flow.id], promised) if promised is not None else None
        if promised is None or watch is None or watch.burn <= page:
            continue
        alert, burn = watch.alert, watch.burn
        field = "below" if alert.below is not None else "above"
        limit = suggested_limit(promised, page)
        tighter = f"`below: {limit}`" if field == "below" else f"`above: {float(page):g}x`"
        budget = 1 - promised.value
        steady = Ratio(1 - _just_below(burn) * budget)
        yield Found(
            ("alerts", alert.id, field),
            f"{alert.id} fires only above a {factor(float(burn))} burn: a steady {percent(steady.value)} of {flow.id} "
            f"spends the {_days(window)} budget in {_time(window, _just_below(burn))} unseen",
            f"add {tighter} or a slower second alert.",
            related=((("flows", flow.id, "objective"), "the promise"),),
        )


def _just_below(burn: Fraction) -> Fraction:
    """A burn rate a fifth below, which the alert does not see."""
    return burn * Fraction(4, 5)


def _time(window: Duration, burn: Fraction) -> str:
    return duration(float(window.nanoseconds / burn))


def _days(window: Duration) -> str:
    days, rest = divmod(window.nanoseconds, 86400 * 10**9)
    return f"{days}-day" if not rest else str(window)


RULE = Rule(
    code="ALR04",
    name="looser-than-objective",
    theme="alerting",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("ALR09",),
)

"""A dependency that is less available than the promise made on top of it.

## What it checks

A flow with an `objective.success` in which every request needs an `external` system, or one that somebody else runs
(a CDN, object storage), whose own availability is below the objective.

## Why

Availability of things in a row multiplies, so the flow stays below its weakest factor. No replica, zone or retry of
yours can lift it: only doing without that answer, or promising less.

## Bad

```yaml
archspec: 1
name: Promising more than the provider
components:
  app: {kind: client}
  pager: {kind: notification_channel, pages: true}
  api: {kind: gateway, replicas: 2}
  tax: {kind: external, availability: 99.5%}
connections:
  - app -> api: https
  - api -> tax: {protocol: https, timeout: 1s}
flows:
  checkout:
    from: app
    objective: {success: 99.9%}
    steps: [{call: api, steps: [{call: tax}]}]
alerts:
  burn: {metric: burn_rate, flow: checkout, above: 14.4x, over: [1h, 5m], notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Doing without it for a while
components:
  app: {kind: client}
  pager: {kind: notification_channel, pages: true}
  api: {kind: gateway, replicas: 2}
  tax: {kind: external, availability: 99.5%}
connections:
  - app -> api: https
  - api -> tax: {protocol: https, timeout: 1s}
flows:
  checkout:
    from: app
    objective: {success: 99.9%}
    steps: [{call: api, steps: [{call: tax, optional: true}]}]
alerts:
  burn: {metric: burn_rate, flow: checkout, above: 14.4x, over: [1h, 5m], notify: [pager]}
```

## When to ignore it

The figure is what the contract promises, and years of measuring show better: write what was measured.

## Source

[Google, The Calculus of Service Availability](https://queue.acm.org/detail.cfm?id=3096459)
"""

from collections.abc import Iterator
from math import floor

from archspec.analysis import Availability, Cause, FlowAvailability, Variable, hours_per_year
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import hours, listing, percent


def check(context: Context) -> Iterator[Found]:
    """One finding per dependency, with the strictest of the promises that it breaks."""
    broken: dict[Variable, list[FlowAvailability]] = {}
    for flow in context.once(Availability).flows:
        for part in flow.below_objective:
            if part.cause is Cause.REPLICA and _is_not_ours(context, part.owner):
                broken.setdefault(part, []).append(flow)
    for part, flows in broken.items():
        own, promised = part.probability or 0.0, max(flow.objective or 0.0 for flow in flows)
        names = listing(f"{flow.flow}'s {percent(flow.objective or 0.0, floor)}" for flow in flows)
        yield Found(
            ("components", part.owner, "availability"),
            f"`{part.owner}` at {percent(own, floor)} alone breaks {names}"
            f" ({hours(hours_per_year(own))} a year, {hours(hours_per_year(promised))} allowed)",
            "make it optional, give a fallback, or promise less.",
            related=tuple((("flows", flow.flow, "objective", "success"), "this promise") for flow in flows),
        )


def _is_not_ours(context: Context, owner: str) -> bool:
    component = context.architecture.components[owner]
    return component.kind == "external" or component.kind_of.provided


RULE = Rule(
    code="AVL09",
    name="dependency-below-objective",
    theme="availability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

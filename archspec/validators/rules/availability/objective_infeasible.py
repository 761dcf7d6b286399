"""A flow that cannot keep its promise, by the figures in the spec.

## What it checks

The availability of every flow with an `objective.success`, from the figures of replicas, zones, links and external
systems: the exact figure, or a proven upper bound where there is none. Parts without a figure count as always up, so
that "cannot be met" is a proof. Where a single dependency already rules the objective out, AVL09 says so instead.

## Why

Three parts at 99.95% in a row are 99.85% together: each keeps the promise, the flow does not. A promise that
arithmetic refutes is broken on the day that it is made.

## Bad

```yaml
archspec: 1
name: Two replicas in one zone
groups:
  zone-a: {kind: zone, availability: 99.95%}
components:
  app: {kind: client}
  pager: {kind: notification_channel, pages: true}
  api: {kind: gateway, replicas: 2, group: zone-a, availability: 99.9%}
connections:
  - app -> api: https
flows:
  read:
    from: app
    objective: {success: 99.99%}
    steps: [{call: api}]
alerts:
  burn: {metric: burn_rate, flow: read, above: 14.4x, over: [1h, 5m], notify: [pager]}
```

## Good

```yaml
archspec: 1
name: Two replicas in two zones
groups:
  zone-a: {kind: zone, availability: 99.95%}
  zone-b: {kind: zone, availability: 99.95%}
components:
  app: {kind: client}
  pager: {kind: notification_channel, pages: true}
  api: {kind: gateway, replicas: 2, zones: [zone-a, zone-b], availability: 99.9%}
connections:
  - app -> api: https
flows:
  read:
    from: app
    objective: {success: 99.99%}
    steps: [{call: api}]
alerts:
  burn: {metric: burn_rate, flow: read, above: 14.4x, over: [1h, 5m], notify: [pager]}
```

## When to ignore it

The figures are a provider's promise, far below what was measured: write the measured ones instead.

## Source

[Google, The Calculus of Service Availability](https://queue.acm.org/detail.cfm?id=3096459) ·
[R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation](https://doi.org/10.1109/TC.1986.1676819)
"""

from collections.abc import Iterator
from itertools import islice
from math import floor

from archspec.analysis import Availability, FlowAvailability, Importance, hours_per_year
from archspec.analysis.what_if import with_another_replica
from archspec.model import Architecture, Duration, Running, with_fields
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import count, duration, hours, percent

MOST_TRIED = 3
"""Components of which it is worked out what noticing their loss at once would bring."""


def check(context: Context) -> Iterator[Found]:
    """Every flow whose availability is below its objective, unless a single dependency is the reason."""
    for flow in context.once(Availability).flows:
        if not flow.misses_objective or flow.at_most is None or flow.objective is None:
            continue
        if not any(_is_not_ours(context, part.owner) for part in flow.below_objective):
            yield _found(context, flow, flow.at_most, flow.objective)


def _is_not_ours(context: Context, owner: str) -> bool:
    component = context.architecture.components.get(owner)
    return component is not None and (component.kind == "external" or component.kind_of.provided)


def _found(context: Context, flow: FlowAvailability, value: float, objective: float) -> Found:
    lost, allowed = hours(hours_per_year(value)), hours(flow.allowed_downtime or 0.0)
    blind = len(flow.without_figure)
    missing = f"; {count(blind, 'part')} without a figure" if blind else ""
    return Found(
        ("flows", flow.flow, "objective", "success"),
        f"{flow.flow} reaches {percent(value, floor)} at best against {percent(objective, floor)}"
        f" ({lost} a year, {allowed} allowed{missing})",
        _remedy(context, flow),
        element=flow.flow,
    )


def _remedy(context: Context, flow: FlowAvailability) -> str:
    """The part that costs most, and what a second one of it would bring; or whose loss should be noticed earlier."""
    noticed = max(_noticed_earlier(context.architecture, flow), default=None)
    by_owner: dict[str, list[Importance]] = {}
    for each in flow.importance:
        by_owner.setdefault(each.part.owner, []).append(each)
    costs = {owner: sum(each.downtime or 0.0 for each in parts) for owner, parts in by_owner.items()}
    if not costs or not max(costs.values()):
        return "promise less, or answer fewer requests with a failure."
    worst = max(costs, key=lambda owner: costs[owner])
    start = f"`{worst}` costs most: {hours(costs[worst])}"
    component = context.architecture.components.get(worst)
    if isinstance(component, Running):
        better = Availability(with_another_replica(context.architecture, component)).of_flow(flow.flow).at_most
        if noticed is not None and noticed[0] > max(better or 0.0, flow.at_most or 0.0):
            return _notice(context.architecture, flow, *noticed)
        if better is not None and flow.at_most is not None and better > flow.at_most:
            nth = "a second replica" if component.instances == 1 else "another replica"
            return f"{start}, {nth} gives {percent(better, floor)}."
    if component is None and worst in context.architecture.groups:
        return f"{start}; spread what runs there over another {context.architecture.groups[worst].kind}."
    return f"{start}; make it optional, give it a fallback, or promise less."


def _noticed_earlier(architecture: Architecture, flow: FlowAvailability) -> Iterator[tuple[float, str]]:
    """What the flow reaches at most if a loss were known at once, by component: of those where that costs most."""
    found = ((id_, architecture.components[id_]) for id_ in flow.detection.met_dead)
    slow = ((i, each) for i, each in found if isinstance(each, Running) and each.failover_time.nanoseconds > 0)
    for id_, component in islice(((i, each) for i, each in slow if each.instances > 1), MOST_TRIED):
        sooner = with_fields(architecture, component, failover_time=Duration(0))
        value = Availability(sooner).of_flow(flow.flow).at_most
        if value is not None:
            yield value, id_


def _notice(architecture: Architecture, flow: FlowAvailability, value: float, id_: str) -> str:
    component = architecture.components[id_]
    assert isinstance(component, Running)
    taken = duration(component.failover_time.nanoseconds)
    cost = hours(hours_per_year(flow.at_most or 0.0) - hours_per_year(value))
    return (
        f"until the loss of a replica of `{id_}` is known (`failover_time`, {taken}) costs most: {cost}; "
        f"{percent(value, floor)} if it took no time."
    )


RULE = Rule(
    code="AVL08",
    name="objective-infeasible",
    theme="availability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

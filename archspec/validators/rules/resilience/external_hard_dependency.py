"""A flow that cannot do without somebody else's system.

## What it checks

A step that calls an `external` component, is waited for, and is neither `optional` nor has a fallback, nor is
anything around it. Connections that no flow uses say nothing, and a job whose `deadline` leaves room for the repair is
started again.

## Why

You can neither repair it nor place it in another zone: its outages are yours, at moments that you do not choose.
Most calls to others can be late, be skipped, or be answered from what was known before.

## Bad

```yaml
archspec: 1
name: Checkout and its provider
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  payments: {kind: external}
connections:
  - app -> api: https
  - api -> payments: {protocol: https, timeout: 2s}
flows:
  checkout:
    from: app
    steps: [{call: api, steps: [{call: payments}]}]
```

## Good

```yaml
archspec: 1
name: Checkout that can pay later
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2}
  payments: {kind: external}
  unpaid: {kind: queue, replicas: 3}
  cashier: {kind: worker, replicas: 2}
connections:
  - app -> api: https
  - api -> payments: {protocol: https, timeout: 2s}
  - api -> unpaid -> cashier
flows:
  checkout:
    from: app
    steps: [{call: api, steps: [{call: payments, fallback: [{call: unpaid}]}]}]
```

## When to ignore it

The flow is nothing without that answer (a search at somebody else's index), and the objective allows for it.

## Source

[Google, The Calculus of Service Availability](https://queue.acm.org/detail.cfm?id=3096459)
"""

from collections.abc import Iterator

from archspec.analysis import Availability, Call, Calls
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import listing


def check(context: Context) -> Iterator[Found]:
    """One finding per external system, at the first step that needs it."""
    needing: dict[str, list[Call]] = {}
    for call in context.once(Calls).all:
        if call.required and context.architecture.components[call.callee].kind == "external":
            if context.once(Availability).of_flow(call.flow).may_wait_for(call.callee):
                continue
            needing.setdefault(call.callee, []).append(call)
    for external, calls in needing.items():
        flows = listing(dict.fromkeys(call.flow for call in calls))
        yield Found(
            (*calls[0].path, "call"),
            f"{flows} fails whenever `{external}` does",
            "mark it `optional: true`, add a fallback or put a queue in front of it.",
            element=external,
            related=tuple(((*call.path, "call"), "and here") for call in calls[1:]),
        )


RULE = Rule(
    code="RES05",
    name="external-hard-dependency",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("AVL09",),
)

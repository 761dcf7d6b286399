"""A deep request, and no trace of it.

## What it checks

A flow in which a request waits through four or more components of yours, one inside the other (the parameter
`trace-depth`), in a spec without a trace store.

## Why

At that depth a slow answer can come from any of them, and their logs alone do not say which lines belong to
one request.

## Bad

```yaml
archspec: 1
name: Four deep
components:
  app: {kind: client}
  web: {kind: server}
  shop: {kind: server}
  stock: {kind: server}
  db: {kind: database}
connections:
  - app -> web: https
  - web -> shop
  - shop -> stock
  - stock -> db
flows:
  buy: {from: app, steps: [{call: web, steps: [{call: shop, steps: [{call: stock, steps: [{call: db}]}]}]}]}
```

## Good

```yaml
archspec: 1
name: Four deep, traced
components:
  app: {kind: client}
  web: {kind: server, traces_to: traces}
  shop: {kind: server, traces_to: traces}
  stock: {kind: server, traces_to: traces}
  db: {kind: database}
  traces: {kind: trace_store}
connections:
  - app -> web: https
  - web -> shop
  - shop -> stock
  - stock -> db
flows:
  buy: {from: app, steps: [{call: web, steps: [{call: shop, steps: [{call: stock, steps: [{call: db}]}]}]}]}
```

## When to ignore it

Where the mesh or the platform traces and the spec leaves it out.

## Source

[OpenTelemetry: traces](https://opentelemetry.io/docs/concepts/signals/traces/)
"""

from collections.abc import Iterator

from archspec.model import Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity, calls

_NOT_OURS = (Role.ACTOR, Role.EXTERNAL)


def check(context: Context) -> Iterator[Found]:
    """Flows by the depth to which own components wait for each other."""
    architecture = context.architecture
    if architecture.of_kind("trace_store"):
        return
    deepest: dict[str, int] = {}
    for call in context.once(calls):
        if call.waiting:
            chain = {call.callees[0], *call.waiting}
            own = sum(architecture.components[id_].kind_of.role not in _NOT_OURS for id_ in chain)
            deepest[call.flow] = max(deepest.get(call.flow, 0), own)
    for flow, depth in deepest.items():
        if depth >= context.parameters.trace_depth:
            yield Found(
                ("flows", flow),
                f"{flow} goes {depth} components deep and leaves no trace",
                "add a trace_store and `traces_to`.",
                at_key=True,
            )


RULE = Rule(
    code="OBS08",
    name="no-tracing",
    theme="observability",
    severity=Severity.INFO,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

"""A fallback behind a call that never gives up.

## What it checks

A call with a `fallback` that is waited for and has no `timeout`, at its step, its connection or in the defaults.

## Why

A fallback comes when the call has failed. A callee that is slow, stuck or cut off does not fail: without a timeout the
caller waits for it, and the fallback that was meant for that moment is never reached.

## Bad

```yaml
archspec: 1
name: Waiting before falling back
components:
  app: {kind: client}
  shop: {kind: gateway}
  prices: {kind: server}
  old-prices: {kind: object_store}
connections:
  - app -> shop: https
  - shop -> [prices, old-prices]
flows:
  browse:
    from: app
    steps: [{call: shop, steps: [{call: prices, fallback: [{call: old-prices}]}]}]
```

## Good

```yaml
archspec: 1
name: Falling back in time
components:
  app: {kind: client}
  shop: {kind: gateway}
  prices: {kind: server}
  old-prices: {kind: object_store}
connections:
  - app -> shop: https
  - shop -> prices: {timeout: 300ms}
  - shop -> old-prices
flows:
  browse:
    from: app
    steps: [{call: shop, steps: [{call: prices, fallback: [{call: old-prices}]}]}]
```

## When to ignore it

The client library has a timeout of its own: write it down.

## Source

[Microsoft, Circuit Breaker pattern](https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker)
"""

from collections.abc import Iterator

from archspec.analysis import Calls
from archspec.language import Addition
from archspec.model import Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every hop that a fallback is meant to cover and no timeout bounds, once per connection."""
    seen = set()
    for call in context.once(Calls).all:
        role = context.architecture.components[call.callee].kind_of.role
        if not (call.step.fallback and call.waits) or call.terms.timeout is not None or role is Role.QUEUE:
            continue
        if call.connection in seen:
            continue
        seen.add(call.connection)
        yield Found(
            (*call.path, "fallback"),
            f"`{call.caller}` falls back when `{call.callee}` fails, and waits without end when it hangs",
            "add `timeout: 1s`.",
            element=call.connection,
            at_key=True,
            adds=Addition(("connections", call.connection, "timeout"), "1s"),
        )


RULE = Rule(
    code="RES15",
    name="fallback-never-comes",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("RES01",),
)

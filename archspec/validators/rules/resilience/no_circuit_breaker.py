"""Somebody else's system that is asked again and again while it is down.

## What it checks

A required call to an `external` system over a connection with `retries` and no `circuit_breaker`.

## Why

While the other side is down, every request waits for all its tries before it fails. A breaker notices after some
of them and lets the rest fail at once, which keeps the caller's slots free and the callee's recovery possible.

## Bad

```yaml
archspec: 1
name: Trying on
components:
  app: {kind: client}
  api: {kind: gateway}
  maps: {kind: external}
connections:
  - app -> api: https
  - api -> maps:
      protocol: https
      timeout: 1s
      retries: {attempts: 2, backoff: exponential(50ms jitter=full), idempotent: true}
flows:
  locate:
    from: app
    steps: [{call: api, steps: [{call: maps}]}]   # archspec: ignore[RES05] there is no second map
```

## Good

```yaml
archspec: 1
name: Giving it a rest
components:
  app: {kind: client}
  api: {kind: gateway}
  maps: {kind: external}
connections:
  - app -> api: https
  - api -> maps:
      protocol: https
      timeout: 1s
      retries: {attempts: 2, backoff: exponential(50ms jitter=full), idempotent: true}
      circuit_breaker: {opens_after: 50%}
flows:
  locate:
    from: app
    steps: [{call: api, steps: [{call: maps}]}]   # archspec: ignore[RES05] there is no second map
```

## When to ignore it

So few calls are made that a breaker would never have enough of them to judge by.

## Source

[Microsoft, Circuit Breaker pattern](https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker)
"""

from collections.abc import Iterator

from archspec.analysis import Calls
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every connection to an external system that is tried again without a breaker, once."""
    seen = set()
    for call in context.once(Calls).all:
        is_external = context.architecture.components[call.callee].kind == "external"
        is_tried_again = call.terms.retries is not None and call.terms.retries.attempts > 1
        if not (call.required and is_external and is_tried_again) or call.terms.connection.circuit_breaker:
            continue
        if call.connection not in seen:
            seen.add(call.connection)
            yield Found(
                ("connections", call.connection),
                f"`{call.caller}` goes on trying `{call.callee}` for every request while it is down",
                "add `circuit_breaker: {opens_after: 50%}`.",
                element=call.connection,
            )


RULE = Rule(
    code="RES04",
    name="no-circuit-breaker",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

"""A connection whose arrow leads against the calls.

## What it checks

Traces show that one component asks another (in at least three traces and one in a thousand), and only the opposite
connection is declared. At a queue the arrow leads with the message, so a consumer that asks its queue for messages is
no finding. `archspec drift --fix` writes the connection that was seen; the other one is left to you.

## Why

Who asks decides who fails with whom. Turned round, a connection makes the wrong component depend on the other.

## Bad

```yaml
archspec: 1
name: Shop, turned round
components:
  browser: {kind: client}
  shop: {kind: server}
  prices: {kind: server}
connections:
  - browser -> shop
  - prices -> shop
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
```

## Good

```yaml
archspec: 1
name: Shop
components:
  browser: {kind: client}
  shop: {kind: server}
  prices: {kind: server}
connections:
  - browser -> shop
  - shop -> prices
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - call: prices
```

## When to ignore it

Where both ask each other and one of them sends no spans yet: declare both.

## Source

[Open Bank OSS, issue 4179: 11 of 31 were the wrong way round](https://github.com/JiRaska/open-bank-oss/issues/4179)
"""

from collections.abc import Iterator

from archspec.conformance.judge import compared
from archspec.conformance.seen import is_passing, traces_of
from archspec.language import Addition
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Pairs that were seen one way and are declared the other way."""
    seen = compared(context)
    for (caller, callee), edge in seen.edges.items():
        declared = context.architecture.connection(callee, caller)
        if declared is None or edge.traces < seen.enough or is_passing(seen, caller, callee):
            continue
        name = f"{caller} -> {callee}"
        yield Found(
            ("connections", declared.name),
            f"`{caller}` asks `{callee}` in {traces_of(seen, edge)}, and only `{declared.name}` is declared",
            f"turn it round: `{name}`.",
            element=declared.name,
            at_key=True,
            adds=Addition(("connections", name)),
        )


RULE = Rule(
    code="DRF04",
    name="declared-the-other-way",
    theme="drift",
    severity=Severity.ERROR,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)

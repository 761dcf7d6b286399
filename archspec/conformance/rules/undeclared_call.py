"""A call that traces show and nobody declared.

## What it checks

One component asks another in at least three traces and at least one in a thousand, both are in the spec, and no
connection leads from the one to the other: neither directly nor through components that send no spans, such as a
balancer. A store that spans name by its product alone is taken for the one of that product that the caller is connected
to. `archspec drift --fix` writes the connection.

## Why

What is not in the spec is in no availability, no simulation and no review, and it fails all the same.

## Bad

```yaml
archspec: 1
name: Shop without its price list
components:
  browser: {kind: client}
  shop: {kind: server}
  prices: {kind: database, technology: postgresql}
  stock: {kind: database, technology: postgresql}
connections:
  - browser -> shop
  - shop -> stock
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - call: stock
```

## Good

```yaml
archspec: 1
name: Shop
components:
  browser: {kind: client}
  shop: {kind: server}
  prices: {kind: database, technology: postgresql}
  stock: {kind: database, technology: postgresql}
connections:
  - browser -> shop
  - shop -> [stock, prices]
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - call: stock
          - call: prices
```

## When to ignore it

For what is asked on the way to being taken out; a reason that names the date helps.

## Source

[FINOS CALM, issue 185: did we build what we said?](https://github.com/finos/architecture-as-code/issues/185)
"""

from collections.abc import Iterator

from archspec.conformance.comparison import Comparison
from archspec.conformance.judge import compared
from archspec.conformance.seen import is_passing, traces_of
from archspec.language import Addition
from archspec.model.sessions import goes_along_a_session
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Pairs that were seen and are joined by nothing."""
    seen = compared(context)
    for (caller, callee), edge in seen.edges.items():
        if edge.traces < seen.enough or is_passing(seen, caller, callee):
            continue
        if context.architecture.connection(callee, caller) is not None:
            continue  # the other way round: a rule of its own
        if goes_along_a_session(context.architecture, caller, callee):
            continue
        name = f"{caller} -> {callee}"
        yield Found(
            ("components", caller),
            f"`{caller}` asks `{callee}` in {traces_of(seen, edge)}, and no connection says so",
            f"add `{name}`, or find out who asks.",
            element=name,
            at_key=True,
            adds=Addition(("connections", name)),
        )
    yield from _nameless(seen)


def _nameless(seen: Comparison) -> Iterator[Found]:
    """Stores of which only the product is told, while the caller is connected to none of it."""
    for (_, caller), (party, callee), edge in seen.parties:
        if caller is None or callee is not None or party.name is not None or edge.traces < seen.enough:
            continue
        if not seen.names.candidates(party, caller):
            yield Found(
                ("components", caller),
                f"`{caller}` asks {party.shown} in {traces_of(seen, edge)}, and is connected to none",
                "add the connection to the one that is meant.",
                element=f"{caller} -> {party.system}",
                at_key=True,
            )


RULE = Rule(
    code="DRF01",
    name="undeclared-call",
    theme="drift",
    severity=Severity.ERROR,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)

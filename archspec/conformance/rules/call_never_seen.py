"""A connection that its flows should use, and never do.

## What it checks

A flow was seen often enough (`--min-traces`, 20), so that a call of it should have come at least ten times, and neither
there nor anywhere else was it seen. Calls that depend on a miss, a failure or a chance are counted by how often they
should come; what sends no spans, or stands below such a component, is not judged.

## Why

A connection that is gone keeps a component in every cut set and every picture. Of 31 declared connections without
evidence in one audit, 11 were the wrong way round; so look before you delete.

## Bad

```yaml
archspec: 1
name: Shop with an old cache
components:
  browser: {kind: client}
  shop: {kind: server}
  cache: {kind: cache}
  stock: {kind: database}
connections:
  - browser -> shop
  - shop -> [cache, stock]
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - call: cache
          - call: stock
```

## Good

```yaml
archspec: 1
name: Shop
components:
  browser: {kind: client}
  shop: {kind: server}
  stock: {kind: database}
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

## When to ignore it

Where the caller's library sends no spans for such calls.

## Source

[Open Bank OSS, issue 4179: an audit of declared dependencies](https://github.com/JiRaska/open-bank-oss/issues/4179)
"""

from collections.abc import Iterator

from archspec.conformance.judge import compared
from archspec.conformance.seen import wanted_and_missing
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Connections of calls that never came."""
    seen = compared(context)
    told = set()
    for flow, place in wanted_and_missing(seen):
        expected = place.expected
        pair = (expected.performer, expected.callee)
        if any((expected.performer, callee) in seen.edges for callee in expected.callees) or pair in told:
            continue
        told.add(pair)
        name = seen.architecture.link(expected.performer, expected.callee, expected.step.via).name
        yield Found(
            ("connections", name),
            f"`{name}` was never used in {flow.traces} traces of `{flow.flow.id}`",
            "look whether the call is gone, goes the other way, or sends no spans.",
            element=name,
            at_key=True,
            related=((expected.path, "should be made here"),),
        )


RULE = Rule(
    code="DRF03",
    name="call-never-seen",
    theme="drift",
    severity=Severity.INFO,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
    yields_to=("DRF04",),
)

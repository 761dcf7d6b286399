"""A time-out or a retry that traces show and the spec does not.

## What it checks

Calls that were given up after one and the same time (at least five, the middle eight of ten within 2% of each other)
which is not the declared `timeout`; calls that were made again right after they had failed, at least three times, where
neither the step nor its connection has `retries`.

## Why

What a caller does with a silent callee decides whether one failure stays one. Retries nobody has declared multiply a
load when it is least wanted.

## Bad

```yaml
archspec: 1
name: Shop that does not try again
components:
  browser: {kind: client}
  shop: {kind: server}
  payments: {kind: server}
connections:
  - browser -> shop
  - shop -> payments: {timeout: 1s}
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - {call: payments, takes: 4ms, status: {503: 20%}}
```

## Good

```yaml
archspec: 1
name: Shop that tries again
components:
  browser: {kind: client}
  shop: {kind: server}
  payments: {kind: server}
connections:
  - browser -> shop
  - shop -> payments: {timeout: 1s, retries: {attempts: 3, backoff: constant(5ms), idempotent: true}}
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    steps:
      - call: shop
        steps:
          - {call: payments, takes: 4ms, status: {503: 20%}}
```

## When to ignore it

Where a mesh tries again and the spec leaves it out on purpose.

## Source

[Amazon Builders' Library, Timeouts, retries and backoff](https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)
"""

from collections.abc import Iterator

from archspec.conformance.comparison import Comparison, FlowSeen, Place
from archspec.conformance.figures import Measure
from archspec.conformance.judge import compared
from archspec.language import Addition
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_FEWEST = 5
_SHORTEST = 10**6
"""Nanoseconds: what ends sooner was refused, not waited for."""


def check(context: Context) -> Iterator[Found]:
    """Waits that end at one time, and calls made again."""
    seen = compared(context)
    told = set()
    for flow in seen.judged:
        for place in flow.places:
            if not place.parents or not place.alone or not place.nodes:
                continue
            for found in (*_timeout(seen, flow, place), *_retry(seen, place)):
                if (found.path, found.message[:20]) not in told:
                    told.add((found.path, found.message[:20]))
                    yield found


def _timeout(seen: Comparison, flow: FlowSeen, place: Place) -> Iterator[Found]:
    waits = sorted(value for node in place.nodes for value in node.given_up.values)
    if len(waits) < _FEWEST:
        return
    middle, spread = waits[len(waits) // 2], waits[len(waits) * 9 // 10] - waits[len(waits) // 10]
    expected = place.expected
    terms = seen.architecture.terms(expected.performer, expected.callee, expected.step)
    declared = terms.timeout.nanoseconds if terms.timeout is not None else None
    if middle < _SHORTEST or spread > 0.02 * middle or (declared and abs(declared - middle) <= 0.05 * declared):
        return
    if declared is None and expected.performer == flow.flow.from_:
        return  # whoever starts a flow is impatient by nature
    name = terms.connection.name
    says = f"`timeout: {terms.timeout}` is declared" if declared else "no `timeout` is declared"
    yield Found(
        ("connections", name, "timeout") if declared else ("connections", name),
        f"`{name}` is given up after {Measure.TIME.spelled(middle)} ({len(waits)} times), and {says}",
        "write the time-out that the caller has.",
        element=name,
        at_key=not declared,
        adds=None if declared else Addition(("connections", name, "timeout"), Measure.TIME.spelled(middle)),
    )


def _retry(seen: Comparison, place: Place) -> Iterator[Found]:
    expected = place.expected
    again = sum(node.tried_again for node in place.nodes)
    terms = seen.architecture.terms(expected.performer, expected.callee, expected.step)
    if again < 3 or terms.retries is not None or expected.times > 1 or len(expected.callees) > 1:
        return
    name = terms.connection.name
    yield Found(
        ("connections", name),
        f"`{name}` is tried again after a failure ({again} times), and no `retries` are declared",
        "declare them, or find out who tries again.",
        element=name,
        at_key=True,
    )


RULE = Rule(
    code="DRF08",
    name="undeclared-timeout-or-retry",
    theme="drift",
    severity=Severity.WARNING,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)

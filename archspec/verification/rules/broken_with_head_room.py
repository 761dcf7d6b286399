"""A promise that breaks at the head room that was asked for.

## What it checks

With `--head-room 2x` everything is tried at twice the declared load too. What holds at the declared load, and breaks
there, with a fault or without one, is told.

## Why

Load grows, and faults come when it is high.

## Bad

```yaml
archspec: 1
name: Shop without room to grow
components:
  browser: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {interval: 2s, unhealthy_after: 2}}
  shop: {kind: server, replicas: 3, cores: 1, queue_limit: 50}
connections:
  - browser -> lb
  - lb -> shop: {timeout: 1s}
flows:
  order:
    from: browser
    rate: 100/s
    objective: {success: 99%}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: 15ms}
```

## Good

```yaml
archspec: 1
name: Shop with room to grow
components:
  browser: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {interval: 2s, unhealthy_after: 2}}
  shop: {kind: server, replicas: 5, cores: 1, queue_limit: 50}
connections:
  - browser -> lb
  - lb -> shop: {timeout: 1s}
flows:
  order:
    from: browser
    rate: 100/s
    objective: {success: 99%}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: 15ms}
```

## When to ignore it

Where the load is known to stay as it is: then ask for no head room.

## Source

[Google SRE Book: addressing cascading failures](https://sre.google/sre-book/addressing-cascading-failures/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.verification.judge import broken_as_it_is, broken_by_faults, verdicts
from archspec.verification.values import Kept


def check(context: Context) -> Iterator[Found]:
    """Promises that are kept at the spec's own load, and not above it."""
    own = {verdict.flow for verdict in verdicts(context) if verdict.level == 1 and verdict.kept is not Kept.NO}
    above = [verdict for verdict in verdicts(context) if verdict.level != 1 and verdict.flow in own]
    yield from broken_as_it_is(iter(above))
    yield from broken_by_faults(context, iter(above))


RULE = Rule(
    code="VER03",
    name="broken-with-head-room",
    theme="verification",
    severity=Severity.ERROR,
    in_set=RuleSet.RUNS,
    page=__doc__,
    check=check,
)

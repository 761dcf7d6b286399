"""A promise that the declared load breaks, though nothing fails.

## What it checks

The spec is run as it is: every flow at its `rate`. Success, percentiles and queues that grow are held against the
`objective`, where the run is long enough to be sure.

## Why

A promise that is broken on a good day is none.

## Bad

```yaml
archspec: 1
name: Shop that is nearly full
components:
  browser: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {interval: 2s, unhealthy_after: 2}}
  shop: {kind: server, replicas: 2, cores: 1, queue_limit: 50}
connections:
  - browser -> lb
  - lb -> shop: {timeout: 1s}
flows:
  order:
    from: browser
    rate: 190/s
    objective: {p99: 50ms}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: exponential(10ms)}
```

## Good

```yaml
archspec: 1
name: Shop with room
components:
  browser: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {interval: 2s, unhealthy_after: 2}}
  shop: {kind: server, replicas: 6, cores: 1, queue_limit: 50}
connections:
  - browser -> lb
  - lb -> shop: {timeout: 1s}
flows:
  order:
    from: browser
    rate: 190/s
    objective: {p99: 80ms}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: exponential(10ms)}
```

## When to ignore it

Where the load that is written is one that the system is not meant for.

## Source

[Google SRE Book: embracing risk](https://sre.google/sre-book/embracing-risk/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.verification.judge import broken_as_it_is, verdicts


def check(context: Context) -> Iterator[Found]:
    """Promises that are broken at the spec's own load."""
    yield from broken_as_it_is(verdict for verdict in verdicts(context) if verdict.level == 1)


RULE = Rule(
    code="VER02",
    name="broken-as-it-is",
    theme="verification",
    severity=Severity.ERROR,
    in_set=RuleSet.RUNS,
    page=__doc__,
    check=check,
)

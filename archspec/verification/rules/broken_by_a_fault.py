"""A promise that the loss of one part breaks.

## What it checks

Each part that can fail (a replica, a zone or host, a connection with an availability) is down from beginning to end
of a run at the declared load: once so that everybody who can has noticed, once so that nobody has. The two count by
the time until that is noticed, where the spec says how long a repair takes (`mttr`); else what holds from then on. A
promise is broken where the run is long enough to be sure. Where the parts that break it have figures (`availability`,
or `mtbf` and `mttr`), and what they cost together stays within the promise, nothing is said. Of what somebody else
runs and states no figure of, it is a warning. A job that comes by the clock is run once for each part, which is away
for its `mttr` from the moment the job is due, against its `deadline`.

## Why

What is left when a part is gone has to do all the work, and time-outs, pools and queues decide what becomes of it: no
figure of a component tells that.

## Bad

```yaml
archspec: 1
name: Shop that is full without a replica
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
    rate: 150/s
    objective: {success: 99%}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: 10ms}
```

## Good

```yaml
archspec: 1
name: Shop with a spare replica
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
    rate: 150/s
    objective: {success: 99%}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: 10ms}
```

## When to ignore it

Where the part is known to fail so rarely that the promise allows for it: better say how often.

## Source

[AWS Well-Architected Framework: use fault isolation to protect your workload](https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/use-fault-isolation-to-protect-your-workload.html)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.verification.judge import broken_by_faults, verdicts


def check(context: Context) -> Iterator[Found]:
    """Promises at the spec's own load that a fault breaks."""
    yield from broken_by_faults(context, (verdict for verdict in verdicts(context) if verdict.level == 1))


RULE = Rule(
    code="VER01",
    name="broken-by-a-fault",
    theme="verification",
    severity=Severity.ERROR,
    in_set=RuleSet.RUNS,
    page=__doc__,
    check=check,
)

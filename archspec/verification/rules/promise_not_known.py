"""A promise of which so many requests tell nothing.

## What it checks

To find that a share of 99.9% is kept, a run needs 3,000 requests without a failure: 3 / (1 - promise) in general, of
percentiles too. A flow that gets fewer, in the run as it is or with a fault, is *unknown*, never *kept*; so is one of
which the share that a run shows lies too near to the promise. Runs end at 100,000 requests or six hours, unless
`--duration` says otherwise.

## Why

Nothing seen is not nothing there.

## Bad

```yaml
archspec: 1
name: Shop that promises more than runs tell
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
    objective: {success: 99.999%}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: 10ms}
```

## Good

```yaml
archspec: 1
name: Shop that promises what runs tell
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
    objective: {success: 99.9%}
    steps:
      - call: lb
        steps:
          - {call: shop, cpu: 10ms}
```

## When to ignore it

Where the promise rests on figures, as `archspec analyze` computes it.

## Source

[J. A. Hanley and A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249, 1983](https://doi.org/10.1001/jama.1983.03330370053031)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.verification.judge import objective_of, verdicts
from archspec.verification.telling import headline
from archspec.verification.values import FlowVerdict, Kept


def check(context: Context) -> Iterator[Found]:
    """Promises that are neither kept nor broken."""
    for verdict in verdicts(context):
        if verdict.kept is Kept.UNKNOWN and verdict.level == 1:
            reasons = [why for each in verdict.tried if each.kept is Kept.UNKNOWN for why in each.why]
            yield Found(
                objective_of(verdict),
                f"{headline(verdict)}: {'; '.join(dict.fromkeys((*verdict.why, *reasons)))}",
                _remedy(verdict),
                element=verdict.flow,
            )


def _remedy(verdict: FlowVerdict) -> str:
    if verdict.deadline is not None:
        return "say how long its parts take to repair (`mttr`)."
    return "run longer with `--duration`, or promise what can be told."


RULE = Rule(
    code="VER04",
    name="promise-not-known",
    theme="verification",
    severity=Severity.INFO,
    in_set=RuleSet.RUNS,
    page=__doc__,
    check=check,
)

"""Layers that each try again, so that one request becomes dozens.

## What it checks

The product of the tries along every chain of calls in a flow, where two or more calls of the chain have retries.
Above `maximum-attempts` (5) it is reported at the innermost `retries`. Calls side by side do not multiply; a retry
`budget` caps its factor; what hangs below a queue begins anew.

## Why

Three tries in each of three layers are 27 at the bottom, and they come exactly when the bottom is in trouble. The
retries that were to bridge a short failure make it a long one.

## Bad

```yaml
archspec: 1
name: Everybody tries again
components:
  app: {kind: client}
  edge: {kind: gateway}
  api: {kind: server}
  stock: {kind: server}
connections:
  - app -> edge: https
  - edge -> api: {timeout: 4s, retries: {attempts: 3, idempotent: true}}
  - api -> stock: {timeout: 1s, retries: {attempts: 3, idempotent: true}}
flows:
  order:
    from: app
    steps: [{call: edge, steps: [{call: api, steps: [{call: stock}]}]}]
```

## Good

```yaml
archspec: 1
name: One layer tries again
components:
  app: {kind: client}
  edge: {kind: gateway}
  api: {kind: server}
  stock: {kind: server}
connections:
  - app -> edge: https
  - edge -> api: {timeout: 4s}
  - api -> stock: {timeout: 1s, retries: {attempts: 3, idempotent: true}}
flows:
  order:
    from: app
    steps: [{call: edge, steps: [{call: api, steps: [{call: stock}]}]}]
```

## When to ignore it

Inner layers answer "do not retry" once they have tried themselves, and the outer ones heed it.

## Source

[Google, Site Reliability Engineering: Addressing Cascading Failures, Retries](https://sre.google/sre-book/addressing-cascading-failures/)
"""

from collections.abc import Iterator
from fractions import Fraction

from archspec.analysis.tries import Tries, most_tries
from archspec.model import Path
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import number


def check(context: Context) -> Iterator[Found]:
    """One finding per innermost `retries`, for the flow that multiplies most."""
    worst: dict[Path, tuple[str, Tries]] = {}
    for flow in context.architecture.flows:
        chain = most_tries(context.architecture, flow)
        if chain is None or len(chain.factors) < 2 or chain.total <= context.parameters.maximum_attempts:
            continue
        path = _written_at(chain)
        if path not in worst or chain.total > worst[path][1].total:
            worst[path] = (flow, chain)
    for path, (flow, chain) in worst.items():
        product = " x ".join(_spelled(factor) for factor in chain.factors)
        yield Found(
            path,
            f"{flow} may try `{chain.callee}` {_spelled(chain.total)} times ({product}) when it is already in trouble",
            "retry in one layer only.",
            element=flow,
        )


def _written_at(chain: Tries) -> Path:
    if chain.terms.retries is chain.terms.connection.retries:
        return ("connections", chain.terms.connection.name, "retries")
    return (*chain.path, "retries")


def _spelled(tries: Fraction) -> str:
    return number(float(tries))


RULE = Rule(
    code="RES10",
    name="retry-amplification",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""A percentile that the times in the spec rule out.

## What it checks

For each promised percentile the least time that enough requests certainly take: medians added along one way through
the flow (parallel branches: the longest; calls cut at their timeout; misses and chances only where more requests
take them than the percentile leaves out), and the percentile of any single time that every request spends. Random
times exceed their median half the time, so a sum with m of them is a proof while share × 2⁻ᵐ is more than the
percentile leaves out; beyond that it is a warning.

## Why

Latencies add up in a row, and a percentile is about the slow ones: if one request in ten misses the cache, the
99th percentile is a miss.

## Bad

```yaml
archspec: 1
name: Misses are slow
components:
  app: {kind: client}
  edge: {kind: cdn}
  origin: {kind: gateway}
connections:
  - app -> edge: https
  - edge -> origin: https
flows:
  page:
    from: app
    objective: {p99: 400ms}
    steps: [{call: edge, hit: 90%, takes: 1ms, on_miss: [{call: origin, takes: 500ms}]}]
```

## Good

```yaml
archspec: 1
name: Misses are rare
components:
  app: {kind: client}
  edge: {kind: cdn}
  origin: {kind: gateway}
connections:
  - app -> edge: https
  - edge -> origin: https
flows:
  page:
    from: app
    objective: {p99: 400ms}
    steps: [{call: edge, hit: 99.5%, takes: 1ms, on_miss: [{call: origin, takes: 500ms}]}]
```

## When to ignore it

The times are guesses on the safe side: write measured ones.

## Source

[J. Dean and L. A. Barroso, The Tail at Scale](https://research.google/pubs/the-tail-at-scale/)
"""

from collections.abc import Iterator
from math import floor

from archspec.analysis.latency import LeastTime, least_times, slowest_step
from archspec.model import Duration
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration, percent

_SLACK = 1e-9


def check(context: Context) -> Iterator[Found]:
    """One finding per promised percentile that cannot be met."""
    for flow in context.architecture.flows.values():
        for name, promised in flow.objective.percentiles.items() if flow.objective else ():
            found = _judged(context, flow.id, name, promised)
            if found is not None:
                yield found


def _judged(context: Context, flow: str, name: str, promised: Duration) -> Found | None:
    above = 1 - float(name[1:]) / 100 + _SLACK
    path = ("flows", flow, "objective", name)
    element = f"{flow} {name}"
    slow = slowest_step(context.architecture, flow, 1 - above)
    if slow is not None and slow.quantile > promised.nanoseconds + 1:
        time = duration(slow.quantile, digits=4)
        what = f"`{slow.component}` alone takes {time} or more for {percent(above - _SLACK, floor)} of {flow}"
        return Found(path, f"{what}, against {name} {promised}", f"speed up `{slow.component}`.", element=element)
    ways = [way for way in least_times(context.architecture, flow, above) if way.total > promised.nanoseconds]
    if not ways:
        return None
    proven = [way for way in ways if way.proven_share > above]
    way = max(proven or ways, key=lambda way: way.total)
    return Found(
        path,
        f"{flow} takes at least {duration(way.total, digits=4)}{_of_whom(way)}, against {name} {promised}",
        _remedy(way, above),
        element=element,
        severity=Severity.ERROR if proven else Severity.WARNING,
    )


def _of_whom(way: LeastTime) -> str:
    if way.share > 1 - _SLACK:
        return ""
    verb = "that miss" if all(branch.is_miss for branch in way.branches) else "that take this way"
    return f" for the {percent(way.share, floor)} {verb}"


def _remedy(way: LeastTime, above: float) -> str:
    if way.branches and all(branch.is_miss for branch in way.branches):
        return f"raise the hit ratio above {percent(1 - above + _SLACK, floor)} or speed up `{way.slowest}`."
    return f"speed up `{way.slowest}` ({duration(way.own, digits=4)}), or promise less."


RULE = Rule(
    code="PRF04",
    name="latency-infeasible",
    theme="performance",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

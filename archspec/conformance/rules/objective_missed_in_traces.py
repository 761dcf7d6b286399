"""An objective that traces show to be missed.

## What it checks

The percentiles and the share of successes of a flow's root spans against its `objective`, where it is known how the
traces were chosen: `--sampled` (or `sampled` in the section `[traces]` of `archspec.toml`) says that they were drawn at
random, and so do tags of the tracer. With `tail-sampled` nothing is judged. A percentile is missed where its whole
interval (95%) lies above the objective.

## Why

A promise that is not kept today needs no simulation.

## Bad

```yaml
archspec: 1
name: Shop that promises too much
components:
  browser: {kind: client}
  shop: {kind: server}
connections:
  - browser -> shop
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    objective: {p95: 5ms}
    steps:
      - {call: shop, takes: 8ms}
```

## Good

```yaml
archspec: 1
name: Shop that keeps its promise
components:
  browser: {kind: client}
  shop: {kind: server}
connections:
  - browser -> shop
flows:
  order:
    from: browser
    request: POST /orders
    rate: 20/s
    objective: {p95: 10ms}
    steps:
      - {call: shop, takes: 8ms}
```

## When to ignore it

While the traces come from a test that loads the system beyond what was promised.

## Source

[Google SRE book, Service level objectives](https://sre.google/sre-book/service-level-objectives/)
"""

from collections.abc import Iterator

from archspec.conformance.comparison import FlowSeen
from archspec.conformance.figures import Measure
from archspec.conformance.judge import compared
from archspec.model import Objective
from archspec.observation import quantile_of, share_of
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Objectives that the roots of a flow miss."""
    seen = compared(context)
    if seen.settings.tail_sampled:
        return
    for flow in seen.judged:
        drawn = seen.settings.sampled is not None or all(root.sampled is not None for root in flow.roots)
        if drawn and flow.flow.objective is not None:
            yield from _percentiles(flow, flow.flow.objective)
            yield from _successes(flow, flow.flow.objective)


def _percentiles(flow: FlowSeen, objective: Objective) -> Iterator[Found]:
    values = sorted(value for root in flow.roots for value in root.lasted.values)
    for name, promised in objective.percentiles.items():
        interval = quantile_of(values, float(name[1:]) / 100)
        if interval is not None and interval.low > promised.nanoseconds:
            yield Found(
                ("flows", flow.flow.id, "objective", name),
                f"{name} of `{flow.flow.id}` is {Measure.TIME.spelled(interval.value)} "
                f"(at least {Measure.TIME.spelled(interval.low)}, n = {len(values)}), and {promised} is promised",
                "make it faster, or promise what it keeps.",
                element=flow.flow.id,
            )


def _successes(flow: FlowSeen, objective: Objective) -> Iterator[Found]:
    if objective.success is None:
        return
    failed = sum(root.node.failed for root in flow.roots)
    interval = share_of(flow.traces - failed, flow.traces)
    if interval.high < float(objective.success):
        yield Found(
            ("flows", flow.flow.id, "objective", "success"),
            f"{Measure.SHARE.spelled(interval.value)} of `{flow.flow.id}` succeed "
            f"(n = {flow.traces}), and {objective.success} is promised",
            "make it more reliable, or promise what it keeps.",
            element=flow.flow.id,
        )


RULE = Rule(
    code="DRF07",
    name="objective-missed-in-traces",
    theme="drift",
    severity=Severity.WARNING,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)

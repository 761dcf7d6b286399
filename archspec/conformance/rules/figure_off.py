"""A figure of the spec that traces contradict.

## What it checks

`cpu` and `takes` (together the time that a callee needs for itself), `latency`, `hit`, `chance`, `times` and `status`
of flows that were seen often enough. A figure is off where it lies outside the interval of what is seen, widened so far
that of all figures of a spec together one in twenty runs has a false finding, and by more than a tenth of a time or one
point of a share. Times are compared by their medians. What the spec does not say is not judged; with `tail-sampled`,
no share is. `archspec calibrate` writes what is seen.

## Why

A simulation is as true as its figures.

## Bad

```yaml
archspec: 1
name: Shop as it was hoped to be
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
    steps:
      - {call: shop, takes: 5ms}
```

## Good

```yaml
archspec: 1
name: Shop as it is
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
    steps:
      - {call: shop, takes: 8ms}
```

## When to ignore it

Where the spec describes another machine, or a state that is yet to come.

## Source

[Hahn and Meeker, Statistical Intervals: distribution-free intervals](https://doi.org/10.1002/9781118594841)
"""

from collections.abc import Iterator

from archspec.conformance.figures import Figure, Measure, figures
from archspec.conformance.judge import compared
from archspec.observation import Interval
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_FALSE_ALARMS = 0.05
"""Of all runs on a spec that is right, so many may have a finding of this rule (Bonferroni over its figures)."""


def check(context: Context) -> Iterator[Found]:
    """Declared figures outside of what is seen."""
    judged = [figure for figure in figures(compared(context)) if figure.declared is not None]
    confidence = 1 - _FALSE_ALARMS / max(len(judged), 1)
    for figure in judged:
        interval = figure.estimate(confidence)
        if interval is not None and not figure.fits(confidence):
            yield Found(
                figure.path,
                f"the {figure.what} of `{figure.element}` is {_seen(figure, interval)}, "
                f"and the spec says {figure.measure.spelled(figure.declared or 0.0)}",
                "correct it, or let `archspec calibrate` do so.",
                element=figure.element,
            )


def _seen(figure: Figure, interval: Interval) -> str:
    value = figure.measure.spelled(interval.value)
    if figure.measure is Measure.COUNT:
        return f"{value} in {figure.count} turns"
    between = f"{figure.measure.spelled(interval.low)} to {figure.measure.spelled(interval.high)}"
    return f"{value} ({between}, n = {figure.count})"


RULE = Rule(
    code="DRF06",
    name="figure-off",
    theme="drift",
    severity=Severity.WARNING,
    in_set=RuleSet.TRACES,
    page=__doc__,
    check=check,
)

"""A job that is due again before its last run is over.

## What it checks

For every flow with `every` or a `schedule`: the mean time of one run, nothing failing or queueing, against the shortest
time between two moments at which it is due.

## Why

Cron starts the next run all the same, and so does a Kubernetes CronJob unless told otherwise. Two runs work on the
same data side by side, each makes the other slower, and where the work is longer on average than what lies between,
they pile up.

## Bad

```yaml
archspec: 1
name: Twenty minutes of work every quarter of an hour
components:
  cron: {kind: worker}
  db: {kind: database}
connections:
  - cron -> db
flows:
  totals: {from: cron, every: 15m, steps: [{call: db, takes: 20m}]}
```

## Good

```yaml
archspec: 1
name: Twenty minutes of work every half hour
components:
  cron: {kind: worker}
  db: {kind: database}
connections:
  - cron -> db
flows:
  totals: {from: cron, every: 30m, steps: [{call: db, takes: 20m}]}
```

## When to ignore it

The runs have nothing to do with each other, such as one per customer.

## Source

[Kubernetes, CronJob: concurrency policy](https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy)
"""

from collections.abc import Iterator

from archspec.analysis import Availability
from archspec.analysis.jobs import least_gap, ticks_of
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration


def check(context: Context) -> Iterator[Found]:
    """Every job of which two runs meet."""
    for availability in context.once(Availability).flows:
        if availability.job is None or not availability.job.work:
            continue
        flow, work = context.architecture.flows[availability.flow], availability.job.work
        gap = least_gap(ticks_of(context.architecture, flow.id))
        if gap is None or work <= gap:
            continue
        field = "every" if flow.every is not None else "schedule"
        again = f"every {flow.every}" if flow.every is not None else f"again after {duration(gap * 1e9)}"
        yield Found(
            ("flows", flow.id, field),
            f"`{flow.id}` takes {duration(work * 1e9)} and is due {again}: the next run begins while one is in work",
            "let it be due less often, or make the work shorter.",
            element=flow.id,
        )


RULE = Rule(
    code="PRF07",
    name="overlapping-runs",
    theme="performance",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""A job whose deadline is over before one run of it can be.

## What it checks

For every flow with a `deadline`: the time that one run takes where everything is up and nothing queues. An error where
999 of 1000 runs take as long as the deadline or longer, a warning where the mean does.

## Why

Such a job fails however well everything works, and is started again until its deadline for nothing.

## Bad

```yaml
archspec: 1
name: Two hours for three hours of work
components:
  cron: {kind: worker}
  db: {kind: database}
connections:
  - cron -> db
flows:
  report: {from: cron, schedule: 30 2 * * *, deadline: 2h, steps: [{call: db, takes: 3h}]}
```

## Good

```yaml
archspec: 1
name: Six hours for three hours of work
components:
  cron: {kind: worker}
  db: {kind: database}
connections:
  - cron -> db
flows:
  report: {from: cron, schedule: 30 2 * * *, deadline: 6h, steps: [{call: db, takes: 3h}]}
```

## When to ignore it

The step's times are guesses on the safe side: write measured ones.

## Source

[Kubernetes, Jobs: termination and cleanup](https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup)
"""

from collections.abc import Iterator

from archspec.analysis import Availability
from archspec.analysis.least_work import LeastWork, nearly_always
from archspec.model import Duration
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration


def check(context: Context) -> Iterator[Found]:
    """Every flow that promises to be done sooner than it can be."""
    least = LeastWork(context.architecture, nearly_always)
    for availability in context.once(Availability).flows:
        job, flow = availability.job, context.architecture.flows[availability.flow]
        if job is None or flow.deadline is None:
            continue
        surely, limit = least.of_flow(flow), flow.deadline.nanoseconds
        is_sure = surely >= limit
        if is_sure or job.is_impossible:
            taken = surely if is_sure else job.work * 1e9
            twice = Duration(-(-int(2 * taken) // MINUTE) * MINUTE)
            yield Found(
                ("flows", flow.id, "deadline"),
                f"`{flow.id}` takes {duration(taken)} {'at least' if is_sure else 'on average'}, and its deadline is "
                f"over after {flow.deadline}",
                f"raise it to {twice}, which leaves room for a second run, or make the work shorter.",
                element=flow.id,
                severity=Severity.ERROR if is_sure else Severity.WARNING,
            )


MINUTE = 60 * 10**9

RULE = Rule(
    code="RES16",
    name="deadline-too-short",
    theme="resilience",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

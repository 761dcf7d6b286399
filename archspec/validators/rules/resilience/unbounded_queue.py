"""A queue that may grow until it falls over.

## What it checks

In the production set: a queue without `max_length`. Silent where PRF03 says that its consumers are asked for more
than they have, so that it grows already.

## Why

A queue turns overload into delay. Without a bound the delay grows until disk or memory ends, and everything in it
fails at once, hours after the cause.

## Bad

```yaml
archspec: 1
name: Ever longer
components:
  api: {kind: gateway}
  jobs: {kind: queue}
  worker: {kind: worker}
connections:
  - api -> jobs -> worker
```

## Good

```yaml
archspec: 1
name: Full is full
components:
  api: {kind: gateway}
  jobs: {kind: queue, max_length: 1000000}
  worker: {kind: worker}
connections:
  - api -> jobs -> worker
```

## When to ignore it

The service bounds it by the age of messages instead.

## Source

[AWS, Avoiding insurmountable queue backlogs](https://aws.amazon.com/builders-library/avoiding-insurmountable-queue-backlogs/)
"""

from collections.abc import Iterator

from archspec.model import Queue
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every queue without a bound."""
    for queue in context.architecture.of_kind("queue"):
        if isinstance(queue, Queue) and queue.max_length is None:
            what = f"`{queue.id}` has no bound and grows until it falls over once its consumers stop"
            yield Found(("components", queue.id, "max_length"), what, "set `max_length`.")


RULE = Rule(
    code="RES08",
    name="unbounded-queue",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.PRODUCTION,
    page=__doc__,
    check=check,
    yields_to=("PRF03",),
)

"""A queue that may grow until it falls over.

## What it checks

A queue without `max_length` whose consumers are asked for more than they have (PRF03 says so of them); in the
production set every queue without a bound.

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
  worker: {kind: worker, slots: 10}   # archspec: ignore[PRF03] what is left over is done at night
connections:
  - api -> jobs -> worker
flows:
  order:
    from: api
    rate: 20/s
    steps: [{call: jobs, steps: [{call: worker, takes: 1s}]}]
```

## Good

```yaml
archspec: 1
name: Full is full
components:
  api: {kind: gateway}
  jobs: {kind: queue, max_length: 1000000}
  worker: {kind: worker, slots: 10}   # archspec: ignore[PRF03] what is left over is done at night
connections:
  - api -> jobs -> worker
flows:
  order:
    from: api
    rate: 20/s
    steps: [{call: jobs, steps: [{call: worker, takes: 1s}]}]
```

## When to ignore it

The service bounds it by the age of messages instead.

## Source

[AWS, Avoiding insurmountable queue backlogs](https://aws.amazon.com/builders-library/avoiding-insurmountable-queue-backlogs/)
"""

from collections.abc import Iterator

from archspec.analysis.calls import Calls
from archspec.analysis.capacity import Capacity
from archspec.model.kinds.queue import Queue
from archspec.validators.context import Context
from archspec.validators.finding import Found, Severity, Unknown
from archspec.validators.rule import Rule, RuleSet
from archspec.validators.spelling import number


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every queue without a bound that grows, and in the production set every other."""
    for queue in context.architecture.of_kind("queue"):
        if not isinstance(queue, Queue) or queue.max_length is not None:
            continue
        growth = _growth(context, queue.id)
        path = ("components", queue.id, "max_length")
        if growth > 0:
            yield Found(path, f"`{queue.id}` grows by {number(growth)}/s without bound", "set `max_length`.")
        elif context.closed_world:
            what = f"`{queue.id}` has no bound and grows until it falls over once its consumers stop"
            yield Found(path, what, "set `max_length`.")
        else:
            yield Unknown("queue bounds", queue.id)


def _growth(context: Context, queue: str) -> float:
    """Messages per second that its consumers cannot keep up with, by the size they state."""
    capacity = context.once(Capacity)
    consumers = {call.callee for call in context.once(Calls).all if call.caller == queue}
    left = 0.0
    for consumer in sorted(consumers):
        for station in map(capacity.at_most, capacity.of(consumer)):
            if not station.is_assumed and station.utilisation > 1:
                left = max(left, station.rate * (1 - 1 / station.utilisation))
    return left


RULE = Rule(
    code="RES08",
    name="unbounded-queue",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

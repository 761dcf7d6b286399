"""A message that is handed to the next consumer while the first is still at work on it.

## What it checks

For every worker that a queue hands messages to: the time that it certainly spends on one against the queue's
`visibility_timeout` (30 s where nothing is written). An error where 999 of 1000 messages take longer, a warning where
half of them do.

## Why

A queue takes silence for death: when the visibility timeout is over it gives the message to another consumer, and when
that one takes as long, to the next. Every message is worked on several times, by workers that others wait for, and may
end among the dead letters although nothing has failed.

## Bad

```yaml
archspec: 1
name: A minute for a job of two
components:
  app: {kind: client}
  jobs: {kind: queue, visibility_timeout: 60s, dead_letter: rest}
  rest: {kind: queue}
  renderer: {kind: worker}
connections:
  - app -> jobs: https
  - jobs -> renderer
flows:
  render:
    from: app
    steps: [{call: jobs, steps: [{call: renderer, takes: 2m}]}]
```

## Good

```yaml
archspec: 1
name: Five minutes for a job of two
components:
  app: {kind: client}
  jobs: {kind: queue, visibility_timeout: 5m, dead_letter: rest}
  rest: {kind: queue}
  renderer: {kind: worker}
connections:
  - app -> jobs: https
  - jobs -> renderer
flows:
  render:
    from: app
    steps: [{call: jobs, steps: [{call: renderer, takes: 2m}]}]
```

## When to ignore it

The worker asks for more time while it works (SQS: ChangeMessageVisibility; Celery with acks_late off).

## Source

[Amazon SQS, visibility timeout](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html)
"""

from collections.abc import Iterator

from archspec.analysis import Call, Calls
from archspec.analysis.least_work import LeastWork, nearly_always, typically
from archspec.model import Queue, Topic
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration


def check(context: Context) -> Iterator[Found]:
    """One finding per queue or topic, for the message that takes longest."""
    worst: dict[str, tuple[float, Found]] = {}
    degrees = (
        (LeastWork(context.architecture, nearly_always), Severity.ERROR),
        (LeastWork(context.architecture, typically), Severity.WARNING),
    )
    for call in context.once(Calls).all:
        queue = context.architecture.components[call.caller]
        if not isinstance(queue, (Queue, Topic)) or call.visit.branch != "steps":
            continue
        limit = queue.visibility_timeout.nanoseconds
        for work, severity in degrees:
            taken = work.inside(call.step, call.callee)
            if taken > limit:
                if queue.id not in worst or taken > worst[queue.id][0]:
                    worst[queue.id] = (taken, _found(call, queue, taken, severity))
                break
    yield from (found for _, found in worst.values())


def _found(call: Call, queue: Queue | Topic, taken: float, severity: Severity) -> Found:
    takes = "takes" if severity is Severity.ERROR else "typically takes"
    each = "each" if severity is Severity.ERROR else "every other"
    return Found(
        ("components", queue.id, "visibility_timeout"),
        f"`{call.callee}` {takes} {duration(taken, digits=4)} for a message that `{queue.id}` hands out again after "
        f"{queue.visibility_timeout}: {each} one is worked on several times",
        f"set `visibility_timeout: {_spelled(3 * taken)}`.",
        severity=severity,
        related=(((*call.path, "call"), "this is the work"),),
    )


def _spelled(time: float) -> str:
    """In whole seconds, or whole minutes from two on, rounded up."""
    seconds = -(-time // 1e9)
    return f"{-(-seconds // 60):.0f}m" if seconds >= 120 else f"{seconds:.0f}s"


RULE = Rule(
    code="RES14",
    name="redelivered-before-done",
    theme="resilience",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

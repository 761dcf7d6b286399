"""A queue that keeps what nobody can handle.

## What it checks

A queue or topic with a consumer and no `dead_letter`: where another one states one, or where the consumer's own calls
are tried again (somebody thought of failure there); in the production set every one. Those that are dead letters
themselves are left alone.

## Why

One message that its worker cannot handle fails, goes back, fails again. It takes the worker's time for ever, and
where order matters it blocks all that stands behind it.

## Bad

```yaml
archspec: 1
name: The message that never leaves
components:
  api: {kind: server}
  jobs: {kind: queue}
  mails: {kind: queue, dead_letter: failed}
  failed: {kind: queue}
  worker: {kind: worker}
connections:
  - api -> [jobs, mails]
  - jobs -> worker
  - mails -> worker
```

## Good

```yaml
archspec: 1
name: The message that is put aside
components:
  api: {kind: server}
  jobs: {kind: queue, dead_letter: failed}
  mails: {kind: queue, dead_letter: failed}
  failed: {kind: queue}
  worker: {kind: worker}
connections:
  - api -> [jobs, mails]
  - jobs -> worker
  - mails -> worker
```

## When to ignore it

Messages may be lost, or the worker itself puts aside what it cannot handle.

## Source

[AWS, Using dead-letter queues in Amazon SQS](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html)
"""

from collections.abc import Iterator

from archspec.analysis import Calls
from archspec.model import PULLERS, Queue, Role, Topic
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every queue and topic without a dead letter queue."""
    queues = [queue for queue in context.architecture.components.values() if isinstance(queue, (Queue, Topic))]
    dead_letters = {queue.dead_letter for queue in queues}
    for queue in queues:
        consumer = _consumer(context, queue.id)
        if queue.dead_letter or queue.id in dead_letters or consumer is None:
            continue
        peer = next((other for other in queues if other.dead_letter), None)
        if peer is None and not _tries_again(context, consumer) and not context.closed_world:
            yield Unknown("dead letters", queue.id)
            continue
        yield Found(
            ("components", queue.id, "dead_letter"),
            f"a message `{consumer}` cannot handle blocks `{queue.id}` for ever",
            "set `dead_letter`.",
            related=((("components", peer.id, "dead_letter"), "another queue has one"),) if peer else (),
        )


def _consumer(context: Context, queue: str) -> str | None:
    """Who takes messages from it: whom it points to, or a worker that points to it."""
    architecture = context.architecture
    told = [edge.to for edge in architecture.outgoing[queue] if edge.implied_by != "dead_letter"]
    pulling = [edge.from_ for edge in architecture.incoming[queue]]
    taking = [id_ for id_ in told if architecture.components[id_].kind_of.role in (Role.COMPUTE, Role.QUEUE)]
    taking += [id_ for id_ in pulling if architecture.components[id_].kind in PULLERS]
    called = [c.callee for c in context.once(Calls).all if c.caller == queue]
    return next(iter([*taking, *called]), None)


def _tries_again(context: Context, consumer: str) -> bool:
    stated = any(edge.retries and edge.retries.attempts > 1 for edge in context.architecture.outgoing[consumer])
    return stated or any(call.caller == consumer and call.step.retries for call in context.once(Calls).all)


RULE = Rule(
    code="RES07",
    name="no-dead-letter",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

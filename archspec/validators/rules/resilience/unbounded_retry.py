"""A call that is tried so often that it no longer helps.

## What it checks

`retries` with more than `maximum-attempts` (5) tries, the first one counted, on a connection or a step; and a queue
whose stated `max_deliveries` is above that.

## Why

What fails three times in a row fails the fourth time too: further tries keep the caller waiting and load a callee
that is in trouble already.

## Bad

```yaml
archspec: 1
name: Never giving up
components:
  app: {kind: client}
  api: {kind: gateway, health_check: {path: /healthz}}
  maps: {kind: server, replicas: 2}
connections:
  - app -> api: https
  - api -> maps: {timeout: 1s, retries: {attempts: 10, backoff: exponential(50ms jitter=full)}}
```

## Good

```yaml
archspec: 1
name: Giving up in time
components:
  app: {kind: client}
  api: {kind: gateway, health_check: {path: /healthz}}
  maps: {kind: server, replicas: 2}
connections:
  - app -> api: https
  - api -> maps: {timeout: 1s, retries: {attempts: 3, backoff: exponential(50ms jitter=full)}}
```

## When to ignore it

Nobody waits for the call, as in a job by night whose tries are hours apart.

## Source

[Google, Site Reliability Engineering: Addressing Cascading Failures](https://sre.google/sre-book/addressing-cascading-failures/)
"""

from collections.abc import Iterator

from archspec.model import Path, Queue, Retries, Topic
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every `retries` and `max_deliveries` above the bound."""
    most = context.parameters.maximum_attempts
    for path, callee, retries in _stated(context):
        if retries.attempts > most:
            yield Found(
                path,
                f"up to {retries.attempts} tries of `{callee}` for one request",
                "set `attempts: 3`.",
                element=callee,
            )
    for queue in context.architecture.of_kind("queue", "topic"):
        if isinstance(queue, (Queue, Topic)) and queue.max_deliveries > most:
            yield Found(
                ("components", queue.id, "max_deliveries"),
                f"up to {queue.max_deliveries} deliveries of one message of `{queue.id}`",
                "set `max_deliveries: 3`.",
            )


def _stated(context: Context) -> Iterator[tuple[Path, str, Retries]]:
    """Each `retries` where it is written, with who is tried."""
    for connection in context.architecture.connections:
        if connection.retries:
            yield ("connections", connection.name, "retries", "attempts"), connection.to, connection.retries
    for flow in context.architecture.flows:
        for visit in context.architecture.walk(flow):
            if visit.step.retries and visit.path[1] == flow:
                yield (*visit.path, "retries", "attempts"), visit.step.call[0], visit.step.retries


RULE = Rule(
    code="RES02",
    name="unbounded-retry",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""Retries that all come back at the same moment.

## What it checks

`retries` with two or more attempts whose back-off is absent or has no jitter.

## Why

A callee that stumbles fails many calls at once. Without jitter they all return at once, and again, in step: the
callee meets a wave each time it gets up.

## Bad

```yaml
archspec: 1
name: In step
components:
  app: {kind: client}
  api: {kind: gateway, health_check: {path: /healthz}}
  maps: {kind: server, replicas: 2}
connections:
  - app -> api: https
  - api -> maps: {timeout: 1s, retries: {attempts: 3, backoff: constant(100ms)}}
```

## Good

```yaml
archspec: 1
name: Out of step
components:
  app: {kind: client}
  api: {kind: gateway, health_check: {path: /healthz}}
  maps: {kind: server, replicas: 2}
connections:
  - app -> api: https
  - api -> maps: {timeout: 1s, retries: {attempts: 3, backoff: exponential(100ms jitter=full)}}
```

## When to ignore it

Very few callers, whose calls do not fail together.

## Source

[AWS, Exponential Backoff And Jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)
"""

from collections.abc import Iterator

from archspec.model import Connection, Path, Retries
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every `retries` without jitter, where it is written."""
    for connection in context.architecture.connections:
        if connection.retries:
            path: Path = ("connections", connection.name, "retries")
            yield from _judged(connection.retries, path, connection)
    for flow in context.architecture.flows:
        for visit in context.architecture.walk(flow):
            if visit.step.retries and visit.path[1] == flow:
                link = context.architecture.link(visit.caller, visit.step.call[0], visit.step.via)
                yield from _judged(visit.step.retries, (*visit.path, "retries"), link)


def _judged(retries: Retries, path: Path, link: Connection) -> Iterator[Found]:
    if retries.attempts < 2 or (retries.backoff is not None and retries.backoff.jitter != "none"):
        return
    when = "at once" if retries.backoff is None else f"after the same {retries.backoff.first}"
    yield Found(
        (*path, "backoff"),
        f"all that `{link.from_}` failed to ask of `{link.to}` comes back {when}",
        "set `backoff: exponential(50ms jitter=full)`.",
        element=link.name,
    )


RULE = Rule(
    code="RES11",
    name="retry-without-jitter",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

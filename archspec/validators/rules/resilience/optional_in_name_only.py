"""An optional call that the request waits for longer than its promise allows.

## What it checks

A call with `optional: true` in a flow that promises a p99, whose timeout with all its tries is absent or longer
than that p99. Without a promise there is nothing to break.

## Why

`optional` says that the answer may be missing, not that waiting for it is free. When the callee hangs, every request
hangs for the whole timeout: nothing fails, and everything is late.

## Bad

```yaml
archspec: 1
name: Optional, but awaited
components:
  app: {kind: client}
  api: {kind: gateway}
  ads: {kind: server}
connections:
  - app -> api: https
  - api -> ads: {timeout: 2s}
flows:
  home:
    from: app
    objective: {p99: 400ms}
    steps: [{call: api, steps: [{call: ads, optional: true}]}]
```

## Good

```yaml
archspec: 1
name: Optional, and awaited for a moment
components:
  app: {kind: client}
  api: {kind: gateway}
  ads: {kind: server}
connections:
  - app -> api: https
  - api -> ads: {timeout: 2s}
flows:
  home:
    from: app
    objective: {p99: 400ms}
    steps: [{call: api, steps: [{call: ads, optional: true, timeout: 100ms}]}]
```

## When to ignore it

The promise leaves out the time in which that callee is down.

## Source

[AWS, Timeouts, retries and backoff with jitter](https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)
"""

from collections.abc import Iterator

from archspec.analysis import Call, Calls
from archspec.analysis.waiting import limit
from archspec.model import Duration, Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every optional call that may outlast its flow's p99, once per step."""
    seen = set()
    for call in context.once(Calls).all:
        objective = context.architecture.flows[call.flow].objective
        promised = objective.p99 if objective else None
        is_message = context.architecture.components[call.callee].kind_of.role is Role.QUEUE
        if not (call.step.optional and call.waits) or promised is None or is_message or call.path in seen:
            continue
        longest = limit(call.terms)
        if longest is None or longest > promised.nanoseconds:
            seen.add(call.path)
            yield _found(call, longest, promised)


def _found(call: Call, longest: float | None, promised: Duration) -> Found:
    waiting = "it has no timeout and" if longest is None else f"its {Duration(int(longest))} timeout"
    quarter = max(1, round(promised.nanoseconds / 4e6))
    return Found(
        (*call.path, "timeout" if call.step.timeout else "optional"),
        f"`{call.callee}` is optional, yet {waiting} breaks the {promised} of {call.flow} when it hangs",
        f"set `timeout: {quarter}ms`.",
        element=call.callee,
    )


RULE = Rule(
    code="RES12",
    name="optional-in-name-only",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

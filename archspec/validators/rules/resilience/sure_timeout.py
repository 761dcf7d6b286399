"""A time-out shorter than the work that it waits for.

## What it checks

For every call that is waited for: the time that its callee certainly spends on it (its own work, and what it waits for
in turn; misses and chances left out) against the call's timeout. An error where 999 of 1000 calls take longer, a
warning where half of them do. The call of a client, or of an external system, without a timeout is given up after 60 s.
A warning too where only the calls of a function take longer for which it starts an instance (its `cold_start`, which
typically takes that long, and the work). A flow whose `response` is an error shows one on purpose, and is not judged.

## Why

Such a call never ends well: the caller gives up each time, the callee works on for nobody, and retries only repeat it.

## Bad

```yaml
archspec: 1
name: Two seconds for a report of five
components:
  app: {kind: client}
  api: {kind: server}
  reports: {kind: server}
connections:
  - app -> api: https
  - api -> reports: {timeout: 2s}
flows:
  report:
    from: app
    steps: [{call: api, steps: [{call: reports, takes: 5s}]}]
```

## Good

```yaml
archspec: 1
name: Ten seconds for a report of five
components:
  app: {kind: client}
  api: {kind: server}
  reports: {kind: server}
connections:
  - app -> api: https
  - api -> reports: {timeout: 10s}
flows:
  report:
    from: app
    steps: [{call: api, steps: [{call: reports, takes: 5s}]}]
```

## When to ignore it

The step's times are guesses on the safe side: write measured ones.

## Source

[AWS, Timeouts, retries and backoff with jitter](https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)
"""

from collections.abc import Iterator

from archspec.analysis import Call, Calls
from archspec.analysis.least_work import LeastWork, nearly_always, typically
from archspec.model import Component, Duration, Function
from archspec.model.attempts import PATIENCE
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration


def check(context: Context) -> Iterator[Found]:
    """One finding per connection, for the call that takes longest."""
    worst: dict[str, Found] = {}
    longest: dict[str, float] = {}
    degrees = (
        (LeastWork(context.architecture, nearly_always), Severity.ERROR),
        (LeastWork(context.architecture, typically), Severity.WARNING),
    )
    for call in context.once(Calls).all:
        limit, taken = _limit(context, call), 0.0
        if limit is None:
            continue
        for work, severity in degrees:
            taken = work.of_call(call.step, call.caller, call.callee)
            if taken > limit:
                if taken > longest.get(call.connection, 0.0):
                    longest[call.connection] = taken
                    worst[call.connection] = _found(context, call, limit, taken, severity)
                break
        else:
            taken += cold_start(context.architecture.components[call.callee])
            if limit < taken > longest.get(call.connection, 0.0):
                longest[call.connection] = taken
                worst[call.connection] = _found(context, call, limit, taken, None)
    yield from worst.values()


def cold_start(component: Component) -> float:
    """How long a new instance of a function typically takes until it works, in nanoseconds; 0 of what is none."""
    starts = component.cold_start if isinstance(component, Function) else None
    return starts.median if starts is not None else 0.0


def _limit(context: Context, call: Call) -> float | None:
    """How long the caller waits for one attempt, in nanoseconds; None: nobody waits, or for ever."""
    if context.architecture.flows[call.flow].fails_on_purpose or not call.waits:
        return None
    if context.architecture.is_pulled(call.caller, call.callee):
        return None
    if call.terms.timeout is not None:
        return call.terms.timeout.nanoseconds
    if context.architecture.flows[call.flow].comes_by_clock:
        return None
    is_outside = not context.architecture.begins_inside(context.architecture.flows[call.flow])
    return PATIENCE.nanoseconds if is_outside and not call.visit.within else None


def _found(context: Context, call: Call, limit: float, taken: float, severity: Severity | None) -> Found:
    """Without a severity: only where an instance is started for the call."""
    often = "every call times out" if severity is Severity.ERROR else "every other call times out"
    takes = "takes" if severity is Severity.ERROR else "typically takes"
    if severity is None:
        often, takes = "every call for which an instance is started times out", "with a cold start typically takes"
    is_stated = call.terms.timeout is not None
    at_step = call.step.timeout is not None
    path = (*call.path, "timeout") if at_step else ("connections", call.connection, "timeout")
    raised = Duration(int(_rounded_up(2 * taken)))
    return Found(
        path if is_stated or context.architecture.connection(call.caller, call.callee) else (*call.path, "call"),
        f"`{call.caller}` gives up on `{call.callee}` after {Duration(int(limit))}, and {call.flow} {takes} "
        f"{duration(taken, digits=4)} there: {often}",
        f"{'raise the timeout' if is_stated else 'set `timeout`'} to {raised}, or hand the work to a queue.",
        element=call.connection,
        severity=severity or Severity.WARNING,
        related=(((*call.path, "call"), "this is what takes so long"),),
    )


def _rounded_up(time: float) -> float:
    """To a whole tenth of a second below ten, to a whole second from there on."""
    unit = 1e8 if time < 1e10 else 1e9
    return -(-time // unit) * unit


RULE = Rule(
    code="RES13",
    name="sure-timeout",
    theme="resilience",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

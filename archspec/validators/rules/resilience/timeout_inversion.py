"""A caller that gives up while its callee still waits for others.

## What it checks

For every call with a timeout, the longest that the calls inside it may take: tries × timeout + back-off of each,
added where they follow one another, the longest of parallel ones. An error where one call alone outlasts the
caller's timeout, a warning where only the sum does. What has no timeout counts as nothing, full jitter as no wait.

## Why

The caller has told its user that it failed, and the callee does not know: it goes on waiting, working and trying
again for nobody, and the user's second attempt comes on top.

## Bad

```yaml
archspec: 1
name: Giving up too early
components:
  app: {kind: client}
  lb: {kind: gateway}
  api: {kind: server}
  stock: {kind: server}
connections:
  - app -> lb: https
  - lb -> api: {timeout: 1s}
  - api -> stock: {timeout: 400ms, retries: {attempts: 3, idempotent: true}}
flows:
  order:
    from: app
    steps: [{call: lb, steps: [{call: api, steps: [{call: stock}]}]}]
```

## Good

```yaml
archspec: 1
name: Waiting for the tries
components:
  app: {kind: client}
  lb: {kind: gateway}
  api: {kind: server}
  stock: {kind: server}
connections:
  - app -> lb: https
  - lb -> api: {timeout: 1s}
  - api -> stock: {timeout: 400ms, retries: {attempts: 2, idempotent: true}}
flows:
  order:
    from: app
    steps: [{call: lb, steps: [{call: api, steps: [{call: stock}]}]}]
```

## When to ignore it

Deadlines travel with the request, so that the callee stops when its caller does.

## Source

[Google, Site Reliability Engineering: Addressing Cascading Failures, Latency and Deadlines](https://sre.google/sre-book/addressing-cascading-failures/)
"""

from collections.abc import Iterator

from archspec.analysis.waiting import Wait, least_backoff, timeout_path, waits
from archspec.model import Duration, Path
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration, listing

STEP = 100_000_000
"""A timeout is raised by whole tenths of a second."""


def check(context: Context) -> Iterator[Found]:
    """One finding per timeout, for the flow in which most happens inside it."""
    worst: dict[Path, Wait] = {}
    for flow in context.architecture.flows:
        for wait in waits(context.architecture, flow):
            path = timeout_path(wait)
            if wait.is_inverted and (path not in worst or wait.inside > worst[path].inside):
                worst[path] = wait
    for path, wait in worst.items():
        yield _found(path, wait)


def _found(path: Path, wait: Wait) -> Found:
    timeout = wait.terms.timeout
    own = timeout.nanoseconds if timeout else 0
    longest = wait.longest
    is_alone = longest is not None and longest.bound > own
    gives_up = f"`{wait.caller}` gives up on `{wait.callee}` after {timeout}"
    raised = Duration(int((wait.inside // STEP + 1) * STEP))
    if longest is not None and is_alone:
        while_ = f"`{longest.callee}` may take {_spelled(longest)}"
    else:
        while_ = f"{_names(wait)} may take {duration(wait.inside, digits=4)} one after the other"
    return Found(
        path,
        f"{gives_up} while {while_}: work done for nobody",
        f"raise it to {raised}{_fewer(wait, own)}.",
        element=wait.terms.connection.name,
        severity=Severity.ERROR if is_alone else Severity.WARNING,
        related=tuple((timeout_path(inner), "this one is waited for") for inner in wait.inner if inner.terms.timeout),
    )


def _names(wait: Wait) -> str:
    """What is waited for one after the other, work of its own included where that is known."""
    names = list(dict.fromkeys(f"`{inner.callee}`" for inner in wait.inner if inner.bound))
    if wait.inside - sum(inner.bound for inner in wait.inner) > 1:
        names.append("its own work")
    return listing(names)


def _spelled(wait: Wait) -> str:
    """`1.2 s (3 x 400ms)`."""
    tries = wait.terms.retries.attempts if wait.terms.retries else 1
    total = duration(wait.bound, digits=4)
    if tries == 1 or wait.terms.timeout is None:
        return total
    pause = " and back-off" if least_backoff(wait.terms.retries) else ""
    return f"{total} ({tries} x {wait.terms.timeout}{pause})"


def _fewer(wait: Wait, own: int) -> str:
    """The most attempts of the longest call that fit, where fewer would."""
    longest = wait.longest
    if longest is None or longest.terms.retries is None or longest.terms.timeout is None:
        return ""
    rest = wait.inside - longest.bound
    for attempts in range(min(longest.terms.retries.attempts - 1, 100), 0, -1):
        pause = least_backoff(longest.terms.retries.model_copy(update={"attempts": attempts}))
        if rest + attempts * longest.terms.timeout.nanoseconds + pause <= own:
            return f" or set `attempts: {attempts}`"
    return ""


RULE = Rule(
    code="RES06",
    name="timeout-inversion",
    theme="resilience",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("RES13",),
)

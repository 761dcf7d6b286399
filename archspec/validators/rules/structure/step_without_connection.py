"""A call along a connection that is not there.

## What it checks

A step in which A calls B, while there is no connection from A to B, no key of A that implies one (`caches`,
`sessions_in`, …), and, where one of them is a queue, none from B to A. What is called on a cache's miss may
be connected to the cache or to its caller. Of a list (`call: [x, y]`) a caller asks those it is connected to,
and one is enough; below a list everybody on it is a caller, each judged by itself. A spec without any
connection is not judged: there the flows say who asks whom.

## Why

Connections and flows describe one system from two sides. Where they disagree one of them is wrong, and
pictures and traces would show different systems.

## Bad

```yaml
archspec: 1
name: A payment out of nowhere
components:
  app: {kind: client}
  api: {kind: server}
  payments: {kind: server}
connections:
  - app -> api: https
flows:
  pay: {from: app, steps: [{call: api, steps: [{call: payments}]}]}
```

## Good

```yaml
archspec: 1
name: A payment along an arrow
components:
  app: {kind: client}
  api: {kind: server}
  payments: {kind: server}
connections:
  - app -> api: https
  - api -> payments
flows:
  pay: {from: app, steps: [{call: api, steps: [{call: payments}]}]}
```

## When to ignore it

Never: write the connection, or mend the step.

## Source

[Kruchten, The 4+1 view model: scenarios tie the views together](https://doi.org/10.1109/52.469759)
"""

from collections.abc import Iterator

from archspec.language import Addition
from archspec.model import Architecture, Role, held_at
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.visits import Call, calls


def check(context: Context) -> Iterator[Found]:
    """Calls of flows against connections, each ordered pair once."""
    architecture = context.architecture
    if not architecture.connections and not architecture.group_arrows:
        return
    seen: set[tuple[str, str]] = set()
    for call in context.once(calls):
        callee = call.callees[0]
        for caller in call.visit.callers:
            if (caller, callee) in seen or any(_connected(architecture, call, caller, each) for each in call.callees):
                continue
            seen.add((caller, callee))
            yield Found(
                (*call.path, "call"),
                f"`{caller}` calls `{callee}` but has no connection to it",
                f"add `- {caller} -> {callee}`.",
                element=f"{caller} -> {callee}",
                adds=Addition(("connections", f"{caller} -> {callee}")),
            )


def _connected(architecture: Architecture, call: Call, caller: str, callee: str) -> bool:
    """Whether the caller is connected to it; on a miss that may be the cache or who asked it."""
    callers = [caller]
    if call.visit.branch == "on_miss":
        callers.append(call.visit.within[-1].step.call[0])
    for each in callers:
        queue = Role.QUEUE in {architecture.components[id_].kind_of.role for id_ in (each, callee)}
        if (
            _is_along_session(architecture, call, each, callee)
            or architecture.connection(each, callee)
            or (queue and architecture.connection(callee, each))
        ):
            return True
    return False


def _is_along_session(architecture: Architecture, call: Call, caller: str, callee: str) -> bool:
    """Whether it is a push to a user, back along the session that the caller holds."""
    via = architecture.flows[call.flow].via
    if via is None:
        return False
    session = architecture.flows[via]
    return callee == session.from_ and caller in held_at(architecture, session)


RULE = Rule(
    code="STR10",
    name="step-without-connection",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

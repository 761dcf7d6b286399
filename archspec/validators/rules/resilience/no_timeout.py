"""A call that waits for as long as the other side likes.

## What it checks

A call to an `external` system, or one over a connection with `retries`, that is waited for and has no `timeout`, at
its step, its connection or in the defaults. Likewise one whose caller has `slots`, or a `max_concurrent` for it,
where the callee stands in several zones or hosts, any of which may fall silent, or in one of several that the caller
outlives; and a call of a component with `slots` to itself. In the production set every call that is waited for. A
client's first hop, logs, metrics, messages put into a queue, and what one external system asks of another, are not
meant.

## Why

A callee that hangs is worse than one that refuses: each waiting call holds a slot of its caller, until the caller
has none left and hangs as well. And what never times out is never tried again.

## Bad

```yaml
archspec: 1
name: Waiting for the provider
components:
  app: {kind: client}
  api: {kind: gateway}
  maps: {kind: external}
connections:
  - app -> api: https
  - api -> maps: https
```

## Good

```yaml
archspec: 1
name: Not waiting for ever
components:
  app: {kind: client}
  api: {kind: gateway}
  maps: {kind: external}
connections:
  - app -> api: https
  - api -> maps: {protocol: https, timeout: 2s}
```

## When to ignore it

The call is a stream that stays open on purpose, and dead connections are found by other means.

## Source

[AWS, Timeouts, retries and backoff with jitter](https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)
"""

from collections.abc import Iterator

from archspec.analysis import Call, Calls, is_provided
from archspec.language import Addition
from archspec.model import Architecture, Connection, Path, Role, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown
from archspec.validators.facts.places import only_place, outlives, places

_NOT_WAITED_FOR = (Role.QUEUE, Role.TELEMETRY, Role.CHANNEL, Role.DELIVERY)


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every call without a timeout, once per pair of components."""
    calls: dict[str, list[Call]] = {}
    for call in context.once(Calls).all:
        calls.setdefault(call.connection, []).append(call)
    for connection in context.architecture.connections:
        made = calls.pop(connection.name, [])
        open_ended = [call for call in made if call.waits and call.terms.timeout is None]
        if connection.timeout is None and (open_ended or not made) and not connection.speaks_messages:
            if made and _waits_for_itself(context.architecture, connection):
                yield _found_of_loop(context.architecture, connection)
                continue
            is_tried_again = bool(connection.retries) or any(call.step.retries for call in open_ended)
            yield from _judged(context, connection, ("connections", connection.name), is_tried_again)
    for name, made in calls.items():  # calls that no connection carries
        open_ended = [call for call in made if call.waits and call.terms.timeout is None]
        if open_ended:
            first = open_ended[0]
            yield from _judged(
                context, first.terms.connection, (*first.path, "call"), any(c.terms.retries for c in open_ended), name
            )


def _judged(
    context: Context, connection: Connection, path: Path, is_tried_again: bool, element: str | None = None
) -> Iterator[Found | Unknown]:
    if not _is_waited_for(context.architecture, connection):
        return
    is_external = context.architecture.components[connection.to].kind == "external"
    held = _held_by_silence(context.architecture, connection)
    if not (is_external or is_tried_again or held or context.closed_world):
        yield Unknown("timeouts", connection.name)
        return
    what = f"`{connection.from_}` waits for `{connection.to}` without end, holding a slot each time"
    if held and not (is_external or is_tried_again):
        what = f"calls of `{connection.to}` that are under way when {held} falls silent never end"
        what += f": they hold the slots of `{connection.from_}` for ever"
    yield Found(
        path,
        what,
        "add `timeout: 2s`.",
        element=element or connection.name,
        severity=Severity.ERROR if context.closed_world else None,
        adds=Addition(("connections", connection.name, "timeout"), "2s"),
    )


def _waits_for_itself(architecture: Architecture, connection: Connection) -> bool:
    """Whether a call of a component to itself holds a slot and waits for another of the same ones."""
    has_slots = getattr(architecture.components[connection.from_], "slots", None) is not None
    return connection.from_ == connection.to and has_slots


def _found_of_loop(architecture: Architecture, connection: Connection) -> Found:
    id_ = connection.from_
    component = architecture.components[id_]
    slots = architecture.count(component) * int(getattr(component, "slots", 1))
    surely = (
        "the first call waits for ever" if slots == 1 else "when all are held by calls that wait, they wait for ever"
    )
    return Found(
        ("connections", connection.name),
        f"`{id_}` calls itself while it holds one of its slots, and waits for another without end: {surely}",
        "add `timeout: 2s`.",
        element=connection.name,
        severity=Severity.ERROR if slots == 1 else Severity.WARNING,
        adds=Addition(("connections", connection.name, "timeout"), "2s"),
    )


def _held_by_silence(architecture: Architecture, connection: Connection) -> str | None:
    """A place whose silence exhausts a caller that would survive it: it has only so many slots, or calls at once."""
    caller, callee = architecture.components[connection.from_], architecture.components[connection.to]
    is_bounded = connection.max_concurrent is not None or getattr(caller, "slots", None) is not None
    if not is_bounded or not isinstance(callee, Running) or is_provided(callee):
        return None
    if len(several := places(architecture, callee)) > 1:
        return several[0]
    place = only_place(architecture, callee)
    return place if place is not None and outlives(architecture, caller, place) else None


def _is_waited_for(architecture: Architecture, connection: Connection) -> bool:
    asks, answers = architecture.components[connection.from_], architecture.components[connection.to]
    both = (asks.kind_of.role, answers.kind_of.role)
    if asks.kind == "external":
        return False  # not ours to change
    return asks.kind_of.role is not Role.ACTOR and not any(role in _NOT_WAITED_FOR for role in both)


RULE = Rule(
    code="RES01",
    name="no-timeout",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

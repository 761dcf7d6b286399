"""A call that does harm when it is made twice, and is tried again.

## What it checks

`retries` with two or more attempts and `idempotent: false`. Or nothing said of `idempotent`, and a POST or PATCH
flow makes the call for more than reading: then a warning. GET, HEAD, PUT and DELETE may be repeated by definition.

## Why

A timeout does not say that nothing happened. The first attempt may have charged the card and lost only its answer;
the second charges it again.

## Bad

```yaml
archspec: 1
name: Charged twice
components:
  app: {kind: client}
  api: {kind: gateway, health_check: {path: /healthz}}
  billing: {kind: server, replicas: 2}
connections:
  - app -> api: https
  - api -> billing: {timeout: 2s, retries: {attempts: 3, backoff: exponential(50ms jitter=full), idempotent: false}}
```

## Good

```yaml
archspec: 1
name: Charged once
components:
  app: {kind: client}
  api: {kind: gateway, health_check: {path: /healthz}}
  billing: {kind: server, replicas: 2}
connections:
  - app -> api: https
  - api -> billing: {timeout: 2s, retries: {attempts: 3, backoff: exponential(50ms jitter=full), idempotent: true}}
```

## When to ignore it

Doing it twice is cheap to notice and to undo, and somebody does.

## Source

[RFC 9110, Idempotent Methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods) ·
[Stripe, Idempotent requests](https://docs.stripe.com/api/idempotent_requests)
"""

from collections.abc import Iterator

from archspec.analysis import Call, Calls
from archspec.model import Path, Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity

UNSAFE = ("POST", "PATCH")
REMEDY = "send an idempotency key and set `idempotent: true`, or drop `retries`."


def check(context: Context) -> Iterator[Found]:
    """Every call that is tried again and may not be."""
    calls: dict[Path, list[Call]] = {}
    for call in context.once(Calls).all:
        if call.terms.retries and call.terms.retries.attempts > 1:
            calls.setdefault(_written_at(call), []).append(call)
    for connection in context.architecture.connections:
        if connection.retries and connection.retries.attempts > 1 and connection.retries.idempotent is False:
            path: Path = ("connections", connection.name, "retries")
            yield _found(context, path, connection.to, connection.name, calls.pop(path, []), Severity.ERROR)
    for path, made in calls.items():
        retries, first = made[0].terms.retries, made[0]
        if retries is not None and retries.idempotent is False:
            yield _found(context, path, first.callee, first.connection, made, Severity.ERROR)
        elif retries is not None and retries.idempotent is None:
            harmful = [call for call in made if _may_harm(context, call)]
            if harmful:
                yield _found(context, path, first.callee, first.connection, harmful, Severity.WARNING)


def _written_at(call: Call) -> Path:
    return (*call.path, "retries") if call.step.retries else ("connections", call.connection, "retries")


def _may_harm(context: Context, call: Call) -> bool:
    """Whether a POST or PATCH makes the call, and for more than reading."""
    if _method(context, call) not in UNSAFE:
        return False
    is_store = context.architecture.components[call.callee].kind_of.role in (Role.STORE, Role.CACHE)
    stated = call.step.access or call.terms.connection.access
    return stated != "read" and not (is_store and call.terms.access == "read")


def _method(context: Context, call: Call) -> str | None:
    return context.architecture.flows[call.flow].method


def _found(context: Context, path: Path, callee: str, connection: str, calls: list[Call], severity: Severity) -> Found:
    unsafe = next((call for call in calls if _method(context, call) in UNSAFE), None)
    told = unsafe or next(iter(calls), None)
    does = told.step.does if told else None
    what = f"a retried {_method(context, unsafe)} may" if unsafe else f"a retried call of `{callee}` may"
    return Found(
        (*path, "idempotent"),
        f"{what} {does} twice" if does else f"{what} take effect twice" + (f" at `{callee}`" if unsafe else ""),
        REMEDY,
        element=connection,
        severity=severity,
    )


RULE = Rule(
    code="RES03",
    name="retry-of-non-idempotent",
    theme="resilience",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""An entry at which anybody may ask as often as they like.

## What it checks

In the production set: the first load balancer, gateway or server that a client reaches, without a `rate_limit` on
it or on a CDN before it.

## Why

One client with a bug, or with a purpose, takes what all others need. A limit at the entry costs nothing there and
is the only protection that works before a request has done any work.

## Bad

```yaml
archspec: 1
name: As often as they like
components:
  app: {kind: client}
  api: {kind: gateway, authentication: token, web_firewall: true, logs_to: logs}
  logs: {kind: log_service, retention: 30d}
connections:
  - app -> api: https
```

## Good

```yaml
archspec: 1
name: Not more often than this
components:
  app: {kind: client}
  api: {kind: gateway, authentication: token, web_firewall: true, logs_to: logs, rate_limit: 1000/s}
  logs: {kind: log_service, retention: 30d}
connections:
  - app -> api: https
```

## When to ignore it

All clients are your own and few, or something in front that is not in the spec limits them.

## Source

[OWASP, API4:2023 Unrestricted Resource Consumption](https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/)
"""

from collections.abc import Iterator

from archspec.model import RateLimited
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_PASSED = ("dns", "cdn")


def check(context: Context) -> Iterator[Found]:
    """Every entry without a limit, once."""
    architecture = context.architecture
    seen: set[str] = set()
    for client in architecture.of_kind("client"):
        waiting = [edge.to for edge in architecture.outgoing[client.id]]
        while waiting:
            id_ = waiting.pop(0)
            component = architecture.components[id_]
            if id_ in seen or (isinstance(component, RateLimited) and component.rate_limit):
                continue
            seen.add(id_)
            if component.kind in _PASSED:
                waiting += [edge.to for edge in architecture.outgoing[id_]]
            elif component.kind in ("load_balancer", "gateway", "server"):
                yield Found(
                    ("components", id_, "rate_limit"),
                    f"nothing limits how often `{client.id}` may ask `{id_}`",
                    "set `rate_limit`, such as `rate_limit: 1000/s`.",
                )


RULE = Rule(
    code="RES09",
    name="no-rate-limit",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.PRODUCTION,
    page=__doc__,
    check=check,
    closes_world=True,
)

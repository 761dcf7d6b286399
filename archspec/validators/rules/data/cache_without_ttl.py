"""A cache that never forgets.

## What it checks

A cache with a `hit` ratio that a flow asks, with neither `ttl` nor `eviction` written. Stores of sessions,
and caches that are not asked for hits, are not meant.

## Why

Without an end to the life of an entry the answer of last year is still served, and memory fills until the
product's own default decides what goes.

## Bad

```yaml
archspec: 1
name: For ever
components:
  app: {kind: client}
  api: {kind: server}
  titles: {kind: cache, hit: 90%}
connections:
  - app -> api: https
  - api -> titles
flows:
  read: {from: app, steps: [{call: api, steps: [{call: titles}]}]}
```

## Good

```yaml
archspec: 1
name: Five minutes
components:
  app: {kind: client}
  api: {kind: server}
  titles: {kind: cache, hit: 90%, ttl: 5m}
connections:
  - app -> api: https
  - api -> titles
flows:
  read: {from: app, steps: [{call: api, steps: [{call: titles}]}]}
```

## When to ignore it

Entries that never change under their key, named by a hash of their content: say `eviction: lru`.

## Source

[AWS: caching best practices, time to live](https://aws.amazon.com/caching/best-practices/)
"""

from collections.abc import Iterator

from archspec.model import Cache
from archspec.validators import Context, Found, Rule, RuleSet, Severity, calls


def check(context: Context) -> Iterator[Found]:
    """Caches that a flow asks, by what they say of the life of an entry."""
    architecture = context.architecture
    holds_sessions = {getattr(server, "sessions_in", None) for server in architecture.of_kind("server")}
    seen = set(holds_sessions)
    for call in context.once(calls):
        cache = architecture.components[call.callees[0]]
        if not isinstance(cache, Cache) or cache.id in seen:
            continue
        hit = call.visit.step.hit or cache.hit
        if hit is not None and hit.value > 0 and not cache.said("ttl", "eviction"):
            seen.add(cache.id)
            yield Found(
                ("components", cache.id),
                f"`{cache.id}` serves {hit} of {call.flow} and never forgets",
                "set `ttl` or `eviction`.",
                at_key=True,
            )


RULE = Rule(
    code="DAT07",
    name="cache-without-ttl",
    theme="data",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
    closes_world=True,
)

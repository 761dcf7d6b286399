"""Files that are the same for everybody, fetched from where they are stored each time.

## What it checks

A connection from a client or a load balancer straight to an `object_store` or `file_store` that no `cdn` `caches`.
An API that reads or signs URLs is not meant.

## Why

Every viewer pays the whole way to the store, and the store serves every byte again. A content delivery network
answers most of it near the viewer.

## Bad

```yaml
archspec: 1
name: Videos from afar
components:
  app: {kind: client}
  videos: {kind: object_store}
connections:
  - app -> videos: https
```

## Good

```yaml
archspec: 1
name: Videos from nearby
components:
  app: {kind: client}
  edge: {kind: cdn, caches: videos}
  videos: {kind: object_store}
connections:
  - app -> edge: https
```

## When to ignore it

Uploads, private files that are fetched once, and users who all sit beside the store.

## Source

[Google, HTTP caching and content delivery networks](https://web.dev/articles/content-delivery-networks)
"""

from collections.abc import Iterator

from archspec.model.traits import Caching
from archspec.validators.context import Context
from archspec.validators.finding import Found, Severity
from archspec.validators.rule import Rule, RuleSet


def check(context: Context) -> Iterator[Found]:
    """Every connection from a client or balancer to a store of files without a CDN before it."""
    components = context.architecture.components
    cached = {origin for c in components.values() if c.kind == "cdn" and isinstance(c, Caching) for origin in c.caches}
    for connection in context.architecture.connections:
        asks, store = components[connection.from_], components[connection.to]
        is_direct = asks.kind in ("client", "load_balancer") and store.kind in ("object_store", "file_store")
        if not is_direct or store.id in cached or connection.access == "write":
            continue
        yield Found(
            ("connections", connection.name),
            f"`{asks.id}` fetches from `{store.id}` directly",
            f"put a cdn with `caches: {store.id}` before it.",
            element=connection.name,
        )


RULE = Rule(
    code="PRF01",
    name="static-content-without-cdn",
    theme="performance",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("STR05",),
)

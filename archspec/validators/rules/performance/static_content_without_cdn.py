"""Files that are the same for everybody, fetched from where they are stored each time.

## What it checks

A connection from a client or a load balancer straight to an `object_store` or `file_store`, or to a server with
`static_content: true`, that no `cdn` stands before. An API that reads or signs URLs is not meant, nor a store with
`static_content: false`.

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

from archspec.analysis import Calls
from archspec.model import Caching, Component, Connection
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every connection from a client or balancer to files that are the same for all, without a CDN before them."""
    components = context.architecture.components
    cdns = [component for component in context.architecture.of_kind("cdn") if isinstance(component, Caching)]
    cached = {origin for cdn in cdns for origin in cdn.caches}
    cached |= {edge.to for cdn in cdns for edge in context.architecture.outgoing[cdn.id]}
    for connection in context.architecture.connections:
        asks, store = components[connection.from_], components[connection.to]
        is_direct = asks.kind in ("client", "load_balancer") and _serves_files(store)
        if not is_direct or store.id in cached or _only_writes(context, connection):
            continue
        yield Found(
            ("connections", connection.name),
            f"`{asks.id}` fetches from `{store.id}` directly",
            f"put a cdn with `caches: {store.id}` in front of it.",
            element=connection.name,
        )


def _only_writes(context: Context, connection: Connection) -> bool:
    made = [call for call in context.once(Calls).all if call.connection == connection.name]
    return connection.access == "write" or (bool(made) and all(call.terms.access == "write" for call in made))


def _serves_files(component: Component) -> bool:
    stated = getattr(component, "static_content", False)
    if component.kind == "server":
        return bool(stated)
    return component.kind in ("object_store", "file_store") and (bool(stated) or not component.said("static_content"))


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

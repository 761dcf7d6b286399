"""A store in the network that clients reach.

## What it checks

Where networks are declared: a database, cache, search index, queue, topic or file store in the same innermost
network as a component that a client asks.

## Why

Whoever takes over the part that faces the internet then stands beside the data. A network of their own makes
it two steps.

## Bad

```yaml
archspec: 1
name: One room
groups:
  room: {kind: network}
components:
  app: {kind: client}
  api: {kind: server, group: room}
  db: {kind: database, group: room}
connections:
  - app -> api: https
  - api -> db
```

## Good

```yaml
archspec: 1
name: Two rooms
groups:
  room: {kind: network}
  vault: {kind: network}
components:
  app: {kind: client}
  api: {kind: server, group: room}
  db: {kind: database, group: vault}
connections:
  - app -> api: https
  - api -> db
```

## When to ignore it

Where each store admits only named callers by certificate.

## Source

[NIST SP 800-207: zero trust architecture](https://csrc.nist.gov/pubs/sp/800/207/final)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity, network_of, requests

_STORES = ("database", "data_warehouse", "cache", "search_index", "queue", "topic", "file_store")


def check(context: Context) -> Iterator[Found]:
    """Stores by the network they share with what clients ask."""
    architecture = context.architecture
    reached: dict[str, str] = {}
    for client in architecture.of_kind("client"):
        for request in context.once(requests).of(client.id):
            network = network_of(architecture, architecture.components[request.link.to])
            if network:
                reached.setdefault(network, request.link.to)
    for store in architecture.of_kind(*_STORES):
        network = network_of(architecture, store)
        if network in reached and reached[network] != store.id:
            yield Found(
                ("components", store.id, "group"),
                f"`{store.id}` shares {network} with `{reached[network]}`, which clients reach",
                "give it a network of its own.",
            )


RULE = Rule(
    code="SEC06",
    name="no-segmentation",
    theme="security",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
    yields_to=("SEC02", "STR05"),
)

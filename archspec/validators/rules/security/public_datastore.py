"""A store where the internet can reach it.

## What it checks

A database, cache, search index, queue, topic or file store in a group with `trust: public`, its own or the nearest
that says so. An object store is made to be asked from outside. A client that asks a store is STR05.

## Why

A store in a public network is one forgotten password, or one flaw in its login, away from being copied by a
scanner that tries all addresses all day.

## Bad

```yaml
archspec: 1
name: Out in the street
groups:
  street: {kind: network, trust: public}
components:
  api: {kind: server, group: street}
  db: {kind: database, group: street}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: Behind the door
groups:
  street: {kind: network, trust: public}
  house: {kind: network, trust: private}
components:
  api: {kind: server, group: street}
  db: {kind: database, group: house}
connections:
  - api -> db
```

## When to ignore it

A managed store with no address of its own that is reached by identity alone.

## Source

[OWASP: database security cheat
sheet](https://cheatsheetseries.owasp.org/cheatsheets/Database_Security_Cheat_Sheet.html)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity

_STORES = ("database", "data_warehouse", "cache", "search_index", "queue", "topic", "file_store")


def check(context: Context) -> Iterator[Found]:
    """Stores by the trust of what they stand in."""
    architecture = context.architecture
    private = next((group.id for group in architecture.groups.values() if group.trust == "private"), None)
    for store in architecture.of_kind(*_STORES):
        if architecture.trust_of(store) == "public":
            yield Found(
                ("components", store.id, "group"),
                f"`{store.id}` is in {store.group} (trust: public)",
                f"move it to {private}." if private else "move it to a group with `trust: private`.",
            )


RULE = Rule(
    code="SEC02",
    name="public-datastore",
    theme="security",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("STR05",),
)

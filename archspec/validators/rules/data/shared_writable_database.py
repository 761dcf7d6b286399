"""A database that two teams write.

## What it checks

Two servers or workers with different owners write one database. `access: read` on a connection takes it out.
In the strict set also: three or more that write one database where nobody says who owns them.

## Why

What two teams write neither can change alone: every column is a contract without a version, and a mistake of
one is an outage of both.

## Bad

```yaml
archspec: 1
name: Two hands in one drawer
components:
  shop: {kind: server, owner: shop team}
  billing: {kind: server, owner: billing team}
  orders: {kind: database}
connections:
  - shop -> orders
  - billing -> orders
```

## Good

```yaml
archspec: 1
name: One asks the other
components:
  shop: {kind: server, owner: shop team}
  billing: {kind: server, owner: billing team}
  orders: {kind: database}
connections:
  - shop -> orders
  - billing -> shop
```

## When to ignore it

While a system is being split and the date of the next step is known.

## Source

[Richardson, Pattern: database per service](https://microservices.io/patterns/data/database-per-service.html)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests

_CROWD = 3


def check(context: Context) -> Iterator[Found]:
    """Writers of each database by who owns them."""
    architecture = context.architecture
    for database in architecture.of_kind("database", "data_warehouse"):
        asking = context.once(requests).at(database.id)
        writing = [
            (request, architecture.components[request.link.from_])
            for request in asking
            if request.link.access != "read"
        ]
        writers = [(request, caller) for request, caller in writing if caller.kind in ("server", "worker", "function")]
        owners = [architecture.owner_of(component) for _, component in writers]
        first = next((index for index, owner in enumerate(owners) if owner), None)
        if first is not None:
            other = next((i for i, owner in enumerate(owners) if owner and owner != owners[first]), None)
            if other is not None:
                one, two = (f"`{writers[i][1].id}` ({owners[i]})" for i in (first, other))
                yield Found(
                    writers[other][0].path,
                    f"{one} and {two} both write `{database.id}`",
                    "give one of them an API.",
                    element=database.id,
                )
        elif context.strict and len(writers) >= _CROWD:
            names = ", ".join(f"`{component.id}`" for _, component in writers)
            message = f"{names} write `{database.id}`, and nobody says whose they are"
            yield Found(writers[-1][0].path, message, "say their `owner`, or give it one API.", element=database.id)


RULE = Rule(
    code="DAT06",
    name="shared-writable-database",
    theme="data",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

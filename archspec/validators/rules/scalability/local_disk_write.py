"""Data written to a server's own disk.

## What it checks

A server whose `local_storage` names `data`, `uploads` or `sessions`. `temporary` files and a `cache` may be
lost; `logs` are OBS01.

## Why

What one replica has written the others do not see, and when its machine goes it is gone. A single server
works until the day it needs a second one, or a new disk.

## Bad

```yaml
archspec: 1
name: Uploads on the machine
components:
  diary: {kind: server, local_storage: [uploads]}
  entries: {kind: database}
connections:
  - diary -> entries
```

## Good

```yaml
archspec: 1
name: Uploads in a store
components:
  diary: {kind: server, local_storage: [temporary]}
  photos: {kind: object_store}
  entries: {kind: database}
connections:
  - diary -> [photos, entries]
```

## When to ignore it

A replicated file system that shows all servers the same disk: model it as a `file_store`.

## Source

[The Twelve-Factor App, IV: backing services](https://12factor.net/backing-services)
"""

from collections.abc import Iterator

from archspec.model import Server
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import one_in

_MAY_BE_LOST = ("temporary", "cache", "logs")
_BETTER = {"uploads": "an object_store", "data": "a database", "sessions": "a shared cache"}


def check(context: Context) -> Iterator[Found]:
    """One finding for each server, at the first entry that must not be lost."""
    for server in context.architecture.of_kind("server"):
        if not isinstance(server, Server):
            continue
        kept = [entry for entry in server.local_storage or () if entry not in _MAY_BE_LOST]
        if not kept:
            continue
        index = (server.local_storage or ()).index(kept[0])
        count = server.instances
        sees = f"each of {count} replicas sees {one_in(count)}" if count > 1 else "they go with the machine"
        yield Found(
            ("components", server.id, "local_storage", index),
            f"`{server.id}` writes {' and '.join(kept)} to its own disk: {sees}",
            f"use {_BETTER[kept[0]]}.",
        )


RULE = Rule(
    code="SCL04",
    name="local-disk-write",
    theme="scalability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

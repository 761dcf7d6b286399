"""A store of record without a backup.

## What it checks

`backup: none` stated on a database or file store, or on an object store that keeps no versions; and a missing
`backup` where another store states one. A read-only copy (`replica_of`), a cache, a search index and a queue
can be made again. In the production set a missing `backup` is a violation in any case.

## Why

Replicas copy mistakes faithfully: a wrong DELETE, a bad migration or ransomware is on all of them within a
second. Only a copy from before helps.

## Bad

```yaml
archspec: 1
name: One of two
components:
  api: {kind: server}
  orders: {kind: database, backup: {every: 1d, keep: 30d, restore_tested: 90d}}
  users: {kind: database, backup: none}
connections:
  - api -> [orders, users]
```

## Good

```yaml
archspec: 1
name: Both
components:
  api: {kind: server}
  orders: {kind: database, backup: {every: 1d, keep: 30d, restore_tested: 90d}}
  users: {kind: database, backup: {every: 1d, keep: 30d, restore_tested: 90d}}
connections:
  - api -> [orders, users]
```

## When to ignore it

Data that can be had again from elsewhere: the reason says from where, and how long that takes.

## Source

[CISA, Data backup options](https://www.cisa.gov/sites/default/files/publications/data_backup_options.pdf)
"""

from collections.abc import Iterator

from archspec.model import Backup, Store
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown

_KINDS = ("database", "data_warehouse", "file_store", "object_store", "secret_store")


def check(context: Context) -> Iterator[Found | Unknown]:
    """Stores that say `none`, or say nothing where others speak."""
    for store in context.architecture.of_kind(*_KINDS):
        if not isinstance(store, Store) or store.replica_of or getattr(store, "versioned", False):
            continue
        path = ("components", store.id, "backup")
        if store.backup == "none":
            yield Found(path, f"`{store.id}` has no backup", _remedy("1d"))
        elif store.backup is None:
            peer = context.subjects.peer(store, "backup")
            if isinstance(peer, Store) and isinstance(peer.backup, Backup):
                every = str(peer.backup.every)
                message = f"`{store.id}` has no backup while `{peer.id}` has (every {every})"
                yield Found(path, message, _remedy(every), severity=None if context.closed_world else Severity.WARNING)
            elif context.closed_world:
                message = f"`{store.id}` does not mention a backup"
                yield Found(path, message, _remedy("1d"))
            else:
                yield Unknown("backups", store.id)


def _remedy(every: str) -> str:
    return f"add `backup: {{every: {every}, keep: 30d}}`."


RULE = Rule(
    code="DAT02",
    name="no-backup",
    theme="data",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

"""A backup that is rarer than the loss that is accepted.

## What it checks

`backup.every` is longer than the stated `rpo`. Where a second copy is written synchronously the newest data
survive the loss of one, and nothing is said. In the production set a database, file store or object store
without `rpo` and `rto` is a violation.

## Why

The recovery point objective is a promise: at most so much is lost. Between two backups everything newer than
the last one is lost.

## Bad

```yaml
archspec: 1
name: A day for an hour
components:
  api: {kind: server}
  orders: {kind: database, backup: {every: 1d, keep: 30d, restore_tested: 90d}, rpo: 1h}
connections:
  - api -> orders
```

## Good

```yaml
archspec: 1
name: An hour for an hour
components:
  api: {kind: server}
  orders: {kind: database, backup: {every: 1h, keep: 30d, restore_tested: 90d}, rpo: 1h}
connections:
  - api -> orders
```

## When to ignore it

Where a log of changes is shipped all the time and the backup only shortens its replay.

## Source

[AWS Well-Architected, Reliability pillar: define recovery
objectives](https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html)
"""

from collections.abc import Iterator

from archspec.model import Backup, Duration, Store, synchronous_copies
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown

_HOUR = Duration.parse("1h")
_NO_LOSS = "let a second copy be written with each write: `replicas: 2` and `replication: synchronous`."
_RECORDS = ("database", "data_warehouse", "file_store", "object_store")


def check(context: Context) -> Iterator[Found | Unknown]:
    """Stated objectives against stated backups; missing objectives in a closed world."""
    for store in context.architecture.of_kind(*_RECORDS):
        if not isinstance(store, Store) or store.replica_of:
            continue
        if context.closed_world and (store.rpo is None or store.rto is None):
            missing = " and ".join(f"`{name}`" for name in ("rpo", "rto") if getattr(store, name) is None)
            message = f"`{store.id}` does not say what loss and what time to recover are accepted"
            yield Found(("components", store.id, "rpo"), message, f"add {missing}.")
        within = store.replication == "synchronous" and store.instances > 1
        survives = within or bool(synchronous_copies(context.architecture, store.id))
        backup = store.backup
        if isinstance(backup, Backup) and store.rpo is not None and backup.every > store.rpo and not survives:
            lost = Duration(backup.every.nanoseconds - store.rpo.nanoseconds)
            yield Found(
                ("components", store.id, "backup", "every"),
                f"a backup every {backup.every} cannot meet an rpo of {store.rpo}: up to {_hours(lost)} lost beyond it",
                f"back up every {store.rpo}." if store.rpo.nanoseconds else _NO_LOSS,
            )


def _hours(time: Duration) -> str:
    if time.nanoseconds % _HOUR.nanoseconds == 0:
        return f"{time.nanoseconds // _HOUR.nanoseconds} h"
    return str(time)


RULE = Rule(
    code="DAT04",
    name="backup-slower-than-rpo",
    theme="data",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

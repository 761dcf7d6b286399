"""Backups that nobody has restored.

## What it checks

A `backup` without `restore_tested`, or with one that is rarer than four times `every` and rarer than 90 days
(the factor is the parameter `restore-test-factor`).

## Why

A backup is as good as its last restore. Those that were never tried turn out to be empty, encrypted with a
lost key, or a week slower than anybody thought.

## Bad

```yaml
archspec: 1
name: Written, never read
components:
  api: {kind: server}
  orders: {kind: database, backup: {every: 1d, keep: 30d}}
connections:
  - api -> orders
```

## Good

```yaml
archspec: 1
name: Read every quarter
components:
  api: {kind: server}
  orders: {kind: database, backup: {every: 1d, keep: 30d, restore_tested: 90d}}
connections:
  - api -> orders
```

## When to ignore it

Where another system restores each backup by itself, a test environment made from it every night for instance.

## Source

[Google, Site Reliability Engineering, ch. 26: data integrity](https://sre.google/sre-book/data-integrity/)
"""

from collections.abc import Iterator

from archspec.model import Backup, Duration, Role, Store
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_QUARTER = Duration.parse("90d")


def check(context: Context) -> Iterator[Found]:
    """Stated backups against how often a restore is rehearsed."""
    factor = context.parameters.restore_test_factor
    for store in context.architecture.of_role(Role.STORE):
        backup = store.backup if isinstance(store, Store) else None
        if not isinstance(backup, Backup):
            continue
        path = ("components", store.id, "backup")
        tested = backup.restore_tested
        if tested is None:
            message = f"backups of `{store.id}` were never restored"
            yield Found(path, message, "test one and write `restore_tested: <how often>`.")
        elif tested > _QUARTER and tested.nanoseconds > factor * backup.every.nanoseconds:
            message = f"backups of `{store.id}` are made every {backup.every} and restored every {tested}"
            yield Found((*path, "restore_tested"), message, "test one at least every 90d.")


RULE = Rule(
    code="DAT03",
    name="restore-untested",
    theme="data",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

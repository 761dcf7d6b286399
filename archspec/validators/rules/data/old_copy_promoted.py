"""A copy that lags takes over, though nothing may be lost.

## What it checks

A store of record accepts no loss (`rpo: 0s`), copies asynchronously (`replication: asynchronous`) and lets a copy take
over by itself (`failover: automatic`).

## Why

What the primary has answered and the copy does not have yet is gone once the copy is promoted; where the old primary
was only cut off, the two have different pasts, and somebody must put them together by hand.

## Bad

```yaml
archspec: 1
name: Promoted with what it has
components:
  api: {kind: server}
  orders:
    kind: database
    replicas: 2
    replication: asynchronous
    failover: automatic
    rpo: 0s
connections:
  - api -> orders
```

## Good

```yaml
archspec: 1
name: Promoted with everything
components:
  api: {kind: server}
  orders:
    kind: database
    replicas: 2
    replication: synchronous
    failover: automatic
    rpo: 0s
connections:
  - api -> orders
```

## When to ignore it

Where whatever promotes a copy first waits until it has all that was answered.

## Source

[GitHub: October 21 post-incident
analysis](https://github.blog/news-insights/company-news/oct21-post-incident-analysis/)
"""

from collections.abc import Iterator

from archspec.model import Store
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown

_RECORDS = ("database", "data_warehouse", "file_store", "object_store")


def check(context: Context) -> Iterator[Found | Unknown]:
    """Stated promises about loss against how copies are made and promoted."""
    for store in context.architecture.of_kind(*_RECORDS):
        if (
            isinstance(store, Store)
            and store.rpo is not None
            and store.rpo.nanoseconds == 0
            and store.replication == "asynchronous"
            and store.failover == "automatic"
        ):
            yield Found(
                ("components", store.id, "failover"),
                f"`{store.id}` may lose nothing, yet a copy that lags behind is promoted by itself",
                "write copies with each write (`replication: synchronous`), or let a person promote one "
                "(`failover: manual`).",
            )


RULE = Rule(
    code="DAT09",
    name="old-copy-promoted",
    theme="data",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

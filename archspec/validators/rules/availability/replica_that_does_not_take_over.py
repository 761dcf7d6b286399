"""A store with a second replica that nobody lets take over.

## What it checks

A database, cache, file store or search index with two or more replicas (more than it needs) and `failover: manual`
or `none`; or without a word on failover while a peer states it, or in the production set. A cache that is only
asked before something else, or optionally, is left alone: when it is dead, the other answers.

## Why

The second replica costs as much as the first and helps nobody while the first is down: until a person has been
woken, has looked and has promoted it, writes fail.

## Bad

```yaml
archspec: 1
name: Promoted by hand
components:
  api: {kind: server, replicas: 2}
  orders: {kind: database, replicas: 2, failover: manual}
connections:
  - api -> orders
```

## Good

```yaml
archspec: 1
name: Promoted by itself
components:
  api: {kind: server, replicas: 2}
  orders: {kind: database, replicas: 2, failover: automatic}
connections:
  - api -> orders
```

## When to ignore it

The copy is there for reports or backups, and an outage until somebody has promoted it is accepted.

## Source

[PostgreSQL, Failover](https://www.postgresql.org/docs/current/warm-standby-failover.html)
"""

from collections.abc import Iterator

from archspec.analysis import Calls
from archspec.model import Storage, Store
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown

REMEDY = "set `failover: automatic`."


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every store with a spare replica that does not take over."""
    for store in context.architecture.of_kind("database", "data_warehouse", "cache", "file_store", "search_index"):
        if not isinstance(store, Storage) or store.instances <= store.needs or store.fails_over:
            continue
        if (isinstance(store, Store) and store.replica_of) or (
            store.kind == "cache" and _is_expendable(context, store)
        ):
            continue
        path = ("components", store.id, "failover")
        if store.failover == "manual":
            yield Found(path, f"the second replica of `{store.id}` takes over only by hand", REMEDY)
        elif store.failover == "none":
            yield Found(path, f"the second replica of `{store.id}` never takes over", REMEDY)
        elif peer := context.subjects.peer(store, "failover"):
            what = f"nothing makes the second replica of `{store.id}` take over, while `{peer.id}` says who does"
            yield Found(path, what, REMEDY)
        elif context.closed_world:
            yield Found(path, f"nothing makes the second replica of `{store.id}` take over", REMEDY)
        else:
            yield Unknown("failover", store.id)


def _is_expendable(context: Context, cache: Storage) -> bool:
    """Whether flows use a cache, and none fails when it is dead: asked before a store, or optionally."""
    architecture = context.architecture
    calls = [call for call in context.once(Calls).all if call.callee == cache.id]
    return bool(calls) and all(
        not call.required
        or (bool(call.step.on_miss) and architecture.filled_by(call.caller, cache.id, call.step) == call.caller)
        for call in calls
    )


RULE = Rule(
    code="AVL10",
    name="replica-that-does-not-take-over",
    theme="availability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

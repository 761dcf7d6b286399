"""Data stored in the clear.

## What it checks

`encryption: none` stated on a store, a queue, or a cache that holds sessions; and a missing `encryption`
where another of its family states it. Other caches are not meant. In the production set a missing
`encryption` is a violation.

## Why

Disks are sold, snapshots are shared by mistake, backups travel. Encryption at rest makes such an accident a
nuisance instead of a disclosure, and it costs a setting.

## Bad

```yaml
archspec: 1
name: In the clear
components:
  api: {kind: server}
  users: {kind: database, encryption: none}
connections:
  - api -> users
```

## Good

```yaml
archspec: 1
name: Under a key
components:
  api: {kind: server}
  users: {kind: database, encryption: at_rest}
connections:
  - api -> users
```

## When to ignore it

Data that are public anyway.

## Source

[OWASP Top 10, A02:2021: cryptographic failures](https://owasp.org/Top10/A02_2021-Cryptographic_Failures/)
"""

from collections.abc import Iterator

from archspec.model import Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown


def check(context: Context) -> Iterator[Found | Unknown]:
    """Stores, queues and session caches that say `none`, or say nothing where others speak."""
    architecture = context.architecture
    holds_sessions = {getattr(server, "sessions_in", None) for server in architecture.of_kind("server")}
    for store in architecture.of_role(Role.STORE, Role.CACHE, Role.QUEUE):
        if store.kind == "cache" and store.id not in holds_sessions:
            continue
        path = ("components", store.id, "encryption")
        stated = getattr(store, "encryption", None)
        if stated == "none":
            yield Found(path, f"`{store.id}` is stored in the clear", "set `encryption: at_rest`.")
        elif stated is None:
            peer = context.subjects.peer(store, "encryption")
            if peer is not None:
                message = f"`{store.id}` does not say that it is encrypted while `{peer.id}` does"
                yield Found(
                    path,
                    message,
                    "set `encryption: at_rest`.",
                    severity=None if context.closed_world else Severity.WARNING,
                )
            elif context.closed_world:
                message = f"`{store.id}` does not mention encryption"
                yield Found(path, message, "set `encryption: at_rest`.")
            else:
                yield Unknown("encryption at rest", store.id)


RULE = Rule(
    code="DAT05",
    name="unencrypted-at-rest",
    theme="data",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

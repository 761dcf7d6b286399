"""A server that a person changes by hand.

## What it checks

A connection from a person to a server, worker or database by which people log in or copy (ssh, scp, sftp,
rsync, ftp, rdp); or one without a protocol, where that person starts a pipeline or commits to a repository. A
person who uses a server over https is a user.

## Why

What was changed by hand is written nowhere: the next deploy undoes it, the next machine lacks it, and nobody
can say which of two servers is right.

## Bad

```yaml
archspec: 1
name: Copied over
components:
  developer: {kind: person}
  api: {kind: server}
  db: {kind: database}
connections:
  - api -> db
  - developer -> api: scp
```

## Good

```yaml
archspec: 1
name: Committed
components:
  developer: {kind: person}
  code: {kind: code_repository}
  api: {kind: server}
  db: {kind: database}
connections:
  - api -> db
  - developer -> code
pipelines:
  release: {source: code, stages: [{kind: test}, {kind: deploy, targets: api, strategy: rolling}]}
```

## When to ignore it

A door for emergencies that is locked, and that logs who used it.

## Source

[Humble and Farley, Continuous Delivery: automate almost
everything](https://continuousdelivery.com/principles/)
"""

from collections.abc import Iterator

from archspec.model.protocols import LOGIN
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_CHANGED = ("server", "worker", "database", "data_warehouse")


def check(context: Context) -> Iterator[Found]:
    """Connections of people to what runs."""
    architecture = context.architecture
    pipelines = architecture.pipelines.values()
    makers = {person for pipeline in pipelines for person in pipeline.by}
    for repository in architecture.of_kind("code_repository"):
        makers |= {edge.from_ for edge in architecture.incoming[repository.id]}
    for connection in architecture.connections:
        caller, target = architecture.components[connection.from_], architecture.components[connection.to]
        if caller.kind != "person" or target.kind not in _CHANGED:
            continue
        login = next((p for p in connection.protocol if p.lower() in LOGIN), None)
        if login or (not connection.protocol and caller.id in makers):
            release = next(iter(architecture.pipelines), None)
            through = f"deploy it through {release}." if release else "describe a pipeline that deploys it."
            yield Found(
                ("connections", connection.name),
                f"{caller.id} changes `{target.id}` by {login or 'hand'}",
                through,
                at_key=True,
            )


RULE = Rule(
    code="CD06",
    name="deployed-by-hand",
    theme="delivery",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

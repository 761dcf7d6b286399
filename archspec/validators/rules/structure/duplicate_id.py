"""One name for two things.

## What it checks

Within a spec and all that it includes, an id is declared once: groups and components share one namespace,
flows, alerts, pipelines, views and scenarios have one each. `api-2` is taken while `api` has two replicas.
The loader judges this, so it always holds and cannot be ignored.

## Why

A reference that could mean either of two things means neither, and one of the two declarations would silently
win.

## Bad

```yaml
archspec: 1
name: Twice the same name
groups:
  orders: {kind: team}
components:
  orders: {kind: server}
  users: {kind: database}
connections:
  - orders -> users
```

## Good

```yaml
archspec: 1
name: Two names
groups:
  order-team: {kind: team}
components:
  orders: {kind: server}
  users: {kind: database}
connections:
  - orders -> users
```

## When to ignore it

Never: rename one of them; `label` keeps the name that pictures show.

## Source

[YAML 1.2.2, 3.2.1.1: keys of a mapping are unique](https://yaml.org/spec/1.2.2/#3211-nodes)
"""

from archspec.validators import Rule, RuleSet, Severity

RULE = Rule(
    code="STR02",
    name="duplicate-id",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.LOADER,
    page=__doc__,
    check=None,
)

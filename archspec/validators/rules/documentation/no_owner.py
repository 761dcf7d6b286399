"""A part that nobody answers for.

## What it checks

A component of yours without an `owner` (its own, its group's or the spec's) where another component has one.

## Why

When it fails at night the search for whoever knows it costs more than the repair.

## Bad

```yaml
archspec: 1
name: Whose is it?
components:
  shop: {kind: server, owner: shop team}
  orders: {kind: database}
connections:
  - shop -> orders
```

## Good

```yaml
archspec: 1
name: Theirs
components:
  shop: {kind: server, owner: shop team}
  orders: {kind: database, owner: shop team}
connections:
  - shop -> orders
```

## When to ignore it

A part that is about to be switched off.

## Source

[DORA: loosely coupled teams](https://dora.dev/capabilities/loosely-coupled-teams/)
"""

from collections.abc import Iterator

from archspec.model import Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_NOBODYS = (Role.ACTOR, Role.CHANNEL, Role.EXTERNAL)


def check(context: Context) -> Iterator[Found]:
    """Components without an owner where another has one."""
    architecture = context.architecture
    ours = [c for c in architecture.components.values() if c.kind_of.role not in _NOBODYS]
    owners = {component.id: architecture.owner_of(component) for component in ours}
    known = next((id_ for id_, owner in owners.items() if owner), None)
    for id_, owner in owners.items():
        if known and not owner:
            yield Found(
                ("components", id_),
                f"nobody owns `{id_}`, while `{known}` has an owner",
                "add `owner`.",
                at_key=True,
            )


RULE = Rule(
    code="DOC02",
    name="no-owner",
    theme="documentation",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

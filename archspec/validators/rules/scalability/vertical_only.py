"""A component that can only grow upwards.

## What it checks

`scaling: {mode: vertical}` stated on a component.

## Why

A larger machine is a quick remedy and sometimes the right one, but it ends at the largest that is sold, costs
more than its share near the top, and stays one machine: when it fails everything on it fails.

## Bad

```yaml
archspec: 1
name: Larger and larger
components:
  api: {kind: server, scaling: {mode: vertical}}
  users: {kind: database}
connections:
  - api -> users
```

## Good

```yaml
archspec: 1
name: More of them
components:
  api: {kind: server, stateless: true, scaling: {mode: horizontal, min: 2, max: 6}}
  users: {kind: database}
connections:
  - api -> users
```

## When to ignore it

Stores that do not shard, and systems whose largest imaginable load fits one machine: say so in the reason.

## Source

[AWS Well-Architected, Reliability pillar: scale
horizontally](https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/design-principles.html)
"""

from collections.abc import Iterator

from archspec.model import Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every stated `scaling.mode: vertical`."""
    for component in context.architecture.components.values():
        if isinstance(component, Running) and component.scaling and component.scaling.mode == "vertical":
            yield Found(
                ("components", component.id, "scaling"),
                f"`{component.id}` grows only upwards and ends at its largest machine",
                "set `stateless: true` and `replicas: 2`.",
            )


RULE = Rule(
    code="SCL05",
    name="vertical-only",
    theme="scalability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

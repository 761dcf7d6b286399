"""A part that nobody has described.

## What it checks

A component of yours, or a flow, without `description`. People, clients, channels, telemetry and external
systems say what they are by their kind.

## Why

A name tells the people who chose it. One sentence tells the others what the part is for, which no code says.

## Bad

```yaml
archspec: 1
name: Names only
components:
  app: {kind: client}
  api: {kind: server}
connections:
  - app -> api: https
```

## Good

```yaml
archspec: 1
name: A sentence each
components:
  app: {kind: client}
  api: {kind: server, description: Answers what the app asks.}
connections:
  - app -> api: https
```

## When to ignore it

Where the name says it all.

## Source

[The C4 model: notation](https://c4model.com/diagrams/notation): a short description of each element, its key
responsibilities.
"""

from collections.abc import Iterator

from archspec.model import Path, Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity

_SELF_EVIDENT = (Role.ACTOR, Role.CHANNEL, Role.TELEMETRY, Role.EXTERNAL, Role.DELIVERY)


def check(context: Context) -> Iterator[Found]:
    """Components and flows without a sentence."""
    architecture = context.architecture
    for component in architecture.components.values():
        if not component.description and component.kind_of.role not in _SELF_EVIDENT:
            yield _undescribed(("components", component.id))
    for flow in architecture.flows.values():
        if not flow.description and not flow.title_:
            yield _undescribed(("flows", flow.id))


def _undescribed(path: Path) -> Found:
    return Found(path, f"`{path[1]}` has no description", "say in one sentence what it is for.", at_key=True)


RULE = Rule(
    code="DOC01",
    name="no-description",
    theme="documentation",
    severity=Severity.INFO,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

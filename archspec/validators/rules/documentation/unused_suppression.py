"""A suppression that suppresses nothing.

## What it checks

A comment `# archspec: ignore[CODE] reason` that no finding needs, that gives no reason (it then suppresses
nothing), or that names no rule. One for a rule that is not selected in this run is left alone. The run itself
judges this.

## Why

A suppression that has outlived its cause hides the next one, and says something of the system that is no
longer so.

## Bad

```yaml
archspec: 1
name: Long mended
components:
  api: {kind: server}  # archspec: ignore[SCL05] the new machine arrives in May
  db: {kind: database}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: Still so
components:
  api: {kind: server, scaling: {mode: vertical}}  # archspec: ignore[SCL05] the new machine arrives in May
  db: {kind: database}
connections:
  - api -> db
```

## When to ignore it

Never: delete the comment.

## Source

[Ruff, RUF100: unused noqa](https://docs.astral.sh/ruff/rules/unused-noqa/)
"""

from archspec.validators import Rule, RuleSet, Severity

RULE = Rule(
    code="DOC03",
    name="unused-suppression",
    theme="documentation",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=None,
)

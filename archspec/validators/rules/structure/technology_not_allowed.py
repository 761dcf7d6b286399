"""A technology that the team does not run.

## What it checks

The technology of a component, where the configuration lists for its kind which ones are allowed:

```toml
[lint.parameters]
allowed-technologies = {database = ["postgresql"]}
```

Without such a list, and for components without a technology, nothing is judged.

## Why

Each product in operation needs somebody who knows it at three in the morning. A short list is how teams keep
that promise.

## Bad

```yaml
archspec: 1
name: A favourite of somebody's
components:
  api: {kind: server}
  db: {kind: database, technology: XXL-base}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: The one that we run
components:
  api: {kind: server}
  db: {kind: database, technology: postgresql}
connections:
  - api -> db
```

## When to ignore it

When the exception was agreed on: the reason names where.

## Source

[McKinley, Choose boring technology](https://boringtechnology.club/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Technologies of the kinds for which a list is given."""
    allowed = context.parameters.allowed_technologies
    for component in context.architecture.of_kind(*allowed):
        words = allowed[component.kind]
        if component.technology and component.technology.lower() not in {word.lower() for word in words}:
            yield Found(
                ("components", component.id, "technology"),
                f"`{component.id}` is {component.technology}, which is not a {component.kind} that is run here",
                f"use {' or '.join(words)}.",
            )


RULE = Rule(
    code="STR11",
    name="technology-not-allowed",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

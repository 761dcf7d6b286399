"""A name that is declared nowhere.

## What it checks

Every id that a spec uses (in a connection, a step, a key such as `logs_to`, a group, a zone, an alert, a
pipeline, a view or a fault) is declared in the root file or in a file that it includes. The loader judges
this, so it always holds and cannot be ignored.

## Why

A name without a declaration is a typo or a part that was forgotten. Everything that follows (pictures,
traces, figures) would be about another system than the one that is meant.

## Bad

```yaml
archspec: 1
name: A slip of the pen
components:
  api: {kind: server, sessions_in: sesions}
  sessions: {kind: cache}
connections:
  - api -> sessions
```

## Good

```yaml
archspec: 1
name: As it was meant
components:
  api: {kind: server, sessions_in: sessions}
  sessions: {kind: cache}
connections:
  - api -> sessions
```

## When to ignore it

Never: declare the part, if only by its kind.

## Source

[YAML 1.2.2: the document model](https://yaml.org/spec/1.2.2/) leaves the meaning of names to the application;
this one refuses unknown names.
"""

from archspec.validators import Rule, RuleSet, Severity

RULE = Rule(
    code="STR01",
    name="dangling-reference",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.LOADER,
    page=__doc__,
    check=None,
)

"""Logs kept for nobody knows how long.

## What it checks

A log service without `retention`.

## Why

Too short, and the record of a slow attack is gone before anybody looks; too long, and personal data are kept
against the law. Both are decided by default when nobody decides.

## Bad

```yaml
archspec: 1
name: Some time
components:
  api: {kind: server, logs_to: logs}
  logs: {kind: log_service}
  db: {kind: database}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: Thirty days
components:
  api: {kind: server, logs_to: logs}
  logs: {kind: log_service, retention: 30d}
  db: {kind: database}
connections:
  - api -> db
```

## When to ignore it

Where the log service belongs to somebody else who says it.

## Source

[NIST SP 800-92, section 4: log management planning](https://csrc.nist.gov/pubs/sp/800/92/final)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Log services that do not say how long they keep a record."""
    for service in context.architecture.of_kind("log_service"):
        if not service.said("retention"):
            yield Found(
                ("components", service.id),
                f"`{service.id}` does not say how long a record is kept",
                "add `retention: 30d`.",
                at_key=True,
            )


RULE = Rule(
    code="OBS04",
    name="no-log-retention",
    theme="observability",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

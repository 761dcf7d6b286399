"""A way in on which nobody is asked who they are.

## What it checks

A way from a client to its first server on which no component says `authentication`, or only `none`.

## Why

Each way in should be open on purpose. The one that everybody thought another part would guard is found first.

## Bad

```yaml
archspec: 1
name: Come in
components:
  app: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server}
connections:
  - app -> lb: https
  - lb -> api
```

## Good

```yaml
archspec: 1
name: Who is there?
components:
  app: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server, authentication: token}
connections:
  - app -> lb: https
  - lb -> api
```

## When to ignore it

A site that is meant for everybody: that is the reason to write.

## Source

[OWASP API Security Top 10, API2:2023: broken
authentication](https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/)
"""

from collections.abc import Iterator

from archspec.model import Component
from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests
from archspec.validators.facts.entries import entries, names_of_ends, unguarded


def check(context: Context) -> Iterator[Found]:
    """Ways in to servers, each way in once."""
    for ways in unguarded(entries(context.architecture, context.once(requests)), _asks):
        client, end = ways[0].client, ways[0].end.id
        yield Found(
            ("components", end, "authentication"),
            f"`{client}` reaches {names_of_ends(ways)} without anybody asking who it is",
            "set `authentication` on one of them.",
        )


def _asks(component: Component) -> bool:
    return getattr(component, "authentication", None) not in (None, "none")


RULE = Rule(
    code="SEC03",
    name="missing-authentication",
    theme="security",
    severity=Severity.WARNING,
    in_set=RuleSet.PRODUCTION,
    page=__doc__,
    check=check,
)

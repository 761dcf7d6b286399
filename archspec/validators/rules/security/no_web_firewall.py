"""A way in that filters nothing.

## What it checks

A way from a client to its first server with no `web_firewall: true` on a CDN, load balancer or gateway.

## Why

Scanners send the attacks of the week to every address. A filter in front keeps most of them from code that
was not yet patched.

## Bad

```yaml
archspec: 1
name: Unfiltered
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
name: Filtered
components:
  app: {kind: client}
  lb: {kind: load_balancer, web_firewall: true}
  api: {kind: server}
connections:
  - app -> lb: https
  - lb -> api
```

## When to ignore it

A service whose clients are few and known by their certificates.

## Source

[OWASP: web application firewall](https://owasp.org/www-community/Web_Application_Firewall)
"""

from collections.abc import Iterator

from archspec.model import Component
from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests
from archspec.validators.facts.entries import entries, names_of_ends, unguarded


def check(context: Context) -> Iterator[Found]:
    """Ways in to servers, each way in once."""
    for ways in unguarded(entries(context.architecture, context.once(requests)), _filters):
        client, end = ways[0].client, ways[0].end.id
        yield Found(
            ("components", end),
            f"requests of `{client}` reach {names_of_ends(ways)} unfiltered",
            "set `web_firewall: true` on what is in front of it.",
            at_key=True,
        )


def _filters(component: Component) -> bool:
    return bool(getattr(component, "web_firewall", False))


RULE = Rule(
    code="SEC04",
    name="no-web-firewall",
    theme="security",
    severity=Severity.WARNING,
    in_set=RuleSet.PRODUCTION,
    page=__doc__,
    check=check,
)

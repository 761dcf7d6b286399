"""A connection that the house forbids.

## What it checks

A connection, or a call of a flow, whose ends are in the table `forbidden-edges` of the configuration. Built
in: a client may not reach a database, cache, search index or file store. The table maps a kind (or an id) to
the kinds (or ids) that it may not ask.

## Why

A client runs on somebody else's machine: what it can reach, anybody can, with whatever query they like, and
every change of the schema needs a new version of every client. A server in between checks who asks, what for,
and how often.

## Bad

```yaml
archspec: 1
name: Straight to the database
components:
  app: {kind: client}
  db: {kind: database}
connections:
  - app -> db
```

## Good

```yaml
archspec: 1
name: Through a server
components:
  app: {kind: client}
  api: {kind: server}
  db: {kind: database}
connections:
  - app -> api: https
  - api -> db
```

## When to ignore it

A store that is made for it, with rules per user (such as Firestore): say which rules guard it.

## Source

[Richardson, Pattern: API gateway](https://microservices.io/patterns/apigateway.html)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests

_BETWEEN = {"client": "put a server between them."}


def check(context: Context) -> Iterator[Found]:
    """Requests whose ends stand in the table."""
    table = context.parameters.forbidden_edges
    components = context.architecture.components
    for request in context.once(requests).all:
        caller, callee = request.link.from_, request.link.to
        one, other = components[caller], components[callee]
        refused = (*table.get(one.kind, ()), *table.get(caller, ()))
        if other.kind in refused or callee in refused:
            yield Found(
                request.path,
                f"`{caller}` ({one.kind}) talks straight to `{callee}` ({other.kind})",
                _BETWEEN.get(one.kind, "go by way of a component that may."),
                element=request.link.name,
                covers=(callee,),
            )


RULE = Rule(
    code="STR05",
    name="forbidden-edge",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

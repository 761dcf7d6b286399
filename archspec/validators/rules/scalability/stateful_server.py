"""State kept in a server that has, or can have, replicas.

## What it checks

`stateless: false` stated on a server. An error where it runs as two or more replicas or stands behind a
balancer; a warning where it runs once, because it can then never run twice. A server that says nothing about
it is not judged.

## Why

A request goes to whichever replica is free. What one replica keeps in its memory the others do not know:
users are signed out, carts are empty, every second upload is missing. And a replica that keeps something
cannot be replaced, so every deploy and every failure loses it.

## Bad

```yaml
archspec: 1
name: Carts in memory
components:
  shop: {kind: server, replicas: 3, algorithm: random, stateless: false}
  orders: {kind: database}
connections:
  - shop -> orders
```

## Good

```yaml
archspec: 1
name: Carts in a cache
components:
  shop: {kind: server, replicas: 3, algorithm: random, stateless: true, sessions_in: carts}
  carts: {kind: cache, ttl: 1d}
  orders: {kind: database}
connections:
  - shop -> orders
```

## When to ignore it

A server that is the state (a game room, a socket hub) and whose clients come back to the same one by design.

## Source

[The Twelve-Factor App, VI: processes are stateless](https://12factor.net/processes)
"""

from collections.abc import Iterator

from archspec.model import Server
from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests


def check(context: Context) -> Iterator[Found]:
    """Servers that state `stateless: false`."""
    known = context.once(requests)
    for server in context.architecture.of_kind("server"):
        if not isinstance(server, Server) or server.stateless is not False:
            continue
        count = server.instances
        callers = (context.architecture.components[request.link.from_].kind for request in known.at(server.id))
        spread = count > 1 or any(kind in ("load_balancer", "gateway") for kind in callers)
        where = (
            f"{count} replicas: a request on another replica will" if count > 1 else "itself: a second replica would"
        )
        yield Found(
            ("components", server.id, "stateless"),
            f"`{server.id}` keeps state in {where} not find it",
            "keep it in a cache and set `stateless: true`.",
            severity=Severity.ERROR if spread else Severity.WARNING,
        )


RULE = Rule(
    code="SCL01",
    name="stateful-server",
    theme="scalability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

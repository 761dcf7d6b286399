"""Sessions that only one replica knows.

## What it checks

A server with two or more replicas and `sessions_in: local`. Where sessions live is not guessed: a server that
does not say so is not judged. A store that all replicas share will do, even on the same host.

## Why

With n replicas a signed-in user is recognised by one in n requests, unless the balancer ties each client to
one replica, which loses those sessions with that replica and spreads the load badly.

## Bad

```yaml
archspec: 1
name: Signed in somewhere
components:
  shop: {kind: server, replicas: 3, algorithm: random, sessions_in: local}
  users: {kind: database}
connections:
  - shop -> users
```

## Good

```yaml
archspec: 1
name: Signed in everywhere
components:
  shop: {kind: server, replicas: 3, algorithm: random, sessions_in: sessions}
  sessions: {kind: cache, ttl: 12h}
  users: {kind: database}
connections:
  - shop -> users
```

## When to ignore it

Sessions that are kept by the client itself, in a signed cookie: then leave `sessions_in` out.

## Source

[The Twelve-Factor App, VI: sticky sessions are a violation](https://12factor.net/processes)
"""

from collections.abc import Iterator

from archspec.model import Server
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Servers with several replicas whose sessions are local."""
    for server in context.architecture.of_kind("server"):
        if isinstance(server, Server) and server.sessions_in == "local" and server.instances > 1:
            yield Found(
                ("components", server.id, "sessions_in"),
                f"sessions of `{server.id}` live on `{server.id}` itself, "
                f"so 1 request in {server.instances} finds its own",
                "use a shared cache.",
            )


RULE = Rule(
    code="SCL02",
    name="session-not-shared",
    theme="scalability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("SCL01",),
)

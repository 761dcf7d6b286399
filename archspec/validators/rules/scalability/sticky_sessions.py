"""Clients tied to one replica.

## What it checks

A load balancer or gateway with `algorithm: ip_hash` or `sticky_sessions: true` in front of a server that is
not `stateless: true` and names no `sessions_in`. `consistent_hash` in front of caches is
what it is for, and not meant.

## Why

Ties hide that the server keeps state: when a replica goes, its clients lose what they had, a deploy signs
everybody out in turn, and large customers behind one address overload one replica.

## Bad

```yaml
archspec: 1
name: Tied by address
components:
  app: {kind: client}
  lb: {kind: load_balancer, algorithm: ip_hash, health_check: {path: /healthz}}
  api: {kind: server, scaling: {min: 3, max: 6}}
connections:
  - app -> lb: https
  - lb -> api
```

## Good

```yaml
archspec: 1
name: Free to go anywhere
components:
  app: {kind: client}
  lb: {kind: load_balancer, algorithm: least_connections, health_check: {path: /healthz}}
  api: {kind: server, scaling: {min: 3, max: 6}, sessions_in: sessions}
  sessions: {kind: cache, ttl: 12h}
connections:
  - app -> lb: https
  - lb -> api
```

## When to ignore it

Where the tie is only a kindness to a local cache, and losing it costs a miss: set `stateless: true`.

## Source

[AWS: sticky
sessions](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html)
"""

from collections.abc import Iterator

from archspec.model import Component, Running, Server
from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests
from archspec.values import one_in


def check(context: Context) -> Iterator[Found]:
    """Ties of balancers to servers that do not say where their state is."""
    architecture = context.architecture
    for balancer in architecture.of_kind("load_balancer", "gateway"):
        tie = _tie(balancer)
        if tie is None:
            continue
        targets = [architecture.components[request.link.to] for request in context.once(requests).of(balancer.id)]
        servers = [target for target in targets if isinstance(target, Server)]
        count = sum(server.instances for server in servers)
        for server in servers:
            if count > 1 and not server.stateless and not server.sessions_in:
                name = "ip_hash" if tie == "algorithm" else "a sticky session"
                which = f"`{server.id}`" if len(servers) == 1 else "servers"
                yield Found(
                    ("components", balancer.id, tie),
                    f"{name} ties each client to one of {count} {which}: losing it logs out {one_in(count)}",
                    "share sessions and use least_connections.",
                    element=server.id,
                )


def _tie(balancer: Component) -> str | None:
    """The field that ties clients, None where none does."""
    if isinstance(balancer, Running) and balancer.algorithm == "ip_hash":
        return "algorithm"
    return "sticky_sessions" if getattr(balancer, "sticky_sessions", False) else None


RULE = Rule(
    code="SCL03",
    name="sticky-sessions",
    theme="scalability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("SCL01", "SCL02"),
)

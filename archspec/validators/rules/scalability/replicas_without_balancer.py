"""Replicas, and nothing that chooses between them.

## What it checks

A server with two or more replicas that a client or an external system asks directly, while no load balancer,
gateway or DNS asks it and its own `algorithm` (a Kubernetes service, a mesh) is not set. Workers, and callers
inside that balance by themselves, do not count.

## Why

A client knows one address. Without something in front, either all requests go to one replica and the others
idle, or every client has to know which of them are alive.

## Bad

```yaml
archspec: 1
name: Three servers, one address
components:
  app: {kind: client}
  api: {kind: server, scaling: {min: 3, max: 6}}
connections:
  - app -> api: https
```

## Good

```yaml
archspec: 1
name: A balancer before them
components:
  app: {kind: client}
  lb: {kind: load_balancer, health_check: {path: /healthz}}
  api: {kind: server, scaling: {min: 3, max: 6}}
connections:
  - app -> lb: https
  - lb -> api
```

## When to ignore it

Clients of yours that know all replicas and choose: set `algorithm` on the server.

## Source

[AWS: what is load balancing?](https://aws.amazon.com/what-is/load-balancing/)
"""

from collections.abc import Iterator

from archspec.model import Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests

_CHOOSES = ("load_balancer", "gateway", "dns")


def check(context: Context) -> Iterator[Found]:
    """Servers with replicas that are asked from outside without a choice between them."""
    components = context.architecture.components
    for server in context.architecture.of_kind("server"):
        if not isinstance(server, Running) or server.instances < 2 or server.said("algorithm"):
            continue
        callers = {components[request.link.from_].kind for request in context.once(requests).at(server.id)}
        if callers & {"client", "external"} and not callers & set(_CHOOSES):
            yield Found(
                ("components", server.id),
                f"{server.instances} replicas of `{server.id}` and nothing that chooses between them",
                "put a load_balancer in front of it.",
                at_key=True,
            )


RULE = Rule(
    code="SCL07",
    name="replicas-without-balancer",
    theme="scalability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("STR06",),
)

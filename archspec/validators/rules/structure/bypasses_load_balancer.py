"""A way past the load balancer.

## What it checks

A load balancer sends requests to a component, and a client, a CDN, an external system, or any component that
also asks the balancer, reaches the same component directly. Callers inside that never use the balancer,
people who log in, and the collection of metrics do not count.

## Why

What passes the balancer by is neither spread over the replicas nor kept from dead ones, and it misses
whatever the balancer enforces: TLS, rate limits, the web firewall. Under a fault, half of the users see an
outage that the dashboards of the balancer do not show.

## Bad

```yaml
archspec: 1
name: A second door
components:
  app: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server}
connections:
  - app -> lb: https
  - lb -> api
  - app -> api: https
```

## Good

```yaml
archspec: 1
name: One door
components:
  app: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server}
connections:
  - app -> lb: https
  - lb -> api
```

## When to ignore it

A protocol that the balancer cannot carry, such as media streams over UDP, on a path of its own.

## Source

[AWS: security groups for your load balancer, to let targets accept traffic from it
alone](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html)
"""

from collections.abc import Iterator

from archspec.model import Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity, requests

_OUTSIDE = ("client", "cdn", "external")


def check(context: Context) -> Iterator[Found]:
    """Requests to a balancer's target from outside, or from who also asks the balancer."""
    architecture = context.architecture
    known = context.once(requests)
    for balancer in architecture.of_kind("load_balancer"):
        for target in known.of(balancer.id):
            for request in known.at(target.link.to):
                caller = architecture.components[request.link.from_]
                asks_balancer = known.asks(caller.id, balancer.id)
                outside = caller.kind in _OUTSIDE and request.link.implied_by is None
                ours = caller is balancer or caller.kind == "person" or caller.kind_of.role is Role.TELEMETRY
                if (outside or asks_balancer) and not ours and not request.by_hand:
                    yield Found(
                        request.path,
                        f"`{caller.id}` reaches `{target.link.to}` past `{balancer.id}`",
                        f"drop the connection or send it to `{balancer.id}`.",
                        element=request.link.name,
                        covers=(target.link.to,),
                    )


RULE = Rule(
    code="STR06",
    name="bypasses-load-balancer",
    theme="structure",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

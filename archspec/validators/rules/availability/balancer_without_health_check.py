"""A load balancer that does not notice when a replica behind it is dead.

## What it checks

A `load_balancer` or `gateway` with two or more instances behind it and no `health_check`. `health_check: none` is an
error; an absent key is a warning once the spec speaks of redundancy, and an error in the production set. A target with
a `health_check` of its own (a readiness probe) is taken out by the platform, and is not counted. DNS is not judged.

## Why

Without a health check a balancer goes on sending its share of the requests to what does not answer: one dead
replica of three fails a third of all requests, and the other two are no redundancy at all.

## Bad

```yaml
archspec: 1
name: Blind balancer
components:
  lb: {kind: load_balancer, replicas: 2, health_check: none}
  api: {kind: server, replicas: 3}
connections:
  - lb -> api: http
```

## Good

```yaml
archspec: 1
name: Balancer that looks
components:
  lb: {kind: load_balancer, replicas: 2, health_check: {path: /healthz, interval: 5s, unhealthy_after: 3}}
  api: {kind: server, replicas: 3}
connections:
  - lb -> api: http
```

## When to ignore it

Something else takes dead replicas out of the balancer's list, such as an orchestrator; name it.

## Source

[AWS, Implementing health checks](https://aws.amazon.com/builders-library/implementing-health-checks/)
"""

from collections.abc import Iterator

from archspec.analysis import Targets
from archspec.language import Addition
from archspec.model import Component, HealthCheck, Path, Role, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown
from archspec.values import listing

CHECK = "`health_check: {path: /healthz, interval: 5s, unhealthy_after: 3}`"


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every balancer over several instances that has no health check."""
    for balancer in context.architecture.of_kind("load_balancer", "gateway"):
        targets = _left_to(context, balancer)
        if sum(target.instances for target in targets) < 2 or not isinstance(balancer, Running):
            continue
        what = f"`{balancer.id}` sends requests to dead replicas of {listing(f'`{target.id}`' for target in targets)}"
        path = ("components", balancer.id, "health_check")
        if balancer.health_check == "none":
            yield Found(path, what, f"set {CHECK}.")
        elif balancer.health_check is None and context.closed_world:
            yield Found(path, what, f"add {CHECK}.", adds=_addition(path))
        elif balancer.health_check is None and context.subjects.redundancy:
            yield Found(path, what, f"add {CHECK}.", severity=Severity.WARNING, adds=_addition(path))
        elif balancer.health_check is None:
            yield Unknown("health checks", balancer.id)


def _left_to(context: Context, balancer: Component) -> list[Running]:
    """Whose replicas nobody else keeps an eye on; a gateway reaches its stores by their own means."""
    return [
        target
        for target in context.once(Targets).of(balancer.id)
        if isinstance(target, Running)
        and (balancer.kind == "load_balancer" or target.kind_of.role in (Role.COMPUTE, Role.ROUTER))
        and not isinstance(target.health_check, HealthCheck)
    ]


def _addition(path: Path) -> Addition:
    return Addition(path, CHECK.strip("`").partition(": ")[2])


RULE = Rule(
    code="AVL04",
    name="balancer-without-health-check",
    theme="availability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

"""A load balancer with one instance behind it.

## What it checks

A `load_balancer` whose targets have one instance between them, once the spec speaks of redundancy. Where that one
is a single point of failure of some flow, AVL01 says so instead.

## Why

A balancer earns its place by sending requests elsewhere when an instance fails. With one instance there is no
elsewhere: it adds a hop, and one more thing that can fail.

## Bad

```yaml
archspec: 1
name: Nowhere else to go
components:
  lb: {kind: load_balancer, replicas: 2}
  api: {kind: server}
connections:
  - lb -> api: http
```

## Good

```yaml
archspec: 1
name: Somewhere to go
components:
  lb: {kind: load_balancer, replicas: 2, health_check: {path: /healthz}}
  api: {kind: server, replicas: 2}
connections:
  - lb -> api: http
```

## When to ignore it

The balancer stands there for another reason, such as ending TLS, and the outage of the one instance is accepted.

## Source

[Google Cloud, Patterns for scalable and resilient apps](https://cloud.google.com/architecture/scalable-and-resilient-apps)
"""

from collections.abc import Iterator

from archspec.analysis import Targets, is_provided
from archspec.model import Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every balancer over a single instance of ours."""
    for balancer in context.architecture.of_kind("load_balancer"):
        targets = context.once(Targets).of(balancer.id)
        if len(targets) != 1:
            continue
        (target,) = targets
        if not isinstance(target, Running) or is_provided(target) or target.instances > 1:
            continue
        if not context.subjects.redundancy:
            if not context.closed_world:  # AVL01 and AVL02 ask there
                yield Unknown("replicas", target.id)
            continue
        yield Found(
            ("connections", context.architecture.link(balancer.id, target.id).name),
            f"`{balancer.id}` has one target, `{target.id}`, with 1 replica: nowhere to send a request when it fails",
            f"give `{target.id}` `replicas: 2`.",
            element=target.id,
        )


RULE = Rule(
    code="AVL05",
    name="balancer-cannot-reroute",
    theme="availability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("AVL01",),
)

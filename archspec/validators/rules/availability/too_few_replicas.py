"""A component off every flow that runs fewer replicas than the team's minimum.

## What it checks

A server, gateway, load balancer or worker that no flow visits and that has fewer than `minimum-replicas` (2)
instances. On a flow AVL01 knows better whether that matters. A worker behind a queue is left alone: its outage is a
delay.

## Why

A single process is away during every deploy, every crash and every change of its host.

## Bad

```yaml
archspec: 1
name: One web server
components:
  web: {kind: server, replicas: 1}
  users: {kind: database}
connections:
  - web -> users
```

## Good

```yaml
archspec: 1
name: Two web servers
components:
  web: {kind: server, replicas: 2}
  users: {kind: database}
connections:
  - web -> users
```

## When to ignore it

Internal tools whose users can wait, and singletons by design, such as a scheduler.

## Source

[Google Cloud, Patterns for scalable and resilient apps](https://cloud.google.com/architecture/scalable-and-resilient-apps)
"""

from collections.abc import Iterator

from archspec.analysis import Calls, Targets
from archspec.model import Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown
from archspec.validators.facts.counts import count_field
from archspec.values import count as spelled


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every component with too few replicas that no flow visits."""
    visited = {call.callee for call in context.once(Calls).all}
    minimum = context.parameters.minimum_replicas
    for component in context.architecture.of_kind(
        "server", "gateway", "load_balancer", "worker", "identity_provider", "service_registry"
    ):
        if not isinstance(component, Running) or component.id in visited or component.instances >= minimum:
            continue
        if context.once(Targets).pulls_from_queue(component.id):
            continue
        if not (component.said("replicas", "scaling") or context.subjects.redundancy or context.closed_world):
            yield Unknown("replicas", component.id)
            continue
        count = component.instances
        yield Found(
            ("components", component.id, "replicas"),
            f"`{component.id}` runs {'once' if count == 1 else spelled(count, 'replica')}",
            f"give it {count_field(component, minimum)}.",
        )


RULE = Rule(
    code="AVL02",
    name="too-few-replicas",
    theme="availability",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
    closes_world=True,
    yields_to=("AVL01", "AVL05"),
)

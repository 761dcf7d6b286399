"""A deploy that takes all replicas down.

## What it checks

A deploy stage with `strategy: recreate` of a component with two or more replicas; in the strict set also a
deploy stage without `strategy`.

## Why

Replicas are there so that some of them can be away. Stopping all at once makes each deploy an outage, and a
bad version meets everybody at the same time.

## Bad

```yaml
archspec: 1
name: All at once
components:
  api: {kind: server, scaling: {min: 3, max: 6}}
  db: {kind: database}
connections:
  - api -> db
pipelines:
  release: {stages: [{kind: test}, {kind: build}, {kind: deploy, targets: api, strategy: recreate}]}
```

## Good

```yaml
archspec: 1
name: One by one
components:
  api: {kind: server, scaling: {min: 3, max: 6}}
  db: {kind: database}
connections:
  - api -> db
pipelines:
  release: {stages: [{kind: test}, {kind: build}, {kind: deploy, targets: api, strategy: rolling}]}
```

## When to ignore it

Where two versions must never run side by side, in an announced hour.

## Source

[Kubernetes: deployment
strategy](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy)
"""

from collections.abc import Iterator

from archspec.model import Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.deploys import deploys


def check(context: Context) -> Iterator[Found]:
    """Deploys of what runs more than once, by how they replace it."""
    for id_, stages in context.once(deploys).items():
        component = context.architecture.components[id_]
        count = component.instances if isinstance(component, Running) else 1
        for deploy in stages:
            path = (*deploy.path, "strategy")
            if deploy.stage.strategy == "recreate" and count > 1:
                message = f"recreate takes all {count} `{id_}` down at each deploy"
                yield Found(path, message, "use rolling.", element=id_)
            elif deploy.stage.strategy is None and context.strict:
                message = f"{deploy.stage.title} of {deploy.pipeline} does not say how it replaces `{id_}`"
                yield Found(path, message, "add `strategy: rolling`.", element=id_)


RULE = Rule(
    code="CD05",
    name="all-at-once",
    theme="delivery",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

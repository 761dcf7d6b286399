"""A rolling deploy that takes out more replicas than can be spared.

## What it checks

A deploy stage with `strategy: rolling` whose `max_unavailable` (1 unless stated) leaves fewer replicas of a target
than it `needs`. Blue-green and canary deploys add before they take away. A worker behind a queue is left alone: its
messages wait.

## Why

Deploys are the most frequent failure of all, and the only one with a schedule. Three replicas that are all needed
leave no room to replace one.

## Bad

```yaml
archspec: 1
name: No room to roll
components:
  api: {kind: server, replicas: 3, needs: 3}
pipelines:
  release:
    stages:
      - {kind: test}
      - {kind: build}
      - {kind: deploy, targets: api, strategy: rolling}
```

## Good

```yaml
archspec: 1
name: Room to roll
components:
  api: {kind: server, replicas: 4, needs: 3}
pipelines:
  release:
    stages:
      - {kind: test}
      - {kind: build}
      - {kind: deploy, targets: api, strategy: rolling}
```

## When to ignore it

Deploys happen in a window in which less is needed.

## Source

[Kubernetes, Rolling update: max unavailable](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable)
"""

from collections.abc import Iterator

from archspec.analysis import Targets
from archspec.model import Architecture, Running, Stage
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.deploys import is_target


def check(context: Context) -> Iterator[Found]:
    """Every target of a rolling deploy that keeps too few replicas meanwhile."""
    for pipeline in context.architecture.pipelines.values():
        for index, stage in enumerate(pipeline.stages):
            if stage.strategy != "rolling":
                continue
            for target in _targets(context.architecture, stage):
                if not _is_judged(context, target) or target.instances - stage.max_unavailable >= target.needs:
                    continue
                yield Found(
                    ("pipelines", pipeline.id, "stages", index, "max_unavailable"),
                    _what(target, stage.max_unavailable),
                    "add a replica or use blue_green.",
                    element=target.id,
                    related=((("components", target.id, "needs"), "it needs so many"),),
                )


def _targets(architecture: Architecture, stage: Stage) -> tuple[Running, ...]:
    """The components that a stage replaces: those named, and those that run code in a group that is named."""
    return tuple(
        component
        for component in architecture.components.values()
        if isinstance(component, Running) and is_target(architecture, component, stage.targets)
    )


def _is_judged(context: Context, target: Running) -> bool:
    speaks = target.said("replicas", "scaling", "needs") or context.subjects.redundancy
    return speaks and not context.once(Targets).pulls_from_queue(target.id)


def _what(target: Running, batch: int) -> str:
    taken = min(batch, target.instances)
    if target.needs == target.instances == 1:
        return f"each deploy takes the only replica of `{target.id}`"
    needed = f"all {target.needs}" if target.needs == target.instances else str(target.needs)
    verb = "are" if target.needs > 1 else "is"
    return f"each deploy takes {taken} of {target.instances} `{target.id}` while {needed} {verb} needed"


RULE = Rule(
    code="AVL11",
    name="deploy-exceeds-spare",
    theme="availability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("AVL01", "AVL02"),
)

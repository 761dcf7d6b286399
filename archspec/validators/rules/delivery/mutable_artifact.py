"""A tag that can move.

## What it checks

`immutable: false` stated on the registry of a package stage.

## Why

When a tag can be pushed again, what runs today under it is not what was tested, a roll-back to it brings
something else, and two replicas of one version differ.

## Bad

```yaml
archspec: 1
name: Latest
components:
  registry: {kind: artifact_registry, immutable: false}
  api: {kind: server}
  db: {kind: database}
connections:
  - api -> db
pipelines:
  release:
    stages: [{kind: test}, {kind: package, artifact: registry}, {kind: deploy, targets: api, strategy: rolling}]
```

## Good

```yaml
archspec: 1
name: Numbered
components:
  registry: {kind: artifact_registry, immutable: true}
  api: {kind: server}
  db: {kind: database}
connections:
  - api -> db
pipelines:
  release:
    stages: [{kind: test}, {kind: package, artifact: registry}, {kind: deploy, targets: api, strategy: rolling}]
```

## When to ignore it

Where deploys name what they put out by its digest.

## Source

[Docker: pull an image by digest, an immutable
identifier](https://docs.docker.com/reference/cli/docker/image/pull/)
"""

from collections.abc import Iterator

from archspec.model.kinds.artifact_registry import ArtifactRegistry
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Registries of package stages."""
    for pipeline in context.architecture.pipelines.values():
        for stage in pipeline.stages:
            registry = context.architecture.components.get(stage.artifact or "")
            if isinstance(registry, ArtifactRegistry) and registry.immutable is False:
                yield Found(
                    ("components", registry.id, "immutable"),
                    f"a tag in `{registry.id}` can move between the test and the deploy of {pipeline.id}",
                    "set `immutable: true`, or deploy by digest.",
                )


RULE = Rule(
    code="CD04",
    name="mutable-artifact",
    theme="delivery",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

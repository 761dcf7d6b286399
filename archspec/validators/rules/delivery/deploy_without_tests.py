"""A deploy that nothing was tested before.

## What it checks

The last deploy of a pipeline with no test stage before it. A build before the tests, smoke tests after a first
deploy to staging, and tests that run there before production, are in order.

## Why

The users are then the first to run the change. Every mistake that a test of a minute would show costs a
roll-back instead.

## Bad

```yaml
archspec: 1
name: Hope
components:
  code: {kind: code_repository}
  api: {kind: server}
  db: {kind: database}
connections:
  - api -> db
pipelines:
  release:
    source: code
    stages:
      - {name: image, kind: build}
      - {name: production, kind: deploy, targets: api, strategy: rolling}
```

## Good

```yaml
archspec: 1
name: Tests
components:
  code: {kind: code_repository}
  api: {kind: server}
  db: {kind: database}
connections:
  - api -> db
pipelines:
  release:
    source: code
    stages:
      - {name: image, kind: build}
      - {name: unit tests, kind: test}
      - {name: production, kind: deploy, targets: api, strategy: rolling}
```

## When to ignore it

Where the repository refuses a change whose tests have not passed, before the pipeline begins.

## Source

[DORA: test automation](https://dora.dev/capabilities/test-automation/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Pipelines whose last deploy comes before any test."""
    for id_, pipeline in context.architecture.pipelines.items():
        kinds = [stage.kind for stage in pipeline.stages]
        deploys = [index for index, kind in enumerate(kinds) if kind == "deploy"]
        if not deploys or "test" in kinds[: deploys[-1]]:
            continue
        index = deploys[0]
        yield Found(
            ("pipelines", id_, "stages", index),
            f"{pipeline.stages[index].title} deploys before any test",
            "move it after." if "test" in kinds else "add a test stage before it.",
            at_key=True,
        )


RULE = Rule(
    code="CD02",
    name="deploy-without-tests",
    theme="delivery",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

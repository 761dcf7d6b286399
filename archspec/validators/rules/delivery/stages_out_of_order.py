"""A pipeline that ships what is not made yet.

## What it checks

The first deploy of a pipeline comes before its first build or package stage, or a package stage comes before
the first build. A pipeline without a build (a script, a static page) is not judged, nor are builds that
follow a first deploy.

## Why

As written, the deploy puts out the artefact of the change before, or none. What was tested is not what runs.

## Bad

```yaml
archspec: 1
name: Shipped, then built
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
      - {name: unit tests, kind: test}
      - {name: production, kind: deploy, targets: api, strategy: rolling}
      - {name: image, kind: build}
```

## Good

```yaml
archspec: 1
name: Built, then shipped
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
      - {name: unit tests, kind: test}
      - {name: image, kind: build}
      - {name: production, kind: deploy, targets: api, strategy: rolling}
```

## When to ignore it

Never: put the stages in the order in which they run.

## Source

[Humble and Farley, Continuous Delivery: the deployment
pipeline](https://continuousdelivery.com/implementing/patterns/)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity

_ORDER = (("deploy", "build", "built"), ("deploy", "package", "packaged"), ("package", "build", "built"))
_VERBS = {"deploy": "deploys", "package": "packs"}


def check(context: Context) -> Iterator[Found]:
    """Pipelines by the first stage of each kind."""
    for id_, pipeline in context.architecture.pipelines.items():
        first: dict[str, int] = {}
        for index, stage in enumerate(pipeline.stages):
            first.setdefault(stage.kind, index)
        for early, late, verb in _ORDER:
            if early in first and late in first and first[early] < first[late]:
                one, other = pipeline.stages[first[early]], pipeline.stages[first[late]]
                yield Found(
                    ("pipelines", id_, "stages", first[early]),
                    f"{one.title} {_VERBS[early]} before {other.title} is {verb}",
                    "move it after.",
                    at_key=True,
                )
                break


RULE = Rule(
    code="CD01",
    name="stages-out-of-order",
    theme="delivery",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

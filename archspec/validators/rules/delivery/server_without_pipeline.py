"""A server that no pipeline deploys.

## What it checks

Once a pipeline deploys something: a server or worker that is in the targets of no deploy stage, by itself or
through its group.

## Why

What no pipeline deploys is deployed by hand: by whoever still knows how, from whatever was on that laptop.

## Bad

```yaml
archspec: 1
name: One of two
components:
  api: {kind: server}
  coder: {kind: worker}
  jobs: {kind: queue}
connections:
  - api -> jobs
  - jobs -> coder
pipelines:
  release: {stages: [{kind: test}, {kind: build}, {kind: deploy, targets: api, strategy: rolling}]}
```

## Good

```yaml
archspec: 1
name: Both
components:
  api: {kind: server}
  coder: {kind: worker}
  jobs: {kind: queue}
connections:
  - api -> jobs
  - jobs -> coder
pipelines:
  release: {stages: [{kind: test}, {kind: build}, {kind: deploy, targets: [api, coder], strategy: rolling}]}
```

## When to ignore it

A server that is bought and updated by its maker.

## Source

[DORA: deployment automation](https://dora.dev/capabilities/deployment-automation/)
"""

from collections.abc import Iterator

from archspec.validators.context import Context
from archspec.validators.facts.deploys import deploys
from archspec.validators.finding import Found, Severity, Unknown
from archspec.validators.rule import Rule, RuleSet


def check(context: Context) -> Iterator[Found | Unknown]:
    """Servers and workers that are no deploy stage's target."""
    if not context.subjects.delivery:
        return
    known = context.once(deploys)
    for component in context.architecture.of_kind("server", "worker"):
        if component.id in known:
            continue
        if known:
            other = next(iter(known))
            yield Found(
                ("components", component.id),
                f"no pipeline deploys `{component.id}` while {known[other][0].pipeline} deploys `{other}`",
                "add it to `targets`.",
                at_key=True,
            )
        else:
            yield Unknown("deployment")


RULE = Rule(
    code="CD03",
    name="server-without-pipeline",
    theme="delivery",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

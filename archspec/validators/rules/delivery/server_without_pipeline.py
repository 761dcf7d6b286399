"""A server that no pipeline deploys.

## What it checks

Once there is a pipeline: a server or worker that is in the targets of no deploy stage, by itself or through its
group. Where no pipeline deploys anything, that is one finding for all of them.

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

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.deploys import deploys


def check(context: Context) -> Iterator[Found]:
    """Servers and workers that are no deploy stage's target; where nothing is deployed, all of them as one."""
    if not context.subjects.delivery:
        return
    known = context.once(deploys)
    missing = [c.id for c in context.architecture.of_kind("server", "worker", "function") if c.id not in known]
    if missing and not known:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        message = f"no pipeline deploys `{missing[0]}`{more}"
        yield Found(("components", missing[0]), message, "add a deploy stage with `targets`.", at_key=True)
        return
    for id_ in missing:
        other = next(iter(known))
        yield Found(
            ("components", id_),
            f"no pipeline deploys `{id_}` while {known[other][0].pipeline} deploys `{other}`",
            "add it to `targets`.",
            at_key=True,
        )


RULE = Rule(
    code="CD03",
    name="server-without-pipeline",
    theme="delivery",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

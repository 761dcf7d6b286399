"""A component that nothing speaks of.

## What it checks

A component that stands in no connection, step, reference key, alert, pipeline or fault. A spec without any
connection and any flow is a list, not yet a system, and is not judged.

## Why

What is connected to nothing does nothing. Either an arrow was forgotten, or the component is left over from
an older version of the system; both make the picture wrong.

## Bad

```yaml
archspec: 1
name: A forgotten report
components:
  app: {kind: client}
  api: {kind: server}
  reports: {kind: database}
connections:
  - app -> api
```

## Good

```yaml
archspec: 1
name: The report is read
components:
  app: {kind: client}
  api: {kind: server}
  reports: {kind: database}
connections:
  - app -> api
  - api -> reports
```

## When to ignore it

While a system is being written down and the part is known to come.

## Source

[The C4 model: notation checklist](https://c4model.com/diagrams/checklist): every element of a picture has a
meaning, and every line a purpose.
"""

from collections.abc import Iterator

from archspec.model import Architecture
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Components that no edge and no other part of the spec names."""
    architecture = context.architecture
    if not architecture.connections and not architecture.group_arrows and not architecture.flows:
        return
    named = _named(architecture)
    for id_ in architecture.components:
        if id_ not in named:
            yield Found(
                ("components", id_),
                f"`{id_}` is not connected to anything, and no flow uses it",
                "connect it or delete it.",
                at_key=True,
            )


def _named(architecture: Architecture) -> set[str]:
    found = {end for edge in architecture.edges for end in (edge.from_, edge.to)}
    reached = {arrow.to for arrow in architecture.group_arrows}
    for component in architecture.components.values():
        if any(group.id in reached for group in architecture.enclosing(component.group)):
            found.add(component.id)
    found.update(arrow.from_ for arrow in architecture.group_arrows)
    for id_, flow in architecture.flows.items():
        found.add(flow.from_)
        found.update(callee for visit in architecture.walk(id_) for callee in visit.step.call)
    for alert in architecture.alerts.values():
        found.update(alert.notify)
        found.add(alert.component or "")
    for pipeline in architecture.pipelines.values():
        found.update((pipeline.source or "", *pipeline.by, *pipeline.notify))
        for stage in pipeline.stages:
            found.update((stage.artifact or "", *stage.targets))
    for scenario in architecture.scenarios.values():
        for fault in scenario.faults:
            target = fault.target
            found.update((target, target.rpartition("-")[0]))
    return found


RULE = Rule(
    code="STR03",
    name="orphan-component",
    theme="structure",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

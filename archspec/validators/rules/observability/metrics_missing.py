"""A server that nobody measures.

## What it checks

Once somebody speaks of metrics (a metrics service, any `metrics_to`): a server or worker without `metrics_to`
and without a connection, either way, with a metrics service. In the production set silence about metrics is a
violation.

## Why

The component without figures is where the search for a slow minute ends in guesses, and no alert can ever
speak of it.

## Bad

```yaml
archspec: 1
name: One of two is measured
components:
  api: {kind: server, metrics_to: metrics}
  coder: {kind: worker}
  jobs: {kind: queue}
  metrics: {kind: metrics_service}
connections:
  - api -> jobs
  - jobs -> coder
```

## Good

```yaml
archspec: 1
name: Both are measured
components:
  api: {kind: server, metrics_to: metrics}
  coder: {kind: worker, metrics_to: metrics}
  jobs: {kind: queue}
  metrics: {kind: metrics_service}
connections:
  - api -> jobs
  - jobs -> coder
```

## When to ignore it

A job that runs for seconds once a day and is watched by its result.

## Source

[Google, Site Reliability Engineering, ch. 6: monitoring distributed
systems](https://sre.google/sre-book/monitoring-distributed-systems/)
"""

from collections.abc import Iterator

from archspec.language import Addition
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown


def check(context: Context) -> Iterator[Found | Unknown]:
    """Servers and workers without an edge with a metrics service."""
    architecture = context.architecture
    services = {service.id for service in architecture.of_kind("metrics_service")}
    for component in architecture.of_kind("server", "worker", "function", "identity_provider", "service_registry"):
        measured = any(edge.to in services for edge in architecture.outgoing[component.id])
        if measured or any(edge.from_ in services for edge in architecture.incoming[component.id]):
            continue
        if context.subjects.metrics or context.closed_world:
            yield Found(
                ("components", component.id),
                f"nobody collects metrics of `{component.id}`",
                f"add `metrics_to: {min(services, default='<metrics service>')}`.",
                at_key=True,
                adds=Addition(("components", component.id, "metrics_to"), min(services)) if services else None,
            )
        else:
            yield Unknown("metrics")


RULE = Rule(
    code="OBS05",
    name="metrics-missing",
    theme="observability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

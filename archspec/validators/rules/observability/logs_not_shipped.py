"""Logs that stay on the machine.

## What it checks

Once somebody speaks of logs (a log service, any `logs_to`): a server, worker or gateway without `logs_to` and
without a connection to a log service. And in any case `local_storage: [logs]` on one that ships none. In the
production set silence about logs is a violation.

## Why

The log is wanted most when the machine is gone, or when the request crossed three of them. What stays on a
disk cannot be searched then, and goes with it.

## Bad

```yaml
archspec: 1
name: One of two ships
components:
  api: {kind: server, logs_to: logs}
  coder: {kind: worker}
  jobs: {kind: queue}
  logs: {kind: log_service, retention: 30d}
connections:
  - api -> jobs
  - jobs -> coder
```

## Good

```yaml
archspec: 1
name: Both ship
components:
  api: {kind: server, logs_to: logs}
  coder: {kind: worker, logs_to: logs}
  jobs: {kind: queue}
  logs: {kind: log_service, retention: 30d}
connections:
  - api -> jobs
  - jobs -> coder
```

## When to ignore it

A server whose platform collects its output and which the spec leaves out.

## Source

[The Twelve-Factor App, XI: treat logs as event streams](https://12factor.net/logs)
"""

from collections.abc import Iterator

from archspec.language import Addition
from archspec.model import Architecture, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown

_SHIPPERS = ("server", "worker", "function", "gateway", "identity_provider", "service_registry")


def check(context: Context) -> Iterator[Found | Unknown]:
    """Servers, workers and gateways that ship no logs."""
    architecture = context.architecture
    services = {service.id for service in architecture.of_kind("log_service")}
    silent = [
        component
        for component in architecture.of_kind(*_SHIPPERS)
        if isinstance(component, Running)
        and not component.logs_to
        and not any(edge.to in services for edge in architecture.outgoing[component.id])
    ]
    another = _while_another(architecture)
    for component in silent:
        kept = getattr(component, "local_storage", None) or ()
        if "logs" in kept:
            yield Found(
                ("components", component.id, "local_storage", kept.index("logs")),
                f"`{component.id}` keeps its logs on its own disk: they go with it",
                f"add `logs_to: {_service(services)}`.",
            )
        elif context.subjects.logs or context.closed_world:
            yield Found(
                ("components", component.id),
                f"`{component.id}` ships no logs{another}",
                f"add `logs_to: {_service(services)}`.",
                at_key=True,
                adds=Addition(("components", component.id, "logs_to"), min(services)) if services else None,
            )
        else:
            yield Unknown("logs")


def _while_another(architecture: Architecture) -> str:
    shippers = (component.id for component in architecture.of_kind(*_SHIPPERS) if component.said("logs_to"))
    other = next(shippers, None)
    return f" while `{other}` does" if other else ""


def _service(services: set[str]) -> str:
    return min(services, default="<log service>")


RULE = Rule(
    code="OBS01",
    name="logs-not-shipped",
    theme="observability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
)

"""An entry that keeps no record of requests.

## What it checks

A load balancer, gateway or CDN without `logs_to` and without a connection to a log service, once somebody
speaks of logs.

## Why

What the entry refuses (a full rate limit, a dead target, a bad certificate) no server ever sees. Only its own
log has it.

## Bad

```yaml
archspec: 1
name: A silent door
components:
  app: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server, logs_to: logs}
  logs: {kind: log_service, retention: 30d}
connections:
  - app -> lb: https
  - lb -> api
```

## Good

```yaml
archspec: 1
name: A door with a book
components:
  app: {kind: client}
  lb: {kind: load_balancer, logs_to: logs}
  api: {kind: server, logs_to: logs}
  logs: {kind: log_service, retention: 30d}
connections:
  - app -> lb: https
  - lb -> api
```

## When to ignore it

Where the servers behind it see every request, refused ones included.

## Source

[AWS: access logs for your Application Load
Balancer](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Entries that ship no logs while others do."""
    architecture = context.architecture
    if not (context.subjects.logs or context.closed_world):
        return
    services = {service.id for service in architecture.of_kind("log_service")}
    for entry in architecture.of_kind("load_balancer", "gateway", "cdn"):
        ships = any(edge.to in services for edge in architecture.outgoing[entry.id])
        if not ships:
            yield Found(
                ("components", entry.id),
                f"`{entry.id}` keeps no record of the requests it refuses",
                f"add `logs_to: {min(services, default='<log service>')}`.",
                at_key=True,
            )


RULE = Rule(
    code="OBS03",
    name="no-access-log",
    theme="observability",
    severity=Severity.WARNING,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
    yields_to=("OBS01",),
)

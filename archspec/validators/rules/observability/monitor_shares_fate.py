"""A monitor that fails with what it watches.

## What it checks

Where two or more zones are declared: the loss of one takes all of a metrics service, log service or error
monitor, and all of a component that it watches. Telemetry that watches other telemetry is not meant; nor a
component that survives elsewhere, or a monitor whose zone is unknown.

## Why

The failure of the zone is the moment the figures are for. A monitor in the same zone shows a flat line, and
its alerts are silent.

## Bad

```yaml
archspec: 1
name: Both in one zone
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  api: {kind: server, group: zone-a, metrics_to: metrics}
  metrics: {kind: metrics_service, group: zone-a}
  db: {kind: database, group: zone-b}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: One in each
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  api: {kind: server, group: zone-a, metrics_to: metrics}
  metrics: {kind: metrics_service, group: zone-b}
  db: {kind: database, group: zone-b}
connections:
  - api -> db
```

## When to ignore it

Where an outside probe would tell: model it as another metrics service.

## Source

[Google, Site Reliability Workbook, ch. 4: monitoring](https://sre.google/workbook/monitoring/)
"""

from collections.abc import Iterator

from archspec.model import Architecture, Component, Role, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, placed_at

_MONITORS = ("metrics_service", "log_service", "error_monitor")


def check(context: Context) -> Iterator[Found]:
    """Monitors that stand in one zone with all of something they watch."""
    architecture = context.architecture
    if not context.subjects.zones:
        return
    for monitor in architecture.of_kind(*_MONITORS):
        zone = _only_zone(architecture, monitor)
        if zone is None:
            continue
        for edge in architecture.incoming[monitor.id]:
            watched = architecture.components[edge.from_]
            if watched.kind_of.role is not Role.TELEMETRY and _only_zone(architecture, watched) == zone:
                yield Found(
                    placed_at(monitor),
                    f"`{monitor.id}` fails together with `{watched.id}`, which it should explain",
                    f"move it out of {zone}.",
                    element=monitor.id,
                )
                break


def _only_zone(architecture: Architecture, component: Component) -> str | None:
    """The zone whose loss takes all replicas; None where there is none, or unknown."""
    if not isinstance(component, Running):
        return None
    zones: set[str | None] = set()
    for domains in architecture.placements(component):
        zones.add(next((id_ for id_ in domains if architecture.groups[id_].kind == "zone"), None))
    return zones.pop() if len(zones) == 1 else None


RULE = Rule(
    code="OBS09",
    name="monitor-shares-fate",
    theme="observability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("OBS02", "ALR08"),
)

"""Replicas placed so that one zone takes more of them than the component can spare.

## What it checks

A component with a spare (`replicas` above `needs`) whose replicas, dealt round-robin over its zones, stand so that
the failure of one zone leaves fewer than it needs. Judged where two or more zones are declared, or where the
component names several places itself. An error where a flow through it misses its objective besides.

## Why

A zone fails as a whole. Three replicas over two zones stand two and one: whoever needs two of them has no spare
for the zone that holds two, although every single replica has one.

## Bad

```yaml
archspec: 1
name: Three over two
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 3, needs: 2, zones: [zone-a, zone-b]}
connections:
  - app -> api: https
flows:
  read: {from: app, steps: [{call: api}]}
```

## Good

```yaml
archspec: 1
name: Four over two
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 4, needs: 2, zones: [zone-a, zone-b]}
connections:
  - app -> api: https
flows:
  read: {from: app, steps: [{call: api}]}
```

## When to ignore it

The system may be down with its zone, or another region takes over as a whole.

## Source

[AWS, Static stability using Availability Zones](https://aws.amazon.com/builders-library/static-stability-using-availability-zones/)
"""

from collections import Counter
from collections.abc import Iterator

from archspec.analysis.availability import Availability
from archspec.analysis.exemptions import is_provided
from archspec.model.component import Running
from archspec.model.kind import Role
from archspec.validators.context import Context
from archspec.validators.finding import Found, Severity
from archspec.validators.rule import Rule, RuleSet

_WATCHERS = (Role.TELEMETRY, Role.CHANNEL, Role.DELIVERY)


def check(context: Context) -> Iterator[Found]:
    """Every component whose fullest zone holds more replicas than it can spare."""
    for component in context.architecture.components.values():
        if not isinstance(component, Running) or is_provided(component) or component.kind_of.role in _WATCHERS:
            continue
        spare = component.instances - component.needs
        placed = _placed(context, component) if spare >= 1 else Counter[str]()
        zone, held = placed.most_common(1)[0] if placed else ("", 0)
        if held > spare:
            yield _found(context, component, zone, placed)


def _placed(context: Context, component: Running) -> Counter[str]:
    """Replicas by zone, in the order of the zones; none where nothing is said of them."""
    architecture = context.architecture
    zones = architecture.zones_of(component)
    if not context.subjects.zones and len(zones) < 2:
        return Counter()
    held: Counter[str] = Counter()
    for index, _ in enumerate(zones[: component.instances]):
        share = len(range(index, component.instances, len(zones)))
        around = architecture.domains_of(component, index + 1)
        held.update({id_: share for id_ in around if architecture.groups[id_].kind == "zone" or id_ in component.zones})
    return held


def _found(context: Context, component: Running, zone: str, placed: Counter[str]) -> Found:
    left = component.instances - placed[zone]
    needs = f"{component.needs} replicas it needs" if component.needs > 1 else "1 replica it needs"
    spread = f"{'+'.join(map(str, placed.values()))} over {', '.join(placed)}"
    return Found(
        ("components", component.id, "zones"),
        f"`{component.id}` keeps {left} of the {needs} when {zone} fails ({spread})",
        _remedy(context, component, len(placed)),
        severity=Severity.ERROR if _breaks_promise(context, component.id) else None,
    )


def _remedy(context: Context, component: Running, zones: int) -> str:
    others = [g.id for g in context.architecture.groups.values() if g.kind == "zone"]
    if zones == 1:
        free = [id_ for id_ in others if id_ not in context.architecture.zones_of(component)]
        return f"spread it over {' and '.join([*context.architecture.zones_of(component), *free[:1]])}."
    more = -(-component.needs * zones // (zones - 1))
    is_enough = component.instances - -(-component.instances // (zones + 1)) >= component.needs
    another = f" or {'a third' if zones == 2 else 'another'} zone" if is_enough else ""
    return f"use {more} replicas{another}."


def _breaks_promise(context: Context, component: str) -> bool:
    flows = context.once(Availability).flows
    return any(flow.misses_objective and any(part.owner == component for part in flow.parts) for flow in flows)


RULE = Rule(
    code="AVL03",
    name="zone-takes-more-than-the-spare",
    theme="availability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

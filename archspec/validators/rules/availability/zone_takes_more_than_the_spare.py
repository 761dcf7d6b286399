"""Replicas placed so that one zone takes more of them than the component can spare.

## What it checks

A component with a spare (`replicas` above `needs`) whose replicas, dealt round-robin over its zones, stand so that
the failure of one zone leaves fewer than it needs. Judged where two or more zones are declared, or where the
component names several places itself; hosts likewise. An error where a flow through it misses its objective besides,
an info where only jobs need it whose `deadline` leaves room for the repair.

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

from archspec.analysis import Availability, is_provided
from archspec.model import Role, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.counts import count_field

_WATCHERS = (Role.TELEMETRY, Role.CHANNEL, Role.DELIVERY)


def check(context: Context) -> Iterator[Found]:
    """Every component whose fullest zone holds more replicas than it can spare."""
    kinds = Counter(group.kind for group in context.architecture.groups.values())
    judged = frozenset(kind for kind in ("zone", "host") if kinds[kind] > 1)
    for component in context.architecture.components.values():
        if not isinstance(component, Running) or is_provided(component) or component.kind_of.role in _WATCHERS:
            continue
        spare = component.instances - component.needs
        placed = _placed(context, component, judged) if spare >= 1 else Counter[str]()
        if placed and max(placed.values()) > spare:
            groups = context.architecture.groups
            fullest = max(placed, key=lambda place: (placed[place], groups[place].kind == "zone"))
            beside = Counter({id_: n for id_, n in placed.items() if groups[id_].kind == groups[fullest].kind})
            yield _found(context, component, fullest, beside)


def _placed(context: Context, component: Running, judged: frozenset[str]) -> Counter[str]:
    """Replicas by places of these kinds, in the order of the zones; none where nothing is said of them."""
    architecture = context.architecture
    zones = architecture.zones_of(component)
    named = set(component.zones) if judged or len(zones) > 1 else set[str]()
    held: Counter[str] = Counter()
    for index, _ in enumerate(zones[: component.instances]):
        share = len(range(index, component.instances, len(zones)))
        around = architecture.domains_of(component, index + 1)
        held.update({id_: share for id_ in around if architecture.groups[id_].kind in judged or id_ in named})
    return held


def _found(context: Context, component: Running, zone: str, placed: Counter[str]) -> Found:
    left = component.instances - placed[zone]
    needs = f"{component.needs} replicas it needs" if component.needs > 1 else "1 replica it needs"
    spread = f"{'+'.join(map(str, placed.values()))} over {', '.join(placed)}"
    return Found(
        ("components", component.id, "zones"),
        f"`{component.id}` keeps {left} of the {needs} when {zone} fails ({spread})",
        _remedy(context, component, zone, len(placed)),
        severity=_severity(context, component.id, zone),
    )


def _remedy(context: Context, component: Running, place: str, zones: int) -> str:
    groups = context.architecture.groups
    kind = groups[place].kind
    if zones == 1:
        free = [group.id for group in groups.values() if group.kind == kind and group.id != place]
        return f"spread it over {' and '.join([place, *free[:1]])}."
    more = -(-component.needs * zones // (zones - 1))
    is_enough = component.instances - -(-component.instances // (zones + 1)) >= component.needs
    another = f" or {'a third' if zones == 2 else 'another'} {kind}" if is_enough else ""
    return f"use {_so_many(component, more)}{another}."


def _so_many(component: Running, count: int) -> str:
    return f"{count} replicas" if component.said("replicas") else count_field(component, count)


def _severity(context: Context, component: str, place: str) -> Severity | None:
    """An error where a promise is broken, an info where only jobs need it that may wait for the repair."""
    flows = context.once(Availability).flows
    needing = [flow for flow in flows if any(part.owner == component for part in flow.parts)]
    if any(flow.misses_objective for flow in needing):
        return Severity.ERROR
    return Severity.INFO if needing and all(flow.may_wait_for(place) for flow in needing) else None


RULE = Rule(
    code="AVL03",
    name="zone-takes-more-than-the-spare",
    theme="availability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

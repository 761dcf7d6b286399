"""Availability computed with a `needs` that the traffic refutes.

## What it checks

A component with availability figures and stated `cores` or `slots` whose load, all flows together, keeps more
replicas busy than it says it `needs`; and who takes over from another (as its fallback, its copy, or another of a
list) and would then be asked for more than it has.

## Why

Two replicas at 99.9% of which one is enough are 99.9999% available. If the load takes both, they are 99.8%: the
second replica is not a spare, and losing either is an outage. The figure in the report is then worse than none.

## Bad

```yaml
archspec: 1
name: One is said to be enough
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 3, cores: 4, availability: 99.9%}
connections:
  - app -> api: https
flows:
  read: {from: app, rate: 1500/s, steps: [{call: api, cpu: 4ms}]}
```

## Good

```yaml
archspec: 1
name: Two are needed
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 3, needs: 2, cores: 4, availability: 99.9%}
connections:
  - app -> api: https
flows:
  read: {from: app, rate: 1500/s, steps: [{call: api, cpu: 4ms}]}
```

## When to ignore it

The rate is a short peak, and outside it fewer replicas carry the load.

## Source

[Google, Site Reliability Engineering: Addressing Cascading Failures, Server Overload](https://sre.google/sre-book/addressing-cascading-failures/)
"""

from collections.abc import Iterator
from math import floor

from archspec.analysis import Capacity, variables
from archspec.analysis.diagram import EntangledError
from archspec.analysis.parts import Parts
from archspec.analysis.probability import probability
from archspec.analysis.stand_ins import TooSmall, too_small
from archspec.model import Running, with_fields
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import count, number, percent, rate


def check(context: Context) -> Iterator[Found]:
    """Every component whose load takes more replicas than it says it needs."""
    capacity = context.once(Capacity)
    for id_, needed in capacity.needed_replicas.items():
        component = context.architecture.components[id_]
        if isinstance(component, Running):
            yield from _found(context, component, capacity.visits(id_), needed)
    for small in too_small(context.architecture, capacity):
        yield _stand_in(small)


def _stand_in(small: TooSmall) -> Found:
    station = small.station
    section = "connections" if station.connection else "components"
    asked, word = number(station.peak * station.each), station.resource.word
    of_each = f"each replica of `{station.name}`" if station.replicas > 1 else f"`{station.name}`"
    count = station.replicas_for()
    more = f" or {-(-count // station.shards)} replicas" if count and not station.connection else ""
    size = floor(station.peak * station.each + 1e-9) + 1
    return Found(
        (section, station.name, station.resource.value),
        f"when `{small.lost}` is lost, {of_each} is asked for {asked} {word} of {number(station.each)} "
        f"({percent(station.peak)}): it cannot stand in",
        f"give it `{station.resource.value}: {size}`{more}, or shed what is too much.",
        related=((("components", small.lost), "this is what is lost"),),
    )


def _found(context: Context, component: Running, visits: float, needed: int) -> Iterator[Found]:
    stated = _availability(Parts(context.architecture), component)
    changed = with_fields(context.architecture, component, needs=needed)
    honest = _availability(Parts(changed), changed.components[component.id])
    if stated is None or honest is None:
        return
    key = "needs" if component.said("needs") else "replicas"
    yield Found(
        ("components", component.id, key),
        f"the {percent(stated, floor)} of `{component.id}` counts {count(component.needs, 'replica')} as enough,"
        f" at {rate(visits)} it takes {needed}",
        f"set `needs: {needed}` (then {percent(honest, floor)}).",
    )


def _availability(parts: Parts, component: object) -> float | None:
    """Its own availability; None where it has no figure at all, or no exact one."""
    if not isinstance(component, Running):
        return None
    working = parts.working(component)
    if all(variable.probability is None for variable in variables(working)):
        return None
    try:
        return probability(working)
    except EntangledError:
        return None


RULE = Rule(
    code="AVL12",
    name="needs-below-load",
    theme="availability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""A connection that prefers who is near, from a place where nobody is.

## What it checks

Every connection with `prefer`: for each zone (with `same_zone`) or region (with `same_region`) in which replicas of
the caller stand, whether one of whoever is asked stands there too. A caller that stands nowhere, so that it has nobody
near it, is named as well.

## Why

From such a place every call leaves its zone or region, all day, and pays for the way there: it is not what somebody
who writes `prefer` expects, and the zones that have targets carry the load of those that have none.

## Bad

```yaml
archspec: 1
name: Nobody in zone-c
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}, zone-c: {kind: zone}}
components:
  app: {kind: client}
  lb: {kind: load_balancer, replicas: 3, zones: [zone-a, zone-b, zone-c], health_check: {path: /healthz}}
  api: {kind: server, replicas: 4, zones: [zone-a, zone-b]}
connections:
  - app -> lb: https
  - lb -> api: {prefer: same_zone}
```

## Good

```yaml
archspec: 1
name: Somebody in every zone
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}, zone-c: {kind: zone}}
components:
  app: {kind: client}
  lb: {kind: load_balancer, replicas: 3, zones: [zone-a, zone-b, zone-c], health_check: {path: /healthz}}
  api: {kind: server, replicas: 6, zones: [zone-a, zone-b, zone-c]}
connections:
  - app -> lb: https
  - lb -> api: {prefer: same_zone}
```

## When to ignore it

The place has few callers, or is only there for when another is lost.

## Source

[Kubernetes, Topology aware routing: constraints](https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/)
"""

from collections.abc import Iterator

from archspec.analysis.nearness import Stand, stands_of
from archspec.model import Connection, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Every connection that says what it prefers."""
    architecture = context.architecture
    for link in architecture.connections:
        if link.prefer is None or link.prefer == architecture.connection_defaults.get("prefer"):
            continue
        callers = list(stands_of(architecture, architecture.components[link.from_]))
        if any(stand.site.knows(link.prefer) for stand in callers):
            yield from _leaving(context, link, callers)
        else:
            yield Found(
                ("connections", link.name, "prefer"),
                f"nothing says where `{link.from_}` stands, so that it prefers nobody",
                f"give `{link.from_}` a `group` in a {_word(link)}"
                + (", or `zones`." if isinstance(architecture.components[link.from_], Running) else "."),
                element=link.from_,
            )


def _leaving(context: Context, link: Connection, callers: list[Stand]) -> Iterator[Found]:
    """The replicas of the caller that have nobody in their own place."""
    architecture = context.architecture
    pool = [architecture.components[link.to], *architecture.copies_of(link.to)]
    targets = {_place(link, stand) for component in pool for stand in stands_of(architecture, component)}
    if targets <= {None}:
        return
    for number, stand in enumerate(callers, start=1):
        place = _place(link, stand)
        if place is not None and place not in targets:
            is_one = len(callers) == 1
            yield Found(
                ("connections", link.name, "prefer"),
                f"`{link.from_ if is_one else f'{link.from_}-{number}'}` always leaves {place}: "
                f"no replica of `{link.to}` stands there",
                f"place one in {place}, or drop `prefer`.",
                element=link.from_,
            )


def _place(link: Connection, stand: Stand) -> str | None:
    return stand.site.zone if link.prefer == "same_zone" else stand.site.region


def _word(link: Connection) -> str:
    return "zone" if link.prefer == "same_zone" else "region"


RULE = Rule(
    code="PRF06",
    name="nobody-near",
    theme="performance",
    severity=Severity.INFO,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""Two components that stand in for each other and fall together.

## What it checks

Different components of which one takes over from the other (targets of one load balancer that no flow tells apart,
a list of alternatives in a call, a call and its fallback) while all instances of both stand in one zone, host or
provider, though a second such group is declared. The replicas of one component are the business of AVL03.

## Why

The redundancy is on paper. Whatever takes the zone takes both, and that is exactly the day on which the second one
was meant to help.

## Bad

```yaml
archspec: 1
name: Blue and green in one zone
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  app: {kind: client}
  api: {kind: gateway}
  blue: {kind: server, group: zone-a}
  green: {kind: server, group: zone-a}
connections:
  - app -> api: https
  - api -> [blue, green]
flows:
  read: {from: app, steps: [{call: api, optional: true, steps: [{call: [blue, green]}]}]}
```

## Good

```yaml
archspec: 1
name: Blue and green apart
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  app: {kind: client}
  api: {kind: gateway}
  blue: {kind: server, group: zone-a}
  green: {kind: server, group: zone-b}
connections:
  - app -> api: https
  - api -> [blue, green]
flows:
  read: {from: app, steps: [{call: api, optional: true, steps: [{call: [blue, green]}]}]}
```

## When to ignore it

The second stands by for bad releases only, not for the loss of a place.

## Source

[AWS, Static stability using Availability Zones](https://aws.amazon.com/builders-library/static-stability-using-availability-zones/)
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from archspec.analysis import Calls, Targets
from archspec.model import Architecture, Component, Group, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity

KINDS = ("host", "zone", "provider")


def check(context: Context) -> Iterator[Found]:
    """One finding per second component, for the narrowest place that both stand in."""
    architecture = context.architecture
    count = Counter(group.kind for group in architecture.groups.values())
    places = {
        group.id: group for group in architecture.groups.values() if group.kind in KINDS and count[group.kind] > 1
    }
    all_in = {c.id: _all_in(architecture, c, places) for c in architecture.components.values()} if places else {}
    for first, second in _stand_ins(context, all_in) if places else ():
        shared = all_in[first.id] & all_in[second.id]
        if not shared:
            continue
        place = min((places[id_] for id_ in places if id_ in shared), key=lambda group: KINDS.index(group.kind))
        others = [g.id for g in architecture.groups.values() if g.kind == place.kind and g.id != place.id]
        key = "zones" if isinstance(second, Running) and second.zones else "group"
        yield Found(
            ("components", second.id, key),
            f"`{first.id}` and `{second.id}` back each other up, and both are in {place.id}",
            f"move one to {others[0]}.",
            related=((("components", first.id, key), "the other one"),),
        )


def _stand_ins(context: Context, all_in: Mapping[str, frozenset[str]]) -> list[tuple[Component, Component]]:
    """Pairs of different components, in the order of the spec's flows and balancers.

    Of a balancer's targets each is paired with the first of its kind in the same place: as many pairs as targets.
    """
    components = context.architecture.components
    pairs: dict[tuple[str, str], None] = {}
    for call in context.once(Calls).all:
        pairs.update(dict.fromkeys(combinations(call.step.call, 2)))
        fallbacks = [callee for step in call.step.fallback for callee in step.call]
        pairs.update({(call.callee, callee): None for callee in fallbacks if callee != call.callee})
    told_apart = {(call.caller, call.callee) for call in context.once(Calls).all if len(call.step.call) == 1}
    for balancer in context.architecture.of_kind("load_balancer"):
        first_in: dict[tuple[str, str], str] = {}
        for target in context.once(Targets).of(balancer.id):
            if (balancer.id, target.id) in told_apart:
                continue
            for place in sorted(all_in[target.id]):
                first = first_in.setdefault((target.kind, place), target.id)
                if first != target.id:
                    pairs[first, target.id] = None
    return [(components[a], components[b]) for a, b in pairs if components[a].kind == components[b].kind]


def _all_in(architecture: Architecture, component: Component, places: Mapping[str, Group]) -> frozenset[str]:
    """Those of `places` that hold every instance of a component."""
    count = component.instances if isinstance(component, Running) else 1
    zones = max(1, len(architecture.zones_of(component)))
    held = [set(architecture.domains_of(component, replica)) for replica in range(1, min(count, zones) + 1)]
    return frozenset(places).intersection(*held)


RULE = Rule(
    code="AVL07",
    name="hidden-common-cause",
    theme="availability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    yields_to=("AVL01",),
)

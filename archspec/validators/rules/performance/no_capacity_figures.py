"""A flow with a rate through components of which nobody says how much they can do.

## What it checks

In the production set: a server, worker, gateway, load balancer or store on a flow with a `rate` whose calls say
nothing of the work (`cpu`, `takes`), or that states neither `cores` nor `slots`.

## Why

Whether the load fits, what saturates first and what a lost zone means can be computed, but only from figures. A
measured guess is worth more than none.

## Bad

```yaml
archspec: 1
name: A rate and no sizes
components:
  app: {kind: client}
  api: {kind: gateway}
connections:
  - app -> api: https
flows:
  read: {from: app, rate: 500/s, steps: [{call: api}]}
```

## Good

```yaml
archspec: 1
name: A rate and sizes
components:
  app: {kind: client}
  api: {kind: gateway, cores: 4}
connections:
  - app -> api: https
flows:
  read: {from: app, rate: 500/s, steps: [{call: api, cpu: 2ms}]}
```

## When to ignore it

The component is sized by its provider, or so large that it never matters.

## Source

[Google, Site Reliability Engineering: Software Engineering in SRE, capacity planning](https://sre.google/sre-book/software-engineering-in-sre/)
"""

from collections.abc import Iterator

from archspec.analysis import Capacity, is_provided
from archspec.analysis.stated import is_sized
from archspec.model import Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown
from archspec.values import listing


def check(context: Context) -> Iterator[Found | Unknown]:
    """Every component under load without a size or without work."""
    flows_of: dict[str, list[str]] = {}
    works: set[str] = set()
    for flow, demands in context.once(Capacity).demands.items():
        for id_ in demands.places:
            demand = demands.of(id_)
            flows_of.setdefault(id_, []).append(flow)
            if demand.cpu or demand.held:
                works.add(id_)
    for id_, flows in flows_of.items():
        component = context.architecture.components[id_]
        missing = [] if is_sized(component) else ["`cores` or `slots`"]
        missing += [] if id_ in works else ["`cpu` of its calls"]
        if not missing or not isinstance(component, Running) or is_provided(component):
            continue
        if not context.closed_world:
            yield Unknown("capacity", id_)
            continue
        yield Found(
            ("components", id_, "cores"),
            f"nothing says whether `{id_}` can carry {listing(flows)}",
            f"state {' and the '.join(missing)}.",
            related=tuple((("flows", flow, "rate"), "this load") for flow in flows),
        )


RULE = Rule(
    code="PRF02",
    name="no-capacity-figures",
    theme="performance",
    severity=Severity.INFO,
    in_set=RuleSet.PRODUCTION,
    page=__doc__,
    check=check,
    closes_world=True,
)

"""A component one of whose instances fails requests on its own.

## What it checks

For every flow, the parts without which a request fails while everything else is up, computed from what the flow
needs: calls in a row and in parallel, `needs` of the replicas, optional calls and fallbacks, hits and misses. A
part that only misses need is a warning, and the message gives their share. Zones are the business of AVL03, and
what somebody else runs (a CDN, object storage) is redundant by nature unless the spec says `replicas: 1`. A part
with a figure is left alone where the flow's objective is met all the same. A job with a `deadline` that leaves room
for the repair of the part (its `mttr`, or where that is not stated any time at all) is started again: then it is an
info.

## Why

A flow is never more available than the least of the parts it cannot do without. Redundancy anywhere else does
not help it: the one database decides.

## Bad

```yaml
archspec: 1
name: One database
components:
  browser: {kind: client}
  api: {kind: gateway, replicas: 3}
  db: {kind: database, replicas: 1, availability: 99.9%}
connections:
  - browser -> api: https
  - api -> db
flows:
  read:
    from: browser
    steps: [{call: api, steps: [{call: db}]}]
```

## Good

```yaml
archspec: 1
name: A database that fails over
components:
  browser: {kind: client}
  api: {kind: gateway, replicas: 3}
  db: {kind: database, replicas: 2, failover: automatic, availability: 99.9%}
connections:
  - browser -> api: https
  - api -> db
flows:
  read:
    from: browser
    steps: [{call: api, steps: [{call: db}]}]
```

## When to ignore it

The flow may fail for as long as the part takes to repair, and somebody has agreed to that; say who.

## Source

[Google, Site Reliability Engineering: Embracing Risk](https://sre.google/sre-book/embracing-risk/) ·
[AWS, Availability and Beyond](https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/availability-and-beyond-improving-resilience.html)
"""

from collections.abc import Iterator
from math import floor

from archspec.analysis import Availability, Cause, FlowAvailability, SinglePoint, hours_per_year, is_provided
from archspec.model import Component, Role, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity, Unknown
from archspec.validators.facts.counts import count_field
from archspec.values import duration, hours, listing, percent

Points = list[tuple[FlowAvailability, SinglePoint]]


def check(context: Context) -> Iterator[Found | Unknown]:
    """One finding per component, whichever flows and instances it is about."""
    of_components: dict[str, Points] = {}
    for flow in context.once(Availability).flows:
        for point in flow.single_points:
            if point.part.cause is Cause.REPLICA and not _is_exempt(context, flow, point):
                of_components.setdefault(point.part.owner, []).append((flow, point))
    for id_, points in of_components.items():
        if not (context.subjects.redundancy or context.closed_world):
            yield Unknown("replicas", id_)
            continue
        component = context.architecture.components[id_]
        at_once = [(flow, point) for flow, point in points if not flow.may_wait_for(point.part.owner)]
        yield _found(context, component, at_once) if at_once else _waited_for(component, points)


def _waited_for(component: Component, points: Points) -> Found:
    rooms = {flow.flow: flow.job.room for flow, _ in points if flow.job is not None}
    room = duration(min(rooms.values()) * 1e9)
    deadline = f"whose deadline leaves {room}" if len(rooms) == 1 else f"whose deadlines leave {room} or more"
    mttr = component.mttr if isinstance(component, Running) else None
    repair = "its repair" if mttr is None else f"a repair of {mttr} on average"
    known = "`archspec analyze` says which share of the runs succeeds."
    return Found(
        ("components", component.id, "replicas"),
        f"`{component.id}` alone serves {listing(rooms)}, {deadline} for {repair}",
        known if mttr is not None else f"write its `mtbf` and `mttr`, then {known}",
        severity=Severity.INFO,
        related=tuple((("flows", flow), "this flow needs it") for flow in rooms),
    )


def _is_exempt(context: Context, flow: FlowAvailability, point: SinglePoint) -> bool:
    component = context.architecture.components[point.part.owner]
    if not isinstance(component, Running) or is_provided(component) or component.kind == "job":
        return True
    has_spare = component.instances > component.needs  # a store that does not fail over: AVL10
    is_fine = (
        flow.objective is not None
        and point.part.probability is not None
        and flow.at_most is not None
        and not flow.misses_objective
    )
    return has_spare or is_fine


def _found(context: Context, component: Component, points: Points) -> Found:
    complete = [(flow, point) for flow, point in points if point.share == 1]
    shown = complete or points
    flows = tuple(dict.fromkeys(flow.flow for flow, _ in shown))
    return Found(
        ("components", component.id, "replicas"),
        f"{_what(component, shown, flows)}{_cost(shown)}",
        _remedy(context, component),
        severity=Severity.ERROR if complete else Severity.WARNING,
        related=tuple((("flows", flow), "this flow needs it") for flow in dict.fromkeys(f.flow for f, _ in points)),
    )


def _what(component: Component, points: Points, flows: tuple[str, ...]) -> str:
    share = max((point.share for _, point in points if point.share is not None), default=None)
    count = component.instances if isinstance(component, Running) else 1
    if count > 1:
        fails = "fails" if share == 1 else "fails for some requests"
        return f"`{component.id}` needs all {count} of its replicas, and {listing(flows)} {fails} with any one of them"
    if share == 1:
        others = f" (also for {listing(flows[1:])})" if flows[1:] else ""
        return f"`{component.id}` is the only thing between {flows[0]} and failure{others}"
    if share is None:
        return f"`{component.id}` alone serves some requests of {listing(flows)}"
    return f"`{component.id}` alone serves {percent(share, floor)} of {listing(flows)}"


def _cost(points: Points) -> str:
    """Hours a year that the instances in question cost, where they have a figure."""
    up = points[0][1].part.probability
    share = points[0][1].share
    if up is None or up == 1 or share is None:
        return ""
    instances = len({point.part for _, point in points})
    return f": {hours(hours_per_year(up) * share * instances)} a year at {percent(up, floor)}"


def _remedy(context: Context, component: Component) -> str:
    if not isinstance(component, Running):
        return "give it a fallback."
    more = count_field(component, component.instances + 1)
    zones = context.architecture.zones_of(component)
    others = [
        group.id for group in context.architecture.groups.values() if group.kind == "zone" and group.id not in zones
    ]
    if zones and others and component.instances == 1:
        more = f"a replica in {others[0]}"
    takes_over = (
        component.kind_of.role in (Role.STORE, Role.CACHE) and getattr(component, "failover", None) != "automatic"
    )
    return f"give it {more} and `failover: automatic`." if takes_over else f"give it {more}."


RULE = Rule(
    code="AVL01",
    name="single-point-of-failure",
    theme="availability",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
    closes_world=True,
    yields_to=("AVL10",),
)

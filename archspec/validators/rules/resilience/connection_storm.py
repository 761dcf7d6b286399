"""Users who stay connected find no place when a replica is lost, or all come back faster than they can be let in.

## What it checks

Every flow with a `session`, at each component of its handshake that states `connections`: whether those replicas that
are left without one hold all users (whether all replicas do, and those left without a zone, says PRF03); and whether
the users of a lost replica, who come back within the first wait of `reconnect` (in one instant where it has no jitter),
ask for more handshakes per second than the cores, slots and rate limits on the way have left.

## Why

Connections that live for hours hide what it costs to make them. When the server that holds a tenth of them dies, all
its users connect again at once, on top of those of the others, and each handshake costs far more than a connection that
is open: it is the first time in months that anybody sees a rate for which nobody has planned. Who is refused comes
again.

## Bad

```yaml
archspec: 1
name: Three hold what two cannot
components:
  app: {kind: client}
  gateway: {kind: gateway, replicas: 3, cores: 2, connections: 10000}
connections:
  - app -> gateway: {protocol: wss, timeout: 10s}
flows:
  connected:
    from: app
    session: {users: 24000, lasts: exponential(1h)}
    steps: [{call: gateway, cpu: 2ms}]
```

## Good

```yaml
archspec: 1
name: Those that are left hold all, and users come back over a minute
components:
  app: {kind: client}
  gateway: {kind: gateway, replicas: 4, cores: 2, connections: 10000}
connections:
  - app -> gateway: {protocol: wss, timeout: 10s}
flows:
  connected:
    from: app
    session: {users: 24000, lasts: exponential(1h), reconnect: exponential(10s jitter=full)}
    steps: [{call: gateway, cpu: 2ms}]
```

## When to ignore it

Users may wait: the finding says for how long at least.

## Source

[AWS Builders' Library, Timeouts, retries and backoff with jitter](https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)
"""

from collections.abc import Iterator

from archspec.analysis import Capacity, Resource, Station
from archspec.model import Architecture, Flow, Holding, RateLimited, Running, held_at
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import duration, number, rate

UNLIMITED = 10**9
"""Replicas where nobody says what one of them can do."""


def check(context: Context) -> Iterator[Found]:
    """Every component that holds the sessions of a flow, and holds them all; where it does not, PRF03 says so."""
    capacity, architecture = context.once(Capacity), context.architecture
    for station in capacity.stations:
        if station.resource is not Resource.PLACES or station.is_full_at(station.peak):
            continue
        if station.is_full_at(station.without_replica or 0.0):
            yield _no_place(station)
            continue
        for flow in architecture.flows.values():
            if flow.session is not None and station.component in held_at(architecture, flow):
                holder = architecture.components[station.component]
                assert isinstance(holder, Holding)
                yield from _storm(architecture, capacity, flow, holder)


def _no_place(station: Station) -> Found:
    """Not all users find a place with one replica lost."""
    missing = station.busy - station.each * (station.replicas - 1)
    return Found(
        ("components", station.component, "connections"),
        f"`{station.component}` holds {station.replicas} × {number(station.each)} sessions, and "
        f"{number(station.busy)} users stay connected: without one of them {number(missing)} find no place",
        f"give it {(station.replicas_for() or station.replicas) + 1} replicas, or more `connections`.",
        element=station.component,
        severity=Severity.ERROR,
    )


def _storm(architecture: Architecture, capacity: Capacity, flow: Flow, holder: Holding) -> Iterator[Found]:
    """Whether those whom one replica held can be let in as fast as they come back."""
    assert flow.session is not None
    if holder.instances < 2:
        return
    spare = _spare(architecture, capacity, flow, holder)
    dropped, first = flow.session.users / holder.instances, flow.session.reconnect
    within = first.first.seconds * {"full": 1.0, "equal": 0.5, "none": 0.0}[first.jitter]
    if spare is None or (within and dropped / within <= spare):
        return
    at_once = f"within {duration(within * 1e9)}" if within else "in one instant"
    back = f"they are back after {duration(dropped / spare * 1e9)} at the earliest" if spare > 0 else "they never are"
    yield Found(
        ("flows", flow.id, "session"),
        f"when a replica of `{holder.id}` dies, {round(dropped):,} users of `{flow.id}` come back {at_once}, "
        f"and {rate(max(spare, 0.0))} of their handshakes can be served: {back}",
        "let them come back over a longer time, such as `reconnect: exponential(30s jitter=full)`, or add capacity.",
        element=holder.id,
        at_key=True,
    )


def _spare(architecture: Architecture, capacity: Capacity, flow: Flow, holder: Running) -> float | None:
    """Handshakes per second that can be served beside all other load with one replica lost; None: nothing limits it."""

    def left(station: Station) -> int:
        if station.is_assumed or station.resource is Resource.PLACES:
            return UNLIMITED
        return station.replicas - station.shards * (station.component == holder.id and not station.connection)

    limit, found = capacity.saturation(flow.id, left), []
    if limit is not None and any(not station.is_assumed for station in capacity.stations):
        found.append(limit - capacity.rates[flow.id])
    for id_ in dict.fromkeys(callee for visit in architecture.walk(flow.id) for _, callee in architecture.pairs(visit)):
        asked = architecture.components[id_]
        if isinstance(asked, RateLimited) and asked.rate_limit is not None:
            found.append(float(asked.rate_limit.rate.per_second) - capacity.visits(id_))
    return min(found, default=None)


RULE = Rule(
    code="RES17",
    name="connection-storm",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

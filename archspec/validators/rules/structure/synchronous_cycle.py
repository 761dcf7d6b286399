"""Components that wait for each other.

## What it checks

Two or more components whose synchronous connections lead round in a circle, and a step of a flow that calls a
component which already waits above it. Connections at a queue, a client or a person, to telemetry, from a
store (it tells others, and waits for nobody), and those that carry messages do not count: nobody waits there. Nor does
one that is called only to push over the session of a user (a flow `via` another, by who begins it).

## Why

Each caller holds a slot (a thread, a connection) until its answer comes. In a circle the slots of one are
held by requests that wait for the other: under load both run out at once, neither can answer, and none of the
two can be deployed or restarted without the other.

## Bad

```yaml
archspec: 1
name: Round and round
components:
  app: {kind: client}
  orders: {kind: server}
  stock: {kind: server}
connections:
  - app -> orders: https
  - orders -> stock
  - stock -> orders
```

## Good

```yaml
archspec: 1
name: One tells, the other asks
components:
  app: {kind: client}
  orders: {kind: server}
  stock: {kind: server}
  changes: {kind: queue}
connections:
  - app -> orders: https
  - orders -> stock
  - stock -> changes
  - changes -> orders
```

## When to ignore it

Where both calls are rare, bounded by a timeout, and no request takes both.

## Source

[Martin, Granularity: the acyclic dependencies
principle](https://en.wikipedia.org/wiki/Acyclic_dependencies_principle)
"""

from collections.abc import Iterator

from archspec.model import Architecture, Connection, Role
from archspec.validators import Context, Found, Rule, RuleSet, Severity, calls
from archspec.validators.facts.circles import strongly_connected

_NOBODY_WAITS = (Role.QUEUE, Role.ACTOR, Role.TELEMETRY, Role.CHANNEL, Role.DELIVERY)


def check(context: Context) -> Iterator[Found]:
    """Circles of connections, then calls of a flow to what already waits."""
    circles = _circles(context.architecture, _pushes(context))
    yield from (_circle(context.architecture, circle) for circle in circles)
    together = {frozenset(circle) for circle in circles}
    for call in context.once(calls):
        callee = call.callees[0]
        if callee in call.waiting and not any(circle >= {callee, call.caller} for circle in together):
            actor = context.architecture.components[callee].kind_of.role is Role.ACTOR
            if callee != call.caller and not actor:
                yield Found(
                    (*call.path, "call"),
                    f"`{call.caller}` calls `{callee}`, which already waits above it in {call.flow}: under load all "
                    f"slots of `{callee}` wait for a slot of `{callee}`",
                    "break it with a queue or move the shared part out.",
                    element=callee,
                )


def _circle(architecture: Architecture, circle: tuple[str, ...]) -> Found:
    ring = " -> ".join(f"`{id_}`" for id_ in (*circle, circle[0]))
    return Found(
        ("connections", architecture.link(circle[-1], circle[0]).name),
        f"{ring} wait for each other",
        "break it with a queue or move the shared part out.",
        covers=circle,
        at_key=True,
    )


def _pushes(context: Context) -> frozenset[tuple[str, str]]:
    """Who calls whom in flows alone that it begins over sessions: to push, it holds nothing that a request needs."""
    used: dict[tuple[str, str], bool] = {}
    for call in context.once(calls):
        flow = context.architecture.flows[call.flow]
        for callee in call.callees:
            is_push = flow.via is not None and call.waiting == (flow.from_,)
            used[call.caller, callee] = used.get((call.caller, callee), True) and is_push
    return frozenset(pair for pair, is_push in used.items() if is_push)


def _circles(architecture: Architecture, pushes: frozenset[tuple[str, str]]) -> list[tuple[str, ...]]:
    """One circle for each strongly connected set of synchronous connections, the first written first."""
    asks: dict[str, list[str]] = {}
    for connection in architecture.connections:
        if _waits(architecture, connection) and (connection.from_, connection.to) not in pushes:
            asks.setdefault(connection.from_, []).append(connection.to)
    sets = strongly_connected(asks)
    first: dict[str, tuple[str, ...]] = {}
    for start in asks:
        members = sets[start]
        if len(members) > 1 and min(members) not in first:
            within = {id_: [there for there in asks[id_] if there in members] for id_ in members}
            first[min(members)] = _way_back(start, within)
    return list(first.values())


def _waits(architecture: Architecture, connection: Connection) -> bool:
    roles = [architecture.components[end].kind_of.role for end in (connection.from_, connection.to)]
    caller = architecture.components[connection.from_]
    stores = roles[0] in (Role.STORE, Role.CACHE) and connection.to not in getattr(caller, "caches", ())
    talks = connection.speaks_messages or any(p.lower() in ("websocket", "ws", "wss") for p in connection.protocol)
    return not (stores or talks or any(role in _NOBODY_WAITS for role in roles))


def _way_back(start: str, asks: dict[str, list[str]]) -> tuple[str, ...]:
    """A shortest way from `start` to itself, without the end; empty where there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for here in waiting:
        for there in asks.get(here, ()):
            if there == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return ()


RULE = Rule(
    code="STR04",
    name="synchronous-cycle",
    theme="structure",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

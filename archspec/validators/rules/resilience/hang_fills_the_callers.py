"""A component that, when it hangs, takes all slots of a caller from requests that could do without it.

## What it checks

Every component that flows with a `rate` call and wait for, if it took calls and answered none: each call waits for its
`timeout`, as often as it is tried. Reported where whoever waits so would keep busy more `slots`, instances of a
function, or connections of a pool than there are, and other requests need these that do not need the component.
By default `external` systems are meant, and what stands whole in one of several zones or hosts that the caller
outlives; in the strict set every component. Not where a `circuit_breaker` or a `max_concurrent` guards the calls, nor
where the caller does nothing that takes time, by the spec. Calls without a timeout are RES01's. In a very large system
those components are judged that may hold most.

## Why

A dependency that is slow does more harm than one that is down: its callers' slots fill with requests that wait for
it, and what has nothing to do with it finds none free. So one part that everybody could do without takes all down.

## Bad

```yaml
archspec: 1
name: Everybody waits for the recommendations
components:
  app: {kind: client}
  api: {kind: gateway, slots: 200}
  recommender: {kind: external}
connections:
  - app -> api: https
  - api -> recommender: {protocol: https, timeout: 5s}
flows:
  home:
    from: app
    rate: 100/s
    steps:
      - call: api
        takes: 5ms
        steps: [{call: recommender, takes: 20ms, optional: true}]
```

## Good

```yaml
archspec: 1
name: At most forty of them
components:
  app: {kind: client}
  api: {kind: gateway, slots: 200}
  recommender: {kind: external}
connections:
  - app -> api: https
  - api -> recommender: {protocol: https, timeout: 5s, max_concurrent: 40}
flows:
  home:
    from: app
    rate: 100/s
    steps:
      - call: api
        takes: 5ms
        steps: [{call: recommender, takes: 20ms, optional: true}]
```

## When to ignore it

The library that makes the calls has a bulkhead or a breaker that the spec does not tell of.

## Source

[M. Nygard, Release It!, 2nd edition, 2018](https://pragprog.com/titles/mnee2/release-it-second-edition/) ·
[AWS Builders' Library, Timeouts, retries and backoff with jitter](https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)
"""

from collections.abc import Iterator, Mapping

from archspec.analysis import Call, Calls, Capacity, Station
from archspec.analysis.calls import is_needed
from archspec.analysis.hanging import HELD, busy_while_hanging, most_waiting
from archspec.analysis.stated import hit_ratio
from archspec.model import Architecture, Path, Role, Running
from archspec.model.walk import Visit
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.places import only_place, outlives
from archspec.values import number

MOST_CALLS = 10_000
"""So many calls of flows are worked out anew, in less than a second; what may hold most comes first."""


def check(context: Context) -> Iterator[Found]:
    """One finding per component that may hang, for what would be fullest of those who wait for it."""
    architecture, capacity = context.architecture, context.once(Capacity)
    stations = [each for each in map(capacity.at_most, capacity.stations) if each.resource in HELD and each.peak < 1]
    waiting: dict[str, list[Call]] = {}
    for call in context.once(Calls).all if stations else ():
        if call.flow in capacity.rates and _is_waited_for(architecture, call):
            waiting.setdefault(call.callee, []).append(call)
    left = MOST_CALLS
    for _, id_, near in sorted(_candidates(context, stations, waiting), key=lambda found: -found[0]):
        left -= sum(len(context.once(Calls).of_flow[flow]) for flow in {call.flow for call in waiting[id_]})
        full = [(each, held) for each, held in busy_while_hanging(capacity, id_, near) if held >= each.size]
        for station, held in sorted(full, key=lambda found: -found[1] / found[0].size):
            spared = next((flow for flow in capacity.rates if _finds_none_free(context, flow, station, id_)), None)
            if spared is not None:
                yield _found(architecture, id_, waiting[id_], station, held, spared)
                break
        if left <= 0:
            break


def _candidates(
    context: Context, stations: list[Station], waiting: Mapping[str, list[Call]]
) -> Iterator[tuple[float, str, list[Station]]]:
    """What may fill a station, as far as is seen at once: how many times over at most, and which stations."""
    capacity = context.once(Capacity)
    for id_, calls in waiting.items():
        if any(call.terms.connection.circuit_breaker or call.terms.connection.max_concurrent for call in calls):
            continue
        most = [
            ((station.busy + most_waiting(capacity, calls, station)) / station.size, station)
            for station in stations
            if context.strict or _is_outlived(context.architecture, id_, station.component)
        ]
        near = [station for share, station in most if share >= 1]
        if near:
            yield max(share for share, _ in most), id_, near


def _is_waited_for(architecture: Architecture, call: Call) -> bool:
    asked = architecture.components[call.callee].kind_of.role
    return call.step.wait and asked is not Role.TELEMETRY and not architecture.is_pulled(call.caller, call.callee)


def _is_outlived(architecture: Architecture, id_: str, caller: str) -> bool:
    """Whether a component may hang while its caller does not, as far as the spec says: it is somebody else's, or its
    zone falls silent.
    """
    component = architecture.components[id_]
    if component.kind == "external":
        return True
    place = only_place(architecture, component) if isinstance(component, Running) else None
    return place is not None and outlives(architecture, architecture.components[caller], place)


def _finds_none_free(context: Context, flow: str, station: Station, id_: str) -> bool:
    """Whether requests of a flow need a station, and not always the component."""
    calls = context.once(Calls).of_flow[flow]
    needing = [call for call in calls if call.callee == id_]
    met = [call.path for call in calls if station.name == (call.connection if station.connection else call.callee)]
    begins = [()] if context.architecture.flows[flow].from_ == station.name else []
    return any(not any(_always_leads_to(context, path, call) for call in needing) for path in (*begins, *met))


def _always_leads_to(context: Context, entry: Path, call: Call) -> bool:
    """Whether who is called in a step, or with no step begins the flow, fails each time without another call."""
    visits = (*call.visit.within, call.visit)
    paths = [(), *(visit.path for visit in visits)]
    inside = visits[paths.index(entry) :] if entry in paths else ()
    return bool(inside) and all(_is_always_needed(context, visit) for visit in inside)


def _is_always_needed(context: Context, visit: Visit) -> bool:
    step = visit.step
    if visit.branch == "on_miss":
        outer = visit.within[-1].step
        if hit_ratio(outer, context.architecture.components[outer.call[0]]) > 0:
            return False
    return step.wait and step.chance is None and visit.branch != "fallback" and is_needed(step)


def _found(
    architecture: Architecture, id_: str, calls: list[Call], station: Station, held: float, spared: str
) -> Found:
    near = next((call for call in calls if call.caller == station.component), calls[0])
    return Found(
        _timeout_of(architecture, near),
        f"while `{id_}` hangs, calls that wait for it would keep {number(held)} {station.resource.word} of "
        f"`{station.name}` busy, and there are {number(station.size)}: `{spared}` finds none free, even where it does "
        f"not need `{id_}`",
        f"give `{near.connection}` a `max_concurrent`, a `circuit_breaker` or a shorter `timeout`.",
        element=id_,
        related=((_size_of(station), "so many there are"),),
    )


def _timeout_of(architecture: Architecture, call: Call) -> Path:
    if call.step.timeout is not None:
        return (*call.path, "timeout")
    is_written = architecture.connection(call.caller, call.callee, call.step.via) is not None
    return ("connections", call.connection, "timeout") if is_written else (*call.path, "call")


def _size_of(station: Station) -> Path:
    if station.connection:
        return ("connections", station.connection, station.resource.value)
    return ("components", station.component, station.resource.value)


RULE = Rule(
    code="RES18",
    name="hang-fills-the-callers",
    theme="resilience",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

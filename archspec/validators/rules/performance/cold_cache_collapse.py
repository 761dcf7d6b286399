"""A cache without which what stands behind it cannot live, not even for the minutes that warming up takes.

## What it checks

For every cache and CDN whose hits take load off components of a stated size: the load when it hits nothing, as
after a restart, a flush or a failover. Reported where a component has enough now and would be full then. Left alone
where the cache merges concurrent misses (`single_flight`) or the component sheds what is too much (`queue_limit`;
a function turns it away by itself).

## Why

At 97% hits a cold cache means 33 times the load. The origin drowns in it, answers nobody in time, so nothing gets
into the cache, and the outage lasts until somebody takes the load away by hand.

## Bad

```yaml
archspec: 1
name: Cold start
components:
  app: {kind: client}
  edge: {kind: cdn, hit: 97%}
  api: {kind: gateway, cores: 4}
connections:
  - app -> edge: https
  - edge -> api: https
flows:
  page:
    from: app
    rate: 10000/s
    steps: [{call: edge, on_miss: [{call: api, cpu: 4ms}]}]
```

## Good

```yaml
archspec: 1
name: Cold start, one miss at a time
components:
  app: {kind: client}
  edge: {kind: cdn, hit: 97%, single_flight: true}
  api: {kind: gateway, cores: 4, queue_limit: 100}
connections:
  - app -> edge: https
  - edge -> api: https
flows:
  page:
    from: app
    rate: 10000/s
    steps: [{call: edge, on_miss: [{call: api, cpu: 4ms}]}]
```

## When to ignore it

The cache is warmed before it takes traffic, every time, by something that was tested.

## Source

[AWS, Caching challenges and strategies](https://aws.amazon.com/builders-library/caching-challenges-and-strategies/) ·
[N. Bronson et al., Metastable Failures in Distributed Systems](https://sigops.org/s/conferences/hotos/2021/papers/hotos21-s11-bronson.pdf)
"""

from collections.abc import Iterator

from archspec.analysis import Call, Calls, Capacity, Station
from archspec.analysis.stated import hit_ratio
from archspec.model import Caching, Function, Path, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import factor, number


def check(context: Context) -> Iterator[Found]:
    """One finding per cache, for the component that would be fullest behind it."""
    warm = context.once(Capacity)
    if all(station.is_assumed for station in warm.stations):
        return
    asked = [call for call in context.once(Calls).all if call.step.on_miss and call.flow in warm.rates]
    for cache in context.architecture.of_kind("cache", "cdn") if asked else ():
        if not isinstance(cache, Caching) or cache.single_flight:
            continue
        calls = [call for call in asked if call.callee == cache.id]
        if not any(hit_ratio(call.step, cache) > 0 for call in calls):
            continue
        cold = Capacity(context.architecture, frozenset((cache.id,)))
        collapsing = [s for s in map(cold.at_most, cold.stations) if _collapses(context, warm, s)]
        if collapsing:
            yield _found(cache, calls, warm, max(collapsing, key=lambda station: station.utilisation))


def _collapses(context: Context, warm: Capacity, cold: Station) -> bool:
    component = context.architecture.components[cold.component]
    sheds = isinstance(component, Function) or (isinstance(component, Running) and component.queue_limit is not None)
    before = _warm_busy(warm, cold) / cold.size
    return not cold.is_assumed and not sheds and before < 1 <= cold.utilisation


def _warm_busy(warm: Capacity, cold: Station) -> float:
    return warm.demand_on(cold.component, cold.resource)


def _found(cache: Caching, calls: list[Call], warm: Capacity, cold: Station) -> Found:
    before = _warm_busy(warm, cold)
    hides = f"hides {factor(cold.busy / before)} the load" if before else "hides all of the load"
    return Found(
        _written_at(cache, calls),
        f"`{cache.id}` {hides}: when it starts cold, `{cold.component}` is asked for {number(cold.busy)} "
        f"{cold.resource.word} and has {number(cold.size)}, and cannot warm it again",
        "warm up, coalesce misses (`single_flight: true`) or shed load (`queue_limit`).",
        element=cache.id,
        related=((("components", cold.component), "this stands behind it"),),
    )


def _written_at(cache: Caching, calls: list[Call]) -> Path:
    stated = next((call for call in calls if call.step.hit), None)
    return ("components", cache.id, "hit") if cache.hit or stated is None else (*stated.path, "hit")


RULE = Rule(
    code="PRF05",
    name="cold-cache-collapse",
    theme="performance",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""Scaling by the processor, where something else is full first.

## What it checks

A component with `scaling` by `cpu` that states `slots`, under the load of the flows with a rate: how busy its cores are
when its slots are full. Below the `target` it never grows.

## Why

A server that waits for others holds its slots and leaves its cores idle. When all slots are taken, requests queue in
front of it, and the scaler sees a processor with nothing to do, and may even take replicas away.

## Bad

```yaml
archspec: 1
name: Waiting is not work
components:
  app: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {path: /healthz}}
  api: {kind: server, cores: 2, slots: 10, scaling: {min: 2, max: 8, metric: cpu, target: 60%}}
  db: {kind: database, replicas: 2, failover: automatic}
connections:
  - app -> lb: https
  - lb -> api: http
  - api -> db
flows:
  read:
    from: app
    rate: 50/s
    steps: [{call: lb, steps: [{call: api, cpu: 2ms, steps: [{call: db, takes: 100ms}]}]}]
```

## Good

```yaml
archspec: 1
name: Requests are work
components:
  app: {kind: client}
  lb: {kind: load_balancer, replicas: 2, health_check: {path: /healthz}}
  api: {kind: server, cores: 2, slots: 10, scaling: {min: 2, max: 8, metric: request_rate, target: 60/s}}
  db: {kind: database, replicas: 2, failover: automatic}
connections:
  - app -> lb: https
  - lb -> api: http
  - api -> db
flows:
  read:
    from: app
    rate: 50/s
    steps: [{call: lb, steps: [{call: api, cpu: 2ms, steps: [{call: db, takes: 100ms}]}]}]
```

## When to ignore it

The times are estimates and the processor is known to be the limit.

## Source

[Kubernetes, Horizontal Pod Autoscaling: scaling on custom metrics](https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/)
"""

from collections.abc import Iterator

from archspec.analysis import Capacity, Resource
from archspec.model import Ratio, Running
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import percent


def check(context: Context) -> Iterator[Found]:
    """Every scaler by cpu whose component's slots fill before its target is reached."""
    for component in context.architecture.components.values():
        scaling = component.scaling if isinstance(component, Running) else None
        if scaling is None or scaling.metric != "cpu" or not isinstance(scaling.target, Ratio):
            continue
        stations = {station.resource: station for station in context.once(Capacity).of(component.id)}
        cores, slots = stations.get(Resource.CORES), stations.get(Resource.SLOTS)
        if cores is None or slots is None or not slots.utilisation:
            continue
        when_full = cores.utilisation / slots.utilisation
        if when_full < float(scaling.target):
            yield Found(
                ("components", component.id, "scaling", "metric"),
                f"`{component.id}` scales at {scaling.target} cpu, and when all its slots are taken its cores are "
                f"{percent(when_full)} busy: it never grows",
                f"scale by `request_rate`, or give it `slots: {_slots(slots.each, when_full, float(scaling.target))}`.",
            )


def _slots(each: float, when_full: float, target: float) -> int:
    """So many that the target is reached with some slots free."""
    return int(-(-each * 1.25 * target // when_full)) if when_full else int(each)


RULE = Rule(
    code="SCL08",
    name="scaling-follows-what-stays-idle",
    theme="scalability",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)

"""A known peak, and nothing that grows.

## What it checks

A scenario brings a flow at least twice its usual rate, and a server that the flow visits has no `scaling`.

## Why

Whoever wrote the scenario expects the peak. Without scaling somebody has to be there to add replicas, or they
are paid for all day.

## Bad

```yaml
archspec: 1
name: An evening peak
components:
  app: {kind: client}
  api: {kind: server}
connections:
  - app -> api: https
flows:
  watch: {from: app, rate: 100/s, steps: [{call: api}]}
scenarios:
  evening-peak: {load: {watch: 330/s}}
```

## Good

```yaml
archspec: 1
name: An evening peak, met
components:
  app: {kind: client}
  api: {kind: server, algorithm: random, scaling: {min: 2, max: 4}}
connections:
  - app -> api: https
flows:
  watch: {from: app, rate: 100/s, steps: [{call: api}]}
scenarios:
  evening-peak: {load: {watch: 330/s}}
```

## When to ignore it

Where the replicas that are there carry the peak with room to spare: the simulation tells.

## Source

[Google, Site Reliability Engineering, ch. 22: addressing cascading
failures](https://sre.google/sre-book/addressing-cascading-failures/)
"""

from collections.abc import Iterator
from fractions import Fraction

from archspec.model import Factor, Flow, Load, Rate, Scenario, Server
from archspec.validators import Context, Found, Rule, RuleSet, Severity, calls
from archspec.values import number


def check(context: Context) -> Iterator[Found]:
    """Servers on the way of a flow that a scenario multiplies; each once, for its largest peak."""
    architecture = context.architecture
    peaks: dict[str, tuple[Fraction, str, str]] = {}
    for id_, scenario in architecture.scenarios.items():
        for flow in architecture.flows.values():
            factor = _factor(scenario, flow)
            if factor >= 2:
                for server in _servers(context, flow.id):
                    peaks[server] = max(peaks.get(server, (Fraction(0), "", "")), (factor, id_, flow.id))
    for server, (factor, scenario_id, flow_id) in peaks.items():
        component = architecture.components[server]
        if isinstance(component, Server) and component.scaling is None:
            yield Found(
                ("components", server, "scaling"),
                f"{scenario_id} brings {number(float(factor))}x the rate of {flow_id} to a fixed "
                f"{component.instances} `{server}`",
                "set `scaling`.",
            )


def _factor(scenario: Scenario, flow: Flow) -> Fraction:
    """How many times its usual rate a scenario brings a flow at its peak; 0 where unknown."""
    load = scenario.load.get(flow.id) if isinstance(scenario.load, dict) else scenario.load
    levels = (load.rate, load.to) if isinstance(load, Load) else (load,)
    factors = [Fraction(0)]
    for level in levels:
        if isinstance(level, Factor):
            factors.append(level.value)
        elif isinstance(level, Rate) and flow.rate and flow.rate.per_second:
            factors.append(level.per_second / flow.rate.per_second)
    return max(factors)


def _servers(context: Context, flow: str) -> list[str]:
    return [callee for call in context.once(calls) if call.flow == flow for callee in call.callees]


RULE = Rule(
    code="SCL06",
    name="no-autoscaling",
    theme="scalability",
    severity=Severity.INFO,
    in_set=RuleSet.STRICT,
    page=__doc__,
    check=check,
)

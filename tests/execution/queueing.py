"""Systems of queueing theory as specs, and the figures of a run that theory gives exactly."""

import json
from typing import Any

from archspec.execution.finished import SimulationOptions
from archspec.execution.results import Results
from archspec.execution.simulate import simulate
from archspec.loading import load_text
from archspec.model.quantities import Duration


def spec_of(case: dict[str, Any]) -> str:
    """A client who asks one server, or a row of servers each after the other."""
    hops = [f"hop{number}" for number in range(1, case.get("hops", 1) + 1)]
    work = {key: case[key] for key in ("cpu", "takes") if key in case}
    return json.dumps(
        {
            "archspec": 1,
            "name": case["id"],
            "components": {"user": {"kind": "client"}, **{hop: {"kind": "server", **case["server"]} for hop in hops}},
            "connections": [{"from": "user", "to": hops}],
            "flows": {
                "ask": {"from": "user", "rate": case["rate"], "steps": [{"call": hop, **work} for hop in hops]},
            },
        }
    )


def run(case: dict[str, Any], seconds: int, seed: int, *, fast: bool = False) -> Results:
    """A run of so many seconds, with intervals at 99%."""
    options = SimulationOptions(duration=Duration(seconds * 10**9), seed=seed, confidence=0.99, compiled=fast)
    return simulate(load_text(spec_of(case)), options)


def figure(case: dict[str, Any], results: Results) -> float:
    """The figure the case is about, times in milliseconds."""
    name = case["figure"]
    component, flow = results.components[0], results.flows[0]
    if name in ("in_system", "probability_of_wait"):
        return float(getattr(component, name))
    if name == "mean_wait":
        return (component.mean_wait or 0) / 1e6
    if name == "shed":
        return component.shed / component.calls
    assert flow.latency is not None
    if name == "mean_response":
        return flow.latency.mean.value / 1e6
    return (flow.latency.percentile(name) or 0) / 1e6

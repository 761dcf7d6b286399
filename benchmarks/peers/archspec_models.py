"""The benchmark's systems as archspec specs. Everything that `archspec simulate` tells is counted and computed.

The two servers stand behind a balancer with one flow each, half the rate: a step gives the same work to whichever
component is chosen, and these two do unlike work. Each gets as many requests as in turn, but at random. The four edges
of AsyncFlow are, in this order: the client's own time, half the way to the balancer and half the way back, the way to
the server likewise, and a time of the balancer's. Where messages are lost, both connections lose them each way, so that
four messages in a row get through as often as there; a lost one shows as a timeout after 60 s.
"""

import json
from typing import Any

from archspec.execution.finished import SimulationOptions
from archspec.execution.simulate import simulate
from archspec.language import load_text
from archspec.model.quantities import Duration


def row_of_servers(hops: int, cores: int, rate: int) -> str:
    """Servers asked one after the other, each with an exponential time of 1 ms of core."""
    names = [f"hop{number}" for number in range(hops)]
    return _spec(
        {name: {"kind": "server", "cores": cores} for name in names},
        [{"from": "user", "to": names}],
        {"ask": {"rate": f"{rate}/s", "steps": [{"call": name, "cpu": "exponential(1ms)"} for name in names]}},
    )


def two_servers(loss: str) -> str:
    """AsyncFlow's own example."""

    def through(server: str, work: dict[str, Any]) -> dict[str, Any]:
        call = {"call": "lb", "takes": "exponential(3ms)", "steps": [{"call": server, **work}]}
        return {"rate": "20/s", "steps": [{"takes": "exponential(3ms)"}, call]}

    return _spec(
        {
            "lb": {"kind": "load_balancer"},
            "srv1": {"kind": "server", "cores": 1, "memory": "1024MB", "memory_per_request": "64MB"},
            "srv2": {"kind": "server", "cores": 2, "memory": "2048MB", "memory_per_request": "96MB"},
        },
        [
            {"from": "user", "to": "lb", "latency": "exponential(2ms)", "loss": loss},
            {"from": "lb", "to": ["srv1", "srv2"], "latency": "exponential(2ms)", "loss": loss},
        ],
        {
            "one": through("srv1", {"cpu": "2ms", "takes": "12ms"}),
            "two": through("srv2", {"steps": [{"takes": "20ms"}, {"cpu": "1ms"}]}),
        },
    )


def _spec(components: dict[str, Any], connections: list[dict[str, Any]], flows: dict[str, Any]) -> str:
    return json.dumps(
        {
            "archspec": 1,
            "name": "Benchmark",
            "components": {"user": {"kind": "client"}, **components},
            "connections": connections,
            "flows": {name: {"from": "user", **flow} for name, flow in flows.items()},
        }
    )


def run(spec: str, seconds: int, *, fast: bool) -> tuple[int, float]:
    """How many requests came, and the mean response time of the answered ones, in seconds."""
    options = SimulationOptions(duration=Duration(seconds * 10**9), warm_up=Duration(0), compiled=fast)
    flows = simulate(load_text(spec), options).flows
    times = [(flow.latency.count, flow.latency.mean.value) for flow in flows if flow.latency]
    answered = sum(count for count, _ in times)
    return sum(flow.offered for flow in flows), sum(count * mean for count, mean in times) / answered / 1e9

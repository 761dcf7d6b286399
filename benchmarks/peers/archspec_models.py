"""The benchmark's systems as archspec specs. Everything that `archspec simulate` tells is counted and computed.

The two servers stand behind a balancer with one flow each, half the rate: a step gives the same work to whichever
component is chosen, and these two do unlike work. Each gets as many requests as in turn, but at random. The four edges
of AsyncFlow are, in this order: the client's own time, half the way to the balancer and half the way back, the way to
the server likewise, and a time of the balancer's. Where messages are lost, both connections lose them each way, so that
four messages in a row get through as often as there; a lost one shows as a timeout after 60 s.
"""

import json
from typing import Any

from peers.found import Found

from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate


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


def three_hops(rate: int, patience: int, down_until: int = 0) -> str:
    """A balancer with health checks, four replicas that ask three others; time-outs, second attempts, breakers.

    A call of the last hop is waited for `patience` milliseconds, one of the middle hop twice as long. Up to
    `down_until` seconds one replica in the middle refuses for one second in four.
    """

    def impatient(source: str, target: str, milliseconds: int, **fields: Any) -> dict[str, Any]:
        retries = {"attempts": 2, "backoff": "constant(5ms)"}
        return {"from": source, "to": target, "timeout": f"{milliseconds}ms", "retries": retries, **fields}

    store = {"call": "store", "cpu": "exponential(1ms)", "takes": "lognormal(p50=5ms p99=30ms)"}
    api = {"call": "api", "cpu": "exponential(1ms)", "steps": [store]}
    flow = {"request": "GET /", "rate": f"{rate}/s", "steps": [{"call": "lb", "steps": [api]}]}
    faults = [{"at": f"{second}s", "fail": "api-2", "for": "1s"} for second in range(1, down_until, 4)]
    return _spec(
        {
            "lb": {"kind": "load_balancer", "health_check": {"interval": "200ms"}},
            "api": {"kind": "server", "replicas": 4, "cores": 2},
            "store": {"kind": "server", "replicas": 3, "cores": 2},
        },
        [
            {"from": "user", "to": "lb"},
            impatient("lb", "api", 2 * patience),
            impatient("api", "store", patience, circuit_breaker={"opens_after": "50%"}),
        ],
        {"ask": flow},
        {"down": {"faults": faults}} if faults else {},
    )


def _spec(
    components: dict[str, Any],
    connections: list[dict[str, Any]],
    flows: dict[str, Any],
    scenarios: dict[str, Any] | None = None,
) -> str:
    return json.dumps(
        {
            "archspec": 1,
            "name": "Benchmark",
            "components": {"user": {"kind": "client"}, **components},
            "connections": connections,
            "flows": {name: {"from": "user", **flow} for name, flow in flows.items()},
            "scenarios": scenarios or {},
        }
    )


def run(spec: str, seconds: int) -> Found:
    """A run in the only scenario, where there is one, from reading the spec to the last figure."""
    architecture = load_text(spec)
    scenario = next(iter(architecture.scenarios), None)
    options = SimulationOptions(scenario=scenario, duration=Duration(seconds * 10**9), warm_up=Duration(0))
    flows = simulate(architecture, options).flows
    times = [(flow.latency.count, flow.latency.mean.value) for flow in flows if flow.latency]
    good = sum(count for count, _ in times)
    mean = sum(count * mean for count, mean in times) / good / 1e9 if good else 0.0
    return Found(sum(flow.offered for flow in flows), good, mean)

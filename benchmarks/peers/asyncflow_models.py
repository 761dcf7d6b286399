"""The benchmark's systems in AsyncFlow, run in an environment of its own: AsyncFlow wants Python 3.12.

    uv run --isolated --no-project --python 3.12 --with asyncflow-sim==0.1.1 python asyncflow_models.py SYSTEM SECONDS

Prints one line of JSON: how many requests were generated and answered, their mean response time in seconds, and the
processor time of the run without building it. What AsyncFlow 0.1.1 does and does not model:

- Core times are constants. An exponential time is a hundred endpoints, one of which each request takes, with the
  quantiles of the distribution as their core times.
- Every request goes generator -> client -> ... -> client over edges of their own, which cannot be left out and whose
  latency cannot be 0; in the two queueing systems it is a nanosecond, and nothing is lost.
- Users are drawn anew each minute (Poisson), so that the rate wanders; the seed cannot be given.
- It keeps the arrival and the answer of each request and samples queues, memory and edges; the sampling is set to
  the longest interval that it accepts, 0.1 s, also where its own example has 0.02 s.
"""

import json
import math
import sys
import time
from itertools import pairwise
from typing import Any

import simpy
from asyncflow.runtime.simulation_runner import SimulationRunner
from asyncflow.schemas.payload import SimulationPayload

ENDPOINTS = 100
REQUESTS_PER_MINUTE = 20
NO_TIME = {"mean": 1e-9, "distribution": "exponential"}


def exponential(mean: float, share: float) -> float:
    """The quantile of an exponential distribution."""
    return -mean * math.log(1 - share)


def edge(source: str, target: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"{source}-{target}", "source": source, "target": target, **fields}


def row_of_servers(hops: int, cores: int, rate: float, seconds: int) -> dict[str, Any]:
    """Servers asked one after the other, each with (nearly) exponential core time of 1 ms."""
    endpoints = [
        {
            "endpoint_name": f"/{number}",
            "steps": [
                {
                    "kind": "cpu_bound_operation",
                    "step_operation": {"cpu_time": exponential(0.001, (number + 0.5) / ENDPOINTS)},
                }
            ],
        }
        for number in range(ENDPOINTS)
    ]
    names = [f"hop{number}" for number in range(hops)]
    way = ["generator", "client", *names, "client"]
    return payload(
        rate * 60 / REQUESTS_PER_MINUTE,
        [{"id": name, "server_resources": {"cpu_cores": cores}, "endpoints": endpoints} for name in names],
        [edge(a, b, latency=NO_TIME, dropout_rate=0) for a, b in pairwise(way)],
        seconds,
    )


def two_servers(seconds: int, loss: float) -> dict[str, Any]:
    """AsyncFlow's own example: two unlike servers behind a balancer, 120 users with 20 requests a minute each.

    Every edge loses a share of its messages; the example does not say any, which stands for 1%.
    """

    def way(source: str, target: str, mean: float) -> dict[str, Any]:
        return edge(source, target, latency={"mean": mean, "distribution": "exponential"}, dropout_rate=loss)

    one = [
        {"kind": "initial_parsing", "step_operation": {"cpu_time": 0.002}},
        {"kind": "ram", "step_operation": {"necessary_ram": 64}},
        {"kind": "io_wait", "step_operation": {"io_waiting_time": 0.012}},
    ]
    two = [
        {"kind": "ram", "step_operation": {"necessary_ram": 96}},
        {"kind": "io_db", "step_operation": {"io_waiting_time": 0.020}},
        {"kind": "cpu_bound_operation", "step_operation": {"cpu_time": 0.001}},
    ]
    servers = [
        {
            "id": "srv-1",
            "server_resources": {"cpu_cores": 1, "ram_mb": 1024},
            "endpoints": [{"endpoint_name": "/api", "steps": one}],
        },
        {
            "id": "srv-2",
            "server_resources": {"cpu_cores": 2, "ram_mb": 2048},
            "endpoints": [{"endpoint_name": "/api", "steps": two}],
        },
    ]
    edges = [
        way("generator", "client", 0.003),
        way("client", "lb", 0.002),
        way("lb", "srv-1", 0.002),
        way("lb", "srv-2", 0.002),
        way("srv-1", "client", 0.003),
        way("srv-2", "client", 0.003),
    ]
    balancer = {"id": "lb", "algorithms": "round_robin", "server_covered": ["srv-1", "srv-2"]}
    return payload(120, servers, edges, seconds, load_balancer=balancer)


def payload(
    users: float, servers: list[dict[str, Any]], edges: list[dict[str, Any]], seconds: int, **nodes: Any
) -> dict[str, Any]:
    return {
        "rqs_input": {
            "id": "generator",
            "avg_active_users": {"mean": users},
            "avg_request_per_minute_per_user": {"mean": REQUESTS_PER_MINUTE},
            "user_sampling_window": 60,
        },
        "topology_graph": {"nodes": {"client": {"id": "client"}, "servers": servers, **nodes}, "edges": edges},
        "sim_settings": {"total_simulation_time": seconds, "sample_period_s": 0.1},
    }


SYSTEMS = {
    "M/M/4": lambda seconds: row_of_servers(1, 4, 3200, seconds),
    "five hops": lambda seconds: row_of_servers(5, 1, 800, seconds),
    "two servers": lambda seconds: two_servers(seconds, 0.0),
    "two servers, 1% lost": lambda seconds: two_servers(seconds, 0.01),
}


def main(system: str, seconds: int) -> None:
    runner = SimulationRunner(
        env=simpy.Environment(), simulation_input=SimulationPayload.model_validate(SYSTEMS[system](seconds))
    )
    begun = time.process_time()
    runner.run()
    took = time.process_time() - begun
    (client,) = runner._client_runtime.values()  # the analyser would first compute all its figures
    (generator,) = runner._rqs_runtime.values()  # how many were generated is told nowhere else
    times = [clock.finish - clock.start for clock in client.rqs_clock]
    mean = sum(times) / len(times)
    print(json.dumps({"requests": generator.id_counter, "answered": len(times), "mean": mean, "processor": took}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

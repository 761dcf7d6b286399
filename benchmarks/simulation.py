"""How many requests per second the simulation runs, beside hand-written SimPy models of the same systems.

    uv run --all-extras --with simpy python benchmarks/simulation.py [seconds]

Both sides draw exponential times and keep the response time of every request; archspec also keeps everything else
that `archspec simulate` tells. The compiled kernel is run once before it is timed. Figures are requests per second of
processor time, and ratios to SimPy's.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from archspec.execution import compiled
from archspec.execution.finished import SimulationOptions
from archspec.execution.simulate import simulate
from archspec.loading import load_text
from archspec.model.quantities import Duration


def spec_of(hops: int, cores: int, rate: int) -> str:
    """Servers asked one after the other, each with an exponential time of 1 ms of core."""
    names = [f"hop{number}" for number in range(hops)]
    return json.dumps(
        {
            "archspec": 1,
            "name": "Benchmark",
            "components": {"user": {"kind": "client"}, **{name: {"kind": "server", "cores": cores} for name in names}},
            "connections": [{"from": "user", "to": names}],
            "flows": {
                "ask": {
                    "from": "user",
                    "rate": f"{rate}/s",
                    "steps": [{"call": name, "cpu": "exponential(1ms)"} for name in names],
                }
            },
        }
    )


def with_archspec(hops: int, cores: int, rate: int, seconds: int, *, fast: bool) -> int:
    """A run of archspec; how many requests arrived."""
    options = SimulationOptions(duration=Duration(seconds * 10**9), warm_up=Duration(0), compiled=fast)
    return simulate(load_text(spec_of(hops, cores, rate)), options).flows[0].offered


def with_simpy(hops: int, cores: int, rate: int, seconds: int) -> int:
    """The same system as anybody would write it in SimPy; how many requests arrived."""
    import simpy

    random = Random(1)
    environment = simpy.Environment()
    servers = [simpy.Resource(environment, capacity=cores) for _ in range(hops)]
    took: list[float] = []
    arrived = 0

    def request() -> Iterator[Any]:
        began = environment.now
        for server in servers:
            with server.request() as turn:
                yield turn
                yield environment.timeout(random.expovariate(1000))
        took.append(environment.now - began)

    def arrivals() -> Iterator[Any]:
        nonlocal arrived
        while True:
            yield environment.timeout(random.expovariate(rate))
            arrived += 1
            environment.process(request())

    environment.process(arrivals())
    environment.run(until=seconds)
    return arrived


def rate_of(run: Callable[[], int]) -> float:
    """Requests per second of processor time."""
    begun = time.process_time()
    requests = run()
    return requests / (time.process_time() - begun)


def main(seconds: int) -> None:
    """Measure each system on each side, in one run."""
    for name, system in {"M/M/4": (1, 4, 3200), "five hops": (5, 1, 800)}.items():
        simpy = rate_of(lambda system=system: with_simpy(*system, seconds))
        rates = {"SimPy": simpy, "plain": rate_of(lambda system=system: with_archspec(*system, seconds, fast=False))}
        if compiled.is_available():
            with_archspec(*system, 1, fast=True)
            rates["compiled"] = rate_of(lambda system=system: with_archspec(*system, 5 * seconds, fast=True))
        print(f"{name}: " + ", ".join(f"{side} {rate:,.0f}/s ({rate / simpy:.1f}x)" for side, rate in rates.items()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

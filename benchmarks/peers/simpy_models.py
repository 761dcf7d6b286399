"""The benchmark's systems in SimPy, as anybody would write them by hand: of a request only its response time is kept.

No counters of components, no samples; lost messages end a request without a trace, as in AsyncFlow.
"""

from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from typing import Any

import simpy
from peers.found import Found

Request = Callable[[], Iterator[Any]]
Model = Callable[[simpy.Environment, Random, list[float]], Request]
"""From an environment, draws and the list of response times: what one request does."""


def run(model: Model, rate: float, seconds: int) -> Found:
    """Poisson arrivals for so long."""
    random = Random(1)
    environment = simpy.Environment()
    took: list[float] = []
    arrived = 0

    def arrivals() -> Iterator[Any]:
        nonlocal arrived
        while True:
            yield environment.timeout(random.expovariate(rate))
            arrived += 1
            environment.process(request())

    request = model(environment, random, took)
    environment.process(arrivals())
    environment.run(until=seconds)
    return Found(arrived, len(took), sum(took) / max(len(took), 1))


def row_of_servers(hops: int, cores: int) -> Model:
    """Servers asked one after the other, each with an exponential time of 1 ms of core."""

    def model(environment: simpy.Environment, random: Random, took: list[float]) -> Request:
        servers = [simpy.Resource(environment, capacity=cores) for _ in range(hops)]

        def request() -> Iterator[Any]:
            began = environment.now
            for server in servers:
                with server.request() as turn:
                    yield turn
                    yield environment.timeout(random.expovariate(1000))
            took.append(environment.now - began)

        return request

    return model


def two_servers(loss: float) -> Model:
    """AsyncFlow's example: two unlike servers in turn, memory reserved first, messages lost on each of four edges."""

    def model(environment: simpy.Environment, random: Random, took: list[float]) -> Request:
        first = simpy.Resource(environment, capacity=1), simpy.Container(environment, 1024, 1024)
        second = simpy.Resource(environment, capacity=2), simpy.Container(environment, 2048, 2048)
        turns = cycle((1, 2))

        def request() -> Iterator[Any]:
            began = environment.now
            for mean in (0.003, 0.002):
                if loss and random.random() < loss:
                    return
                yield environment.timeout(random.expovariate(1 / mean))
            chosen = next(turns)
            if loss and random.random() < loss:
                return
            yield environment.timeout(random.expovariate(1 / 0.002))
            if chosen == 1:
                cores, memory = first
                yield memory.get(64)
                with cores.request() as turn:
                    yield turn
                    yield environment.timeout(0.002)
                yield environment.timeout(0.012)
                yield memory.put(64)
            else:
                cores, memory = second
                yield memory.get(96)
                yield environment.timeout(0.020)
                with cores.request() as turn:
                    yield turn
                    yield environment.timeout(0.001)
                yield memory.put(96)
            if loss and random.random() < loss:
                return
            yield environment.timeout(random.expovariate(1 / 0.003))
            took.append(environment.now - began)

        return request

    return model

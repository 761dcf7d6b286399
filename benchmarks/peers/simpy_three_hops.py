"""Three hops with time-outs, second attempts, breakers and health checks in SimPy, by hand like the others.

Whoever gives up leaves the work behind. A replica that goes down resets what it has, and forgets its breaker.
"""

from collections.abc import Callable, Iterator
from math import log
from random import Random
from typing import Any

import simpy
from peers.simpy_models import Model, Request

SIGMA = log(6) / 2.3263478740408408
"""Of the logarithm of a time with a p99 six times its p50."""
PAUSE = 0.005
Serve = Callable[["Replica"], Iterator[Any]]


class Breaker:
    """Opens for 5 s when half of at least 20 calls of the last 10 s have failed; then one probe decides."""

    def __init__(self) -> None:
        self.state, self.era, self.opened, self.is_probing = "closed", 0, 0.0, False
        self.buckets: list[list[int]] = []

    def turn(self, state: str, now: float) -> None:
        self.state, self.opened, self.is_probing = state, now, False
        self.era += 1
        self.buckets.clear()

    def permits(self, now: float) -> bool:
        if self.state == "closed":
            return True
        if self.state == "open":
            if now < self.opened + 5:
                return False
            self.turn("half-open", now)
        if self.is_probing:
            return False
        self.is_probing = True
        return True

    def record(self, now: float, era: int, is_good: bool) -> None:
        if era != self.era:
            return
        if self.state == "half-open":
            self.turn("closed" if is_good else "open", now)
            return
        second = int(now)
        if not self.buckets or self.buckets[-1][0] != second:
            self.buckets = [bucket for bucket in self.buckets if bucket[0] > second - 10]
            self.buckets.append([second, 0, 0])
        self.buckets[-1][1] += 1
        self.buckets[-1][2] += not is_good
        calls = sum(bucket[1] for bucket in self.buckets)
        if calls >= 20 and 2 * sum(bucket[2] for bucket in self.buckets) >= calls:
            self.turn("open", now)


class Replica:
    """Two cores, what is in work, and whether it is up and believed to be."""

    def __init__(self, environment: simpy.Environment) -> None:
        self.cores = simpy.Resource(environment, capacity=2)
        self.work: set[simpy.Process] = set()
        self.breaker: Breaker | None = None
        self.is_up = self.is_believed_up = True
        self.turn = 0

    def go_down(self) -> None:
        self.is_up = False
        self.breaker = Breaker()
        for work in list(self.work):
            work.interrupt()


def three_hops(patience: float, *, is_down_now_and_then: bool = False) -> Model:
    """A balancer, four replicas, and three that they ask; waits for the last hop so many seconds, twice before it."""

    def model(environment: simpy.Environment, random: Random, took: list[float]) -> Request:
        balancer = Replica(environment)
        apis = [Replica(environment) for _ in range(4)]
        stores = [Replica(environment) for _ in range(3)]

        def choose(caller: Replica, pool: list[Replica], tried: Replica | None) -> Replica | None:
            for step in range(1, len(pool) + 1):
                number = (caller.turn + step) % len(pool)
                if pool[number].is_believed_up and pool[number] is not tried:
                    caller.turn = number
                    return pool[number]
            return None

        def call(caller: Replica, pool: list[Replica], patience: float, serve: Serve) -> Iterator[Any]:
            tried = None
            for is_last in (False, True):
                breaker, is_good = caller.breaker, False
                if breaker is not None and not breaker.permits(environment.now):
                    return False
                era = breaker.era if breaker is not None else 0
                replica = choose(caller, pool, tried)
                if replica is not None and replica.is_up:
                    work = environment.process(serve(replica))
                    replica.work.add(work)
                    yield work | environment.timeout(patience)
                    is_good = work.processed and work.value
                if breaker is not None:
                    breaker.record(environment.now, era, is_good)
                if is_good:
                    return True
                tried = replica
                if not is_last:
                    yield environment.timeout(PAUSE)
            return False

        def serve_api(api: Replica) -> Iterator[Any]:
            try:
                with api.cores.request() as turn:
                    yield turn
                    yield environment.timeout(random.expovariate(1000))
                return (yield from call(api, stores, patience, serve_store))
            except simpy.Interrupt:
                return False
            finally:
                api.work.discard(environment.active_process)

        def serve_store(store: Replica) -> Iterator[Any]:
            with store.cores.request() as turn:
                yield turn
                yield environment.timeout(random.expovariate(1000))
            yield environment.timeout(random.lognormvariate(log(0.005), SIGMA))
            store.work.discard(environment.active_process)
            return True

        def check(api: Replica) -> Iterator[Any]:
            yield environment.timeout(random.random() * 0.2)
            otherwise = 0
            while True:
                otherwise = 0 if api.is_up == api.is_believed_up else otherwise + 1
                if otherwise == (3 if api.is_believed_up else 2):
                    api.is_believed_up, otherwise = api.is_up, 0
                yield environment.timeout(0.2)

        def fail(api: Replica) -> Iterator[Any]:
            yield environment.timeout(1)
            while True:
                api.go_down()
                yield environment.timeout(1)
                api.is_up = True
                yield environment.timeout(3)

        def request() -> Iterator[Any]:
            began = environment.now
            if (yield from call(balancer, apis, 2 * patience, serve_api)):
                took.append(environment.now - began)

        for api in apis:
            api.breaker = Breaker()
            environment.process(check(api))
        if is_down_now_and_then:
            environment.process(fail(apis[1]))
        return request

    return model

"""Time-outs whose callee works on for nobody, and second attempts, beside a simulator of their own."""

from collections.abc import Iterator
from random import Random
from statistics import fmean
from typing import Any

import pytest
import simpy

from tests.independent.judging import Figures, assert_agree, component, flow, mean_ms, run

SPEC = """
archspec: 1
name: Impatient clients
components:
  user: {kind: client}
  api:  {kind: server, cores: 1}
connections:
  - user -> api: {timeout: 40ms, retries: {attempts: 2, backoff: constant(10ms)}}
flows:
  ask: {from: user, request: GET /, rate: 40/s, steps: [{call: api, cpu: exponential(10ms)}]}
"""


def archspecs(seconds: float, seed: int) -> Figures:
    results = run(SPEC, seconds, seed)
    ask, api = flow(results), component(results, "api")
    assert ask.success is not None
    assert ask.failed_latency is not None
    assert api.core_utilisation is not None
    assert [cause for cause, _ in ask.failed] == ["timeout"]
    return {
        "success": ask.success,
        "mean ms": mean_ms(results),
        "failed after ms": ask.failed_latency.mean.value / 1e6,
        "calls a request": api.calls / ask.offered,
        "utilisation": api.core_utilisation,
    }


class Impatient:
    """A queue that knows nothing of its clients' patience."""

    def __init__(self, seconds: float, seed: int) -> None:
        self.environment, self.random, self.seconds = simpy.Environment(), Random(seed), seconds
        self.server = simpy.Resource(self.environment)
        self.offered = self.calls = 0
        self.busy = 0.0
        self.took: list[float] = []
        self.failed: list[float] = []

    def figures(self) -> Figures:
        self.environment.process(self.arrivals())
        self.environment.run(until=self.seconds)
        return {
            "success": len(self.took) / (len(self.took) + len(self.failed)),
            "mean ms": 1000 * fmean(self.took),
            "failed after ms": 1000 * fmean(self.failed),
            "calls a request": self.calls / self.offered,
            "utilisation": self.busy / self.seconds,
        }

    def arrivals(self) -> Iterator[Any]:
        while True:
            yield self.environment.timeout(self.random.expovariate(40))
            self.offered += 1
            self.environment.process(self.request())

    def request(self) -> Iterator[Any]:
        began = self.environment.now
        for is_last in (False, True):
            work = self.environment.process(self.work())
            yield work | self.environment.timeout(0.040)
            if work.processed:
                self.took.append(self.environment.now - began)
                return
            if not is_last:
                yield self.environment.timeout(0.010)
        self.failed.append(self.environment.now - began)

    def work(self) -> Iterator[Any]:
        self.calls += 1
        with self.server.request() as turn:
            yield turn
            work = self.random.expovariate(100)
            self.busy += min(work, self.seconds - self.environment.now)
            yield self.environment.timeout(work)


@pytest.mark.parametrize(
    ("seeds", "seconds", "within"), [(8, 25, 0.25), pytest.param(20, 100, 0.1, marks=pytest.mark.slow)]
)
def test_who_gives_up_leaves_the_work_behind(seeds: int, seconds: float, within: float) -> None:
    assert_agree(
        lambda seed: archspecs(seconds, seed),
        lambda seed: Impatient(seconds, seed).figures(),
        seeds,
        within,
    )

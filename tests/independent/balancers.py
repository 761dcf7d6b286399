"""A balancer in front of single servers, in SimPy: whoever it chooses works off its queue, first come, first served."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import fmean
from typing import Any

import simpy

from tests.independent.judging import Figures

Choice = Callable[[Sequence[int], Random], int]
"""From how many requests are under way at each server, which is next."""


@dataclass
class Balanced:
    """Servers with exponential work behind a balancer; `means` in seconds."""

    means: Sequence[float]
    rate: float
    choose: Choice
    seed: int
    seconds: float
    took: list[float] = field(default_factory=list)
    busy: float = 0.0
    inside: float = 0.0
    """Integral over time of how many are under way."""

    def run(self) -> Figures:
        """Poisson arrivals from an empty system on."""
        self.environment, self.random = simpy.Environment(), Random(self.seed)
        self.servers = [simpy.Resource(self.environment) for _ in self.means]
        self.under_way = [0 for _ in self.means]
        self.environment.process(self._arrivals())
        self.environment.run(until=self.seconds)
        return {
            "mean ms": 1000 * fmean(self.took),
            "utilisation": self.busy / self.seconds / len(self.means),
            "inside": self.inside / self.seconds,
        }

    def _arrivals(self) -> Iterator[Any]:
        while True:
            yield self.environment.timeout(self.random.expovariate(self.rate))
            self.environment.process(self._request())

    def _request(self) -> Iterator[Any]:
        began = self.environment.now
        number = self.choose(self.under_way, self.random)
        self.under_way[number] += 1
        self.inside += self.seconds - began
        with self.servers[number].request() as turn:
            yield turn
            work = self.random.expovariate(1 / self.means[number])
            self.busy += min(work, self.seconds - self.environment.now)
            yield self.environment.timeout(work)
        self.under_way[number] -= 1
        self.inside -= self.seconds - self.environment.now
        self.took.append(self.environment.now - began)

"""A queue whose messages fail at random and go to a dead-letter queue, beside a simulator of its own."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import simpy

from tests.independent.judging import Figures, assert_agree, component, run

SPEC = """
archspec: 1
name: Orders that cannot be packed
components:
  user:   {kind: client}
  orders: {kind: queue, max_deliveries: 3, dead_letter: failed}
  failed: {kind: queue}
  packer: {kind: worker, replicas: 2, slots: 1}
connections:
  - user -> orders
  - orders -> packer
flows:
  order:
    {from: user, rate: 40/s,
     steps: [{call: orders, steps: [{call: packer, takes: exponential(25ms), status: {500: 40%}}]}]}
"""


def archspecs(seconds: float, seed: int) -> Figures:
    results = run(SPEC, seconds, seed)
    orders = next(found for found in results.queues if found.queue == "orders")
    packer = component(results, "packer")
    assert packer.slot_utilisation is not None
    return {
        "published a second": orders.published / seconds,
        "dead": orders.dead / orders.published,
        "deliveries a message": orders.deliveries / orders.published,
        "utilisation": packer.slot_utilisation,
    }


class Orders:
    """A first-in-first-out store; what fails goes to its tail, and the third time to the dead letters."""

    def __init__(self, seconds: float, seed: int) -> None:
        self.environment, self.random, self.seconds = simpy.Environment(), Random(seed), seconds
        self.waiting = simpy.Store(self.environment)
        self.published = self.dead = self.deliveries = 0
        self.busy = 0.0

    def figures(self) -> Figures:
        self.environment.process(self.publish())
        for _ in range(2):
            self.environment.process(self.pack())
        self.environment.run(until=self.seconds)
        return {
            "published a second": self.published / self.seconds,
            "dead": self.dead / self.published,
            "deliveries a message": self.deliveries / self.published,
            "utilisation": self.busy / self.seconds / 2,
        }

    def publish(self) -> Iterator[Any]:
        while True:
            yield self.environment.timeout(self.random.expovariate(40))
            self.published += 1
            self.waiting.put(0)

    def pack(self) -> Iterator[Any]:
        while True:
            deliveries = yield self.waiting.get()
            self.deliveries += 1
            work = self.random.expovariate(40)
            self.busy += min(work, self.seconds - self.environment.now)
            yield self.environment.timeout(work)
            if self.random.random() < 0.4:
                if deliveries + 1 == 3:
                    self.dead += 1
                else:
                    self.waiting.put(deliveries + 1)


@pytest.mark.parametrize(
    ("seeds", "seconds", "within"), [(8, 40, 0.2), pytest.param(20, 150, 0.1, marks=pytest.mark.slow)]
)
def test_messages_die_after_their_last_delivery(seeds: int, seconds: float, within: float) -> None:
    assert_agree(lambda seed: archspecs(seconds, seed), lambda seed: Orders(seconds, seed).figures(), seeds, within)

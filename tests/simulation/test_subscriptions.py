"""What becomes of messages, worked out by hand: published evenly, each in work for 50 ms."""

import pytest

from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import SubscriptionResult
from archspec.simulation.simulate import simulate

SPEC = """
archspec: 1
name: Mails
components:
  user: {kind: client}
  orders: {kind: topic, partitions: 8}
  mailer: {kind: worker, slots: SLOTS}
connections: [user -> orders, {from: orders, to: mailer, latency: LATENCY}]
flows: {ask: {from: user, rate: RATE/s, steps: [{call: orders, steps: [{call: mailer, takes: 50ms}]}]}}
scenarios: {run: {duration: 12s, warm_up: 2s, load: {ask: {arrivals: even}}}}
"""


def subscription(rate: int, slots: int, latency: str = "0ms") -> SubscriptionResult:
    text = SPEC.replace("RATE", str(rate)).replace("SLOTS", str(slots)).replace("LATENCY", latency)
    (found,) = simulate(load_text(text), SimulationOptions("run")).subscriptions
    return found


def test_messages_that_nobody_keeps_waiting() -> None:
    """10/s x 50 ms are half a slot of four."""
    found = subscription(10, 4)
    assert (found.topic, found.subscriber) == ("orders", "mailer")
    assert (found.published, found.done, found.dead, found.expired, found.waiting) == (120, 120, 0, 0, 0)
    assert (found.deliveries, found.in_work, found.cap) == (120, 0, 4.0)
    assert found.busy == pytest.approx(0.125, abs=0.002)
    assert (found.mean_lag, found.most_lag, found.oldest) == (0.0, 0, 0)
    assert (found.mean_delay, found.longest_delay) == (50e6, 50_000_000)


def test_messages_that_come_faster_than_they_are_done_pile_up() -> None:
    """Of 30/s one slot does 20: after two seconds 20 wait, after twelve 120."""
    found = subscription(30, 1)
    assert found.busy == 1.0
    assert (found.published, found.done) == (360, 240)
    assert found.waiting == pytest.approx(120, abs=2)
    assert found.mean_lag == pytest.approx(70, abs=2)


def test_nothing_is_busier_than_busy_though_a_slot_is_free_before_the_topic_knows() -> None:
    found = subscription(30, 1, "5ms")
    assert found.busy == 1.0

"""A circuit breaker before a store that fails at random, beside a simulator of its own."""

from collections import deque
from random import Random

import pytest

from tests.independent.judging import Figures, assert_agree, component, flow, run

SPEC = """
archspec: 1
name: A shaky store
components:
  user: {kind: client}
  api:  {kind: server}
  db:   {kind: database}
connections:
  - user -> api
  - api -> db: {circuit_breaker: {opens_after: 50%, over: 1s, min_calls: 10, half_open_after: 100ms, probes: 2}}
flows:
  ask: {from: user, rate: 50/s, steps: [{call: api, steps: [{call: db, takes: 5ms, status: {500: 50%}}]}]}
"""


def archspecs(seconds: float, seed: int) -> Figures:
    results = run(SPEC, seconds, seed)
    ask = flow(results)
    failed = dict(ask.failed)
    assert failed.keys() == {"error", "breaker_open"}
    return {
        "ok": ask.ok / ask.offered,
        "failed": failed["error"] / ask.offered,
        "rejected": failed["breaker_open"] / ask.offered,
        "calls a second": component(results, "db").calls / seconds,
        "openings": sum(event.text == "breaker api -> db open" for event in results.events) / seconds,
    }


class Breaker:
    """Closed, open or half-open, as M. Nygard's "Release It!" (2007) has it, over the last second in ten buckets."""

    def __init__(self) -> None:
        self.state, self.era, self.opened, self.openings = "closed", 0, 0.0, 0
        self.sent = self.good = 0
        self.outcomes: deque[tuple[int, bool]] = deque()

    def turn(self, state: str, now: float) -> None:
        self.state, self.era = state, self.era + 1
        self.sent = self.good = 0
        self.outcomes.clear()
        if state == "open":
            self.opened, self.openings = now, self.openings + 1

    def lets_through(self, now: float) -> bool:
        if self.state == "open" and now >= self.opened + 0.1:
            self.turn("half-open", now)
        if self.state == "half-open":
            self.sent += 1
            return self.sent <= 2
        return self.state == "closed"

    def hears(self, now: float, era: int, is_good: bool) -> None:
        if era != self.era:
            return
        if self.state == "half-open":
            self.good += is_good
            if not is_good:
                self.turn("open", now)
            elif self.good == 2:
                self.turn("closed", now)
            return
        bucket = int(now * 10)
        self.outcomes.append((bucket, is_good))
        while self.outcomes[0][0] <= bucket - 10:
            self.outcomes.popleft()
        bad = sum(not good for _, good in self.outcomes)
        if len(self.outcomes) >= 10 and bad >= 0.5 * len(self.outcomes):
            self.turn("open", now)


def judge(seconds: float, seed: int) -> Figures:
    """Every call takes 5 ms, so answers come in the order of calls: no event list is needed."""
    random, breaker = Random(seed), Breaker()
    under_way: deque[tuple[float, int]] = deque()
    offered = calls = good = bad = rejected = 0
    now = random.expovariate(50)
    while True:
        while under_way and under_way[0][0] <= min(now, seconds):
            answered, era = under_way.popleft()
            is_good = random.random() >= 0.5
            good, bad = good + is_good, bad + (not is_good)
            breaker.hears(answered, era, is_good)
        if now >= seconds:
            break
        offered += 1
        if breaker.lets_through(now):
            calls += 1
            under_way.append((now + 0.005, breaker.era))
        else:
            rejected += 1
        now += random.expovariate(50)
    return {
        "ok": good / offered,
        "failed": bad / offered,
        "rejected": rejected / offered,
        "calls a second": calls / seconds,
        "openings": breaker.openings / seconds,
    }


@pytest.mark.parametrize(
    ("seeds", "seconds", "within"), [(8, 80, 0.25), pytest.param(20, 150, 0.1, marks=pytest.mark.slow)]
)
def test_a_breaker_opens_probes_and_closes_as_often(seeds: int, seconds: float, within: float) -> None:
    assert_agree(lambda seed: archspecs(seconds, seed), lambda seed: judge(seconds, seed), seeds, within)

"""A simulated cache beside a simulator of its own, and beside Che's approximation."""

from collections import OrderedDict
from itertools import accumulate
from math import exp
from random import Random

import pytest

from tests.independent.judging import Figures, assert_agree, component, flow, mean_ms, run

KEYS, ENTRIES, EXPONENT, RATE = 1000, 100, 0.9, 1000
SPEC = f"""
archspec: 1
name: A small cache
components:
  user:  {{kind: client}}
  cache: {{kind: cache, caches: db, entries: {ENTRIES}, keys: zipf(count={KEYS} exponent={EXPONENT})}}
  db:    {{kind: database}}
connections: [user -> cache]
flows:
  read: {{from: user, rate: {RATE}/s, steps: [{{call: cache, takes: 1ms, on_miss: [{{call: db, takes: 9ms}}]}}]}}
"""
WEIGHTS = [key**-EXPONENT for key in range(1, KEYS + 1)]


def archspecs(seconds: float, seed: int) -> Figures:
    results = run(SPEC, seconds, seed)
    read, asked = flow(results), component(results, "cache").calls
    return {
        "misses": component(results, "db").calls / asked,
        "mean ms": mean_ms(results),
        "requests": read.offered / seconds,
    }


def judge(seconds: float, seed: int) -> Figures:
    """What is asked for comes to the end of the line, at once or 9 ms later; at its head somebody has to leave."""
    random, line = Random(seed), OrderedDict[int, None]()
    sums, waiting, now = list(accumulate(WEIGHTS)), list[tuple[float, int]](), 0.0
    asked = misses = 0
    while (now := now + random.expovariate(RATE)) < seconds:
        (key,) = random.choices(range(KEYS), cum_weights=sums)
        looked_up = now + 0.001
        while waiting and waiting[0][0] <= looked_up:
            fill(line, waiting.pop(0)[1])
        asked += 1
        if key in line:
            line.move_to_end(key)
        else:
            misses += 1
            waiting.append((looked_up + 0.009, key))
    return {"misses": misses / asked, "mean ms": 1 + 9 * misses / asked, "requests": asked / seconds}


def fill(line: "OrderedDict[int, None]", key: int) -> None:
    line[key] = None
    line.move_to_end(key)
    if len(line) > ENTRIES:
        line.popitem(last=False)


@pytest.mark.parametrize(
    ("seeds", "seconds", "within"), [(8, 4, 0.06), pytest.param(20, 20, 0.02, marks=pytest.mark.slow)]
)
def test_least_recently_used_keys_leave(seeds: int, seconds: float, within: float) -> None:
    assert_agree(lambda seed: archspecs(seconds, seed), lambda seed: judge(seconds, seed), seeds, within)


def hit_ratio_by_che() -> float:
    """H. Che, Y. Tung and Z. Wang, IEEE JSAC 20 (2002): a key stays for the time in which so many others are asked."""
    shares = [weight / sum(WEIGHTS) for weight in WEIGHTS]
    low, high = 0.0, 1e6
    for _ in range(100):
        middle = (low + high) / 2
        if sum(1 - exp(-share * middle) for share in shares) < ENTRIES:
            low = middle
        else:
            high = middle
    return sum(share * (1 - exp(-share * low)) for share in shares)


def test_the_hit_ratio_is_that_of_che() -> None:
    results = run(SPEC.replace("takes: 9ms", "takes: 0ms"), 30, 1)
    hits = 1 - component(results, "db").calls / component(results, "cache").calls
    assert hits == pytest.approx(hit_ratio_by_che(), abs=0.01)

"""How often a cache of so many entries hits: in closed form, and against a cache that is asked."""

from collections import OrderedDict
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from archspec.analysis.cache_hits import simulated_hits
from tests.analysis.specs import spec

COUNT, ENTRIES, RATE = 200, 30, 100


def hits(ttl: str | None, count: int = COUNT, entries: int = ENTRIES, rate: float = RATE) -> float:
    expires = f"ttl: {ttl}, " if ttl else ""
    cache = f"ca: {{kind: cache, {expires}entries: {entries}, keys: zipf(count={count} exponent=1.0)}}"
    found = simulated_hits(spec(cache).components["ca"], rate)
    assert found is not None
    assert found.least == found.most
    return found.most


def asked(expiry: float, requests: int = 120_000) -> float:
    """The share of hits of a cache that forgets what was not asked for longest, and what is older than `expiry`."""
    random, held, good = Random(1), OrderedDict[int, int](), 0
    keys = random.choices(range(COUNT), [1 / (key + 1) for key in range(COUNT)], k=requests)
    for now, key in enumerate(keys):
        if key in held and now - held[key] <= expiry:
            good += 1
        else:
            held[key] = now
        held.move_to_end(key)
        if len(held) > ENTRIES:
            held.popitem(last=False)
    return good / requests


def test_one_key_is_fetched_once_and_once_more_whenever_it_has_expired() -> None:
    """After a fetch ten requests come in the second that it lasts: ten of eleven hit."""
    assert hits("1s", count=1, entries=1, rate=10) == pytest.approx(10 / 11)


def test_of_what_fits_whole_everything_hits() -> None:
    assert hits(None, count=30) == 1.0


@pytest.mark.parametrize("seconds", [0.1, 0.5, 2, 20, 100])
def test_entries_that_expire_hit_as_often_as_in_a_cache_that_is_asked(seconds: float) -> None:
    """At 100/s, whose thirty entries are gone after half a second or so."""
    assert hits(f"{seconds}s") == pytest.approx(asked(seconds * RATE), abs=0.01)


def test_the_longer_entries_last_the_more_hit_up_to_those_of_a_cache_in_which_none_expires() -> None:
    found = [hits(ttl) for ttl in ("10ms", "100ms", "1s", "10s", "100s", "1h", "365d")]
    assert all(before < after for before, after in pairwise(found))
    assert found[-1] == pytest.approx(hits(None), abs=1e-3)
    assert found[-1] <= hits(None)


def bounds(settings: str, keys: str, rate: float = RATE) -> tuple[float, float] | None:
    cache = f"ca: {{kind: cache, {settings}, keys: zipf({keys})}}"
    found = simulated_hits(spec(cache).components["ca"], rate)
    return None if found is None else (found.least, found.most)


@pytest.mark.parametrize(
    ("settings", "keys", "least", "most"),
    [
        # Two keys, asked for in 2/3 and 1/3 of requests, and room for one.
        ("entries: 1", "count=2 exponent=1.0", 0.539345, 0.539345),
        ("entries: 1, eviction: lru", "count=2 exponent=1.0", 0.539345, 0.539345),
        ("entries: 1, eviction: none", "count=2 exponent=1.0", 0.539345, 0.539345),
        ("entries: 1, eviction: fifo", "count=2 exponent=1.0", 0.528595, 0.528595),
        ("entries: 1, eviction: lfu", "count=2 exponent=1.0", 0.0, 2 / 3),
        # What expires: of three policies only that none keeps more than the most popular.
        ("entries: 1, ttl: 1s, eviction: none", "count=2 exponent=1.0", 0.0, 2 / 3),
        ("entries: 1, ttl: 1s, eviction: fifo", "count=2 exponent=1.0", 0.0, 2 / 3),
        ("entries: 1, ttl: 1s, eviction: lfu", "count=2 exponent=1.0", 0.0, 2 / 3),
        # Four keys by 1, 1/2, 1/3, 1/4 of 25/12.
        ("entries: 2, eviction: lfu", "count=4 exponent=1.0", 0.0, 1.5 * 12 / 25),
        ("entries: 4, eviction: fifo", "count=4 exponent=1.0", 1.0, 1.0),
        ("entries: 9, eviction: lfu", "count=4 exponent=1.0", 0.0, 1.0),
        # Far more keys than are told apart: the harmonic numbers of 5,000 and 100,000.
        ("entries: 5000, eviction: lfu", "count=100000 exponent=1.0", 0.0, 9.094509 / 12.090146),
    ],
)
def test_each_policy_hits_as_the_formula_has_it(settings: str, keys: str, least: float, most: float) -> None:
    assert bounds(settings, keys) == pytest.approx((least, most), abs=1e-4)


def test_what_is_stated_is_not_simulated() -> None:
    for stated in ("ca: {kind: cache}", "ca: {kind: cache, hit: 90%}", "ca: {kind: server}"):
        assert simulated_hits(spec(stated).components["ca"], RATE) is None


@pytest.mark.parametrize("entries", [100, 5000, 20000])
def test_many_keys_in_groups_hit_as_often_as_one_by_one(entries: int) -> None:
    """Che's equation with all 50,000 keys told apart."""
    shares = 1 / np.arange(1, 50_001)
    shares /= shares.sum()
    low, high = 0.0, 1e7
    for _ in range(60):
        time = (low + high) / 2
        low, high = (time, high) if -np.expm1(-shares * time).sum() < entries else (low, time)
    expected = float(-shares @ np.expm1(-shares * high))
    assert bounds(f"entries: {entries}", "count=50000 exponent=1.0") == pytest.approx((expected, expected), abs=1e-4)

"""How often a cache of so many entries hits: in closed form, and against a cache that is asked."""

from collections import OrderedDict
from itertools import pairwise
from random import Random

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

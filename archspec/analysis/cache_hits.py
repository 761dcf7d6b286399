"""The hit ratio of a cache with so many entries under a Zipf key space, by Che's approximation.

An entry that is not asked for during the characteristic time T is gone, T being such that as many keys are asked for
within it as there are entries: Σ(1 - e^(-p·T)) = entries, in requests. Source: H. Che, Y. Tung, Z. Wang, Hierarchical
Web Caching Systems, IEEE JSAC 20 (2002); for FIFO C. Fricker, P. Robert, J. Roberts, A versatile and accurate
approximation for LRU cache performance, ITC 24 (2012).
"""

from functools import cache
from math import inf
from typing import TYPE_CHECKING

from archspec.frozen import frozen
from archspec.model import Cache, Component

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

APART = 4096
"""So many of the most popular keys are told apart; the rest are taken in groups of nearly equal popularity."""
STEPS_OF_LIFE = 64
"""Steps in which the characteristic time is divided where entries expire."""
LONGEST = 64
"""Characteristic times after which what is left of entries falls like an exponential."""


@frozen
class HitRatio:
    """A hit ratio, or the ends of what it can be."""

    least: float
    most: float


def simulated_hits(component: Component, rate: float) -> HitRatio | None:
    """The ratio of a cache whose hits are simulated, looked up `rate` times a second; None where they are stated.

    Of `lfu` only that no policy keeps more than the most popular keys.
    """
    if not isinstance(component, Cache) or component.keys is None or component.entries is None:
        return None
    count, exponent, entries = component.keys.count, float(component.keys.exponent), component.entries
    expiry = inf if component.ttl is None else rate * component.ttl.seconds
    match component.eviction:
        case "lru":
            found = _lru(count, exponent, entries, expiry)
            return HitRatio(found, found)
        case "none" if expiry == inf:  # whatever came first stays: as likely as in an LRU cache that is just full
            found = _lru(count, exponent, entries, inf)
            return HitRatio(found, found)
        case "fifo" if expiry == inf:
            found = _fifo(count, exponent, entries)
            return HitRatio(found, found)
        case "lfu" | "fifo" | "none":
            return HitRatio(0.0, _best(count, exponent, entries))


@cache
def _popularity(count: int, exponent: float) -> "tuple[Column, Column]":
    """Shares of requests for one key of each group, the most popular first, and how many keys a group has."""
    import numpy as np

    apart = np.arange(1, min(count, APART) + 1, dtype=float)
    edges = np.unique(np.geomspace(APART, count, 2000).astype(np.int64)) if count > APART else np.array([APART])
    sizes = np.concatenate([np.ones(len(apart)), np.diff(edges).astype(float)])
    middles = np.concatenate([apart, (edges[1:] + edges[:-1] + 1) / 2])
    weights = middles**-exponent
    return weights / (weights * sizes).sum(), sizes


def _characteristic(count: int, exponent: float, entries: int, *, fifo: bool) -> float:
    """The characteristic time in requests; infinite where everything fits."""
    import numpy as np

    if entries >= count:
        return inf
    shares, sizes = _popularity(count, exponent)
    low, high = 0.0, float(entries)

    def held(time: float) -> float:
        return float(sizes @ (shares * time / (1 + shares * time) if fifo else -np.expm1(-shares * time)))

    while held(high) < entries:
        low, high = high, 2 * high
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if held(middle) < entries else (low, middle)
    return high


@cache
def _lru(count: int, exponent: float, entries: int, expiry: float) -> float:
    import numpy as np

    shares, sizes = _popularity(count, exponent)
    time = _characteristic(count, exponent, entries, fifo=False)
    if expiry <= time:
        hits = shares * expiry if expiry < inf else None
        kept = np.ones_like(shares) if hits is None else hits / (1 + hits)
    elif expiry == inf:
        kept = -np.expm1(-shares * time)
    else:
        hits = shares * _life(shares, time, expiry)
        kept = hits / (1 + hits)
    return float((sizes * shares) @ kept)


def _life(shares: "Column", time: float, expiry: float) -> "Column":
    """How long an entry answers after it was fetched, on average: until it expires, or is not asked for during T.

    What is left of entries a(t) is 1 up to T; then a' = -p·e^(-p·T)·a(t - T), less e^(-p·T) at T itself.
    """
    import numpy as np

    step = time / STEPS_OF_LIFE
    leaving = np.exp(-shares * time)
    left = [np.ones_like(shares)] * STEPS_OF_LIFE
    life = shares * 0 + time
    now, current = time, 1 - leaving
    while now < expiry and len(left) < STEPS_OF_LIFE * LONGEST:
        left.append(current)
        after = np.maximum(0.0, current - step * shares * leaving * left[-STEPS_OF_LIFE - 1])
        length = min(step, expiry - now)
        life = life + length * (current + after) / 2
        now, current = now + step, after
    if now < expiry:
        before = np.maximum(left[-STEPS_OF_LIFE], 1e-300)
        decline = np.maximum(0.0, -np.log(np.clip(current / before, 1e-300, 1.0))) / time
        rest = expiry - now
        life = life + current * np.where(
            decline * rest > 1e-9, -np.expm1(-decline * rest) / np.maximum(decline, 1e-300), rest
        )
    return np.asarray(life)


@cache
def _fifo(count: int, exponent: float, entries: int) -> float:
    shares, sizes = _popularity(count, exponent)
    time = _characteristic(count, exponent, entries, fifo=True)
    return 1.0 if time == inf else float((sizes * shares) @ (shares * time / (1 + shares * time)))


@cache
def _best(count: int, exponent: float, entries: int) -> float:
    """The share of requests for the most popular keys, as many as there are entries."""
    import numpy as np

    shares, sizes = _popularity(count, exponent)
    return float((shares * np.clip(entries - (np.cumsum(sizes) - sizes), 0.0, sizes)).sum())

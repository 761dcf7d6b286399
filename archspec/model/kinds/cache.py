"""Cache."""

from typing import Literal

from pydantic import Field

from archspec.model import Caching, Constraint, Given, Kind, Positive, Role, Shape, Storage
from archspec.model.keys import Keys

_BOTH = "give both `entries` and `keys`; add `{}`."


class Cache(Caching, Storage):
    """Keeps copies, sessions or counters in memory, such as Redis."""

    kind: Literal["cache"] = "cache"
    eviction: Literal["lru", "lfu", "fifo", "none"] = Field("lru", description="Which entry goes when it is full.")
    entries: Positive | None = Field(None, description="With `keys`: how many fit; hits are then simulated.")
    keys: Keys | None = Field(None, description="With `entries`: what is asked for, `zipf(count=… exponent=…)`.")

    constraints = (
        Constraint(Given("keys"), "`keys` is missing", _BOTH.format("keys"), where=Given("entries")),
        Constraint(Given("entries"), "`entries` is missing", _BOTH.format("entries"), where=Given("keys")),
    )


KIND = Kind("cache", "Cache", Role.CACHE, Shape.CACHE, Cache, other_names=("redis", "memcached", "session_store"))

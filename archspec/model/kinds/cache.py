"""Cache."""

from typing import Literal, Self

from pydantic import Field, model_validator

from archspec.model.element import Positive
from archspec.model.keys import Keys
from archspec.model.kind import Kind, Role
from archspec.model.scalar import failed
from archspec.model.shape import Shape
from archspec.model.traits import Caching, Storage


class Cache(Caching, Storage):
    """Keeps copies, sessions or counters in memory, such as Redis."""

    kind: Literal["cache"] = "cache"
    eviction: Literal["lru", "lfu", "fifo", "none"] = Field("lru", description="Which entry goes when it is full.")
    entries: Positive | None = Field(None, description="With `keys`: how many fit; hits are then simulated.")
    keys: Keys | None = Field(None, description="With `entries`: what is asked for, `zipf(count=… exponent=…)`.")

    @model_validator(mode="after")
    def _simulated_hits(self) -> Self:
        if (self.entries is None) != (self.keys is None):
            missing = "keys" if self.keys is None else "entries"
            raise failed(f"`{missing}` is missing", f"give both `entries` and `keys`; add `{missing}`.", "cache")
        return self


KIND = Kind("cache", "Cache", Role.CACHE, Shape.CACHE, Cache, other_names=("redis", "memcached", "session_store"))

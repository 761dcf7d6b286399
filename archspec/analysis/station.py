"""One resource of one component, or of one connection, under the load of all flows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import floor

from archspec.analysis.passed import Spread


class Resource(Enum):
    """What a request holds; the value is the field that gives its size."""

    CORES = "cores"
    SLOTS = "slots"
    CONNECTIONS = "max_concurrent"
    """Calls under way over one connection, of one replica of the caller."""
    PARTITIONS = "partitions"
    """Messages of one subscriber of a topic in work."""

    @property
    def word(self) -> str:
        """What one has so many of."""
        return "connections" if self is Resource.CONNECTIONS else self.value


@dataclass(frozen=True, slots=True)
class ZoneLoss:
    """What is left of a station without one zone, the fullest."""

    zone: str
    replicas: int


@dataclass(frozen=True, slots=True)
class Use:
    """What keeps a resource busy: `busy` of it on average, taken `rate` times a second.

    `first` and `first_rate` are the parts that only the first replica (of each shard) can do. `squared` is
    Σ rate × the mean square of the time that it is held, in seconds.
    """

    busy: float
    rate: float
    squared: float
    first: float = 0.0
    first_rate: float = 0.0

    @property
    def service(self) -> float:
        """The mean time that it is held, in seconds."""
        return self.busy / self.rate if self.rate else 0.0

    @property
    def variation(self) -> float:
        """The squared coefficient of variation of that time."""
        return max(0.0, self.squared / self.rate / self.service**2 - 1) if self.busy else 0.0


@dataclass(frozen=True)
class Station:
    """A resource and its use.

    `use` is the least: nothing queues. `each` is how many a replica has; `is_assumed` says that the spec gives no
    size and one core was taken. `replicas` are those at the start, of all shards together; `held` says how many of
    them stand in which zone (region, host), and is empty where nothing is said.
    """

    component: str
    resource: Resource
    use: Use
    each: float
    replicas: int
    shards: int
    is_assumed: bool
    held: Mapping[str, int]
    visits: float
    """Calls per second of the component (over the connection)."""
    spreads: tuple[Spread, ...] = ()
    connection: str | None = None
    """The name of the connection whose places it counts, or of the subscription whose partitions."""

    max_wait: float | None = None
    """Seconds for which a call waits for a place of a connection; None: it fails at once where none is free."""

    @property
    def name(self) -> str:
        """The component, or the connection, or the topic with its subscriber."""
        return self.connection or self.component

    @property
    def busy(self) -> float:
        """The mean number of cores, slots or connections in use, at the least."""
        return self.use.busy

    @property
    def size(self) -> float:
        """Cores, slots or connections of all replicas."""
        return self.each * self.replicas

    @property
    def utilisation(self) -> float:
        """Share of the size in use; 1 and above cannot be served."""
        return self.busy / self.size

    @property
    def peak(self) -> float:
        """Utilisation of its fullest replica: of a store that of the primary, which alone takes writes."""
        return self.peak_of(self.replicas)

    def peak_of(self, replicas: int) -> float:
        """The same with so many replicas left, more than 0."""
        return (self.use.first / self.shards + (self.busy - self.use.first) / replicas) / self.each

    @property
    def without_replica(self) -> float | None:
        """Utilisation (of its shard, where there are several) with one replica lost; None where that leaves none."""
        left = self.replicas // self.shards - 1
        return self.peak_of(left * self.shards) if left else None

    @property
    def loss(self) -> ZoneLoss | None:
        """The zone that holds most, and what is left without it; None in one place or unknown."""
        if len(self.held) < 2:
            return None
        fullest = max(self.held, key=lambda place: self.held[place])
        return ZoneLoss(fullest, self.replicas - self.held[fullest])

    @property
    def without_zone(self) -> float | None:
        """Utilisation with its fullest zone lost; None where zones are unknown or none is left."""
        return self.peak_of(self.loss.replicas) if self.loss and self.loss.replicas else None

    def replicas_for(self, zones: int = 1) -> int | None:
        """The fewest replicas that carry the load, also without the fullest of `zones` where there are several.

        None where no number does: the first one alone is asked for more than it has.
        """
        spared = self.each - self.use.first / self.shards
        if spared <= 0:
            return None
        needed = floor((self.busy - self.use.first) / spared + 1e-9) + 1
        return needed if zones < 2 else -(-needed * zones // (zones - 1))

"""One resource of one component, or of one connection, under the load of all flows."""

from collections.abc import Iterator, Mapping
from enum import Enum
from math import ceil, floor, inf

from archspec.analysis.nearness import Aimed, Sites, loads, losses
from archspec.analysis.passed import Spread
from archspec.frozen import frozen
from archspec.model import Site


class Resource(Enum):
    """What a request holds; the value is the field that gives its size."""

    CORES = "cores"
    SLOTS = "slots"
    CONNECTIONS = "max_concurrent"
    """Calls under way over one connection, of one replica of the caller."""
    INSTANCES = "concurrency"
    """Instances of a function at work, starting ones included."""
    PARTITIONS = "partitions"
    """Messages of one subscriber of a topic in work."""
    PLACES = "connections"
    """Sessions of users who stay connected, of one replica."""

    @property
    def word(self) -> str:
        """What one has so many of."""
        match self:
            case Resource.CONNECTIONS:
                return "connections"
            case Resource.INSTANCES:
                return "instances"
            case Resource.PLACES:
                return "places"
            case Resource.CORES | Resource.SLOTS | Resource.PARTITIONS:
                return str(self.value)


@frozen
class ZoneLoss:
    """What is left of a station without one zone, the fullest."""

    zone: str
    replicas: int


@frozen
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


@frozen(slots=False)
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

    sites: Sites | None = None
    """How many of its replicas stand where; None where no connection prefers whom is near."""

    aimed: tuple[Aimed, ...] = ()
    """The part of `busy` that only those have who are near to its callers."""

    zone_peaks: Mapping[str, float] | None = None
    """With `aimed`: its `peak` without each zone, where some replica is left."""

    max_wait: float | None = None
    """Seconds for which a call waits for a place of a connection; None: it fails at once where none is free."""

    @property
    def never_waits(self) -> bool:
        """Whether a call that finds nothing free fails at once."""
        if self.resource is Resource.INSTANCES:
            return True
        return self.resource is Resource.CONNECTIONS and self.max_wait is None

    def is_full_at(self, utilisation: float) -> bool:
        """Whether it is too much: work that comes at random needs room, sessions may hold every place."""
        return utilisation > 1 + 1e-9 if self.resource is Resource.PLACES else utilisation >= 1

    def is_same(self, other: "Station") -> bool:
        """Whether both are the same resource, under whatever load."""
        return (self.name, self.resource) == (other.name, other.resource)

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
        """The same with so many replicas left, more than 0; where it matters which, those whose loss hurts most."""
        return max(max(places.values()) for places in self.loads(replicas)) / self.each

    def loads(self, replicas: int) -> Iterator[dict[Site, float]]:
        """What keeps the fullest replica of each place busy, for each way in which so many can be left."""
        first, near = self.use.first / self.shards, sum(each.busy for each in self.aimed)
        spread = self.busy - self.use.first - near
        if self.sites is None:
            yield {Site(): first + spread / replicas}
            return
        for left in losses(self.sites, self.replicas - replicas):
            yield loads(left, spread, first, self.aimed)

    def growth(self, own: "Station", replicas: int) -> float:
        """How many times what `own` says of one more request a second fits in, with so many replicas left."""
        ways = zip(self.loads(replicas), own.loads(replicas), strict=True)
        rooms = ((self.each - mine[site]) / its[site] for mine, its in ways for site in its if its[site] > 0)
        return min(rooms, default=inf)

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
        known = self.zone_peaks or self.held
        fullest = max((place for place in self.held if place in known), key=lambda place: known[place])
        return ZoneLoss(fullest, self.replicas - self.held[fullest])

    @property
    def without_zone(self) -> float | None:
        """Utilisation with its fullest zone lost; None where zones are unknown or none is left."""
        if self.loss is None or not self.loss.replicas:
            return None
        return self.zone_peaks[self.loss.zone] if self.zone_peaks else self.peak_of(self.loss.replicas)

    def replicas_for(self, zones: int = 1) -> int | None:
        """The fewest replicas that carry the load, also without the fullest of `zones` where there are several.

        None where no number does: the first one alone is asked for more than it has.
        """
        if self.aimed:
            worst = self.without_zone if zones > 1 and self.without_zone is not None else self.peak
            return self._above(worst * self.replicas)
        spared = self.each - self.use.first / self.shards
        if spared <= 0:
            return None
        needed = self._above((self.busy - self.use.first) / spared)
        return needed if zones < 2 else -(-needed * zones // (zones - 1))

    def _above(self, replicas: float) -> int:
        """The next whole number of them that is enough."""
        return ceil(replicas - 1e-9) if self.resource is Resource.PLACES else floor(replicas + 1e-9) + 1

"""What a component keeps to, as the engine is told of it: parts of the Program (see `program`)."""

from fractions import Fraction
from typing import NamedTuple


class RateLimit(NamedTuple):
    """A token bucket that all replicas of a component share."""

    rate: Fraction
    burst: int


class MessageQueue(NamedTuple):
    """What a message queue keeps to."""

    max_length: int | None
    deliveries: int
    visibility: int
    dead_letter: int | None


class Subscriber(NamedTuple):
    """Who gets each message of a topic: whether it takes them when it has a slot free, or is called."""

    component: int
    pulls: bool


class MessageTopic(NamedTuple):
    """What a topic keeps to, for each of its subscribers."""

    partitions: int | None
    retention: int | None
    deliveries: int
    visibility: int
    dead_letter: int | None
    subscribers: tuple[Subscriber, ...]


class CacheStore(NamedTuple):
    """The entries of a cache whose hits are simulated."""

    entries: int
    ttl: int | None
    eviction: str
    single_flight: bool


class Scaling(NamedTuple):
    """When replicas come and go."""

    metric: str
    target: Fraction
    minimum: int
    maximum: int
    interval: int
    cooldown: int

"""Components and their replicas as tables."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from math import ceil

from archspec.errors import UsageError
from archspec.execution.caching import FIFO, LFU, LRU, NO_EVICTION
from archspec.execution.layout import (
    COMPONENT_ACTOR,
    COMPONENT_AUTOMATIC,
    COMPONENT_BOOT_TIME,
    COMPONENT_CACHE,
    COMPONENT_COPIES,
    COMPONENT_COPY_COUNT,
    COMPONENT_CORES,
    COMPONENT_COUNT,
    COMPONENT_DRAIN_TIME,
    COMPONENT_FAILOVER_TIME,
    COMPONENT_FEEDS,
    COMPONENT_FIRST,
    COMPONENT_LIMITER,
    COMPONENT_MEMORY,
    COMPONENT_NEEDS,
    COMPONENT_NEXT_COPY,
    COMPONENT_PASSES_ON,
    COMPONENT_QUEUE,
    COMPONENT_QUEUE_LIMIT,
    COMPONENT_SECOND,
    COMPONENT_SHARDS,
    COMPONENT_SIZE,
    COMPONENT_SLOTS,
    COMPONENT_SPEED_OVER,
    COMPONENT_SPEED_UNDER,
    COMPONENT_STICKY,
    LEARNS_LATE,
    MESSAGES_COMPONENT,
    MESSAGES_DEAD_LETTER,
    MESSAGES_HEAD,
    MESSAGES_MAXIMUM,
    MESSAGES_REPLICA,
    MESSAGES_SIZE,
    MESSAGES_TRIES,
    MESSAGES_VISIBILITY,
    NEVER_LEARNS,
    NONE,
    PLATFORM,
    REPLICA_CHOOSER,
    REPLICA_COMPONENT,
    REPLICA_DEPLOY,
    REPLICA_EXISTS,
    REPLICA_ORDINAL,
    REPLICA_REGISTERED,
    REPLICA_SHARD,
    REPLICA_SIZE,
    REPLICA_SLOW_OVER,
    REPLICA_SLOW_UNDER,
)
from archspec.execution.limiting import LIMIT_FULL, LIMIT_PER_NANOSECOND, LIMIT_SIZE, LIMIT_TOKENS, LIMIT_UNIT
from archspec.model.architecture import MOST_REPLICAS, Architecture
from archspec.model.attempts import BALANCERS, CHECKERS, PROXIES
from archspec.model.component import Component, Running
from archspec.model.kind import Role
from archspec.model.kinds.cache import Cache
from archspec.model.kinds.dns import Dns
from archspec.model.kinds.load_balancer import LoadBalancer
from archspec.model.kinds.queue import Queue
from archspec.model.traits import RateLimited, Storage, Store

POLICIES = {"lru": LRU, "lfu": LFU, "fifo": FIFO, "none": NO_EVICTION}
POINTS_ON_THE_RING = 100
CLOSED_CLIENT_FOR_EVER = 2**62


@dataclass
class ComponentTables:
    """The tables of components under construction; offsets by id."""

    components: list[int] = field(default_factory=list)
    replicas: list[int] = field(default_factory=list)
    replica_names: list[str] = field(default_factory=list)
    offsets: dict[str, int] = field(default_factory=dict)
    choosers: list[int] = field(default_factory=lambda: [LEARNS_LATE])
    limiters: list[int] = field(default_factory=list)
    caches: list[int] = field(default_factory=list)
    queues: list[int] = field(default_factory=list)
    queue_names: list[str] = field(default_factory=list)
    rings: list[int] = field(default_factory=list)
    ring_first: list[int] = field(default_factory=lambda: [0])


def lay_out(architecture: Architecture) -> ComponentTables:
    """The tables of all components, in the order written.

    Raises:
        UsageError: they have more replicas than a run keeps.

    """
    _check_number(architecture)
    tables = ComponentTables()
    hashes = any(getattr(each, "algorithm", None) == "consistent_hash" for each in architecture.components.values())
    doubled = _deployed_beside(architecture)
    for component in architecture.components.values():
        _lay_out_one(tables, component, is_doubled=component.id in doubled)
    for component in architecture.components.values():
        _link(tables, component)
    for component in architecture.components.values():
        _ring(tables, tables.offsets[component.id], is_used=hashes)
    return tables


def _check_number(architecture: Architecture) -> None:
    counts = {id_: _most(each) * _shards(each) for id_, each in architecture.components.items()}
    total = sum(counts.values())
    if total > MOST_REPLICAS:
        most = max(counts, key=lambda id_: counts[id_])
        told = f"here are {total}, {counts[most]} of them of `{most}`"
        raise UsageError(f"a run keeps at most {MOST_REPLICAS} replicas in all, and {told}; scale the system down.")


def _most(component: Component) -> int:
    """Replicas of one shard, those that scaling may add counted."""
    if not isinstance(component, Running):
        return 1
    scaling = component.scaling
    grows = scaling is not None and scaling.horizontal and _shards(component) == 1
    return max(component.instances, (scaling.maximum or 0) if grows and scaling else 0)


def _shards(component: Component) -> int:
    return component.shards if isinstance(component, (Storage, Queue)) else 1


def _deployed_beside(architecture: Architecture) -> set[str]:
    """The components that some pipeline deploys blue and green: a second set stands beside the first meanwhile."""
    stages = [stage for pipeline in architecture.pipelines.values() for stage in pipeline.stages]
    targets = {target for stage in stages if stage.strategy == "blue_green" for target in stage.targets}
    return {
        id_
        for id_, component in architecture.components.items()
        if isinstance(component, Running)
        and (id_ in targets or targets.intersection(_groups_of(architecture, component)))
    }


def _groups_of(architecture: Architecture, component: Running) -> set[str]:
    return {group for domains in architecture.placements(component) for group in domains}


def _lay_out_one(tables: ComponentTables, component: Component, *, is_doubled: bool) -> None:
    offset = len(tables.components)
    tables.offsets[component.id] = offset
    row = [NONE] * COMPONENT_SIZE
    row[COMPONENT_FIRST] = len(tables.replicas)
    row[COMPONENT_SHARDS] = _shards(component)
    row[COMPONENT_NEEDS] = 1
    row[COMPONENT_SPEED_OVER] = row[COMPONENT_SPEED_UNDER] = 1
    row[COMPONENT_PASSES_ON] = component.kind in PROXIES
    row[COMPONENT_ACTOR] = component.kind_of.role is Role.ACTOR
    row[COMPONENT_AUTOMATIC] = isinstance(component, Storage) and component.fails_over
    row[COMPONENT_COPY_COUNT] = 0
    row[COMPONENT_FAILOVER_TIME] = row[COMPONENT_BOOT_TIME] = row[COMPONENT_DRAIN_TIME] = 30 * 10**9
    if isinstance(component, Running):
        _capacities(row, component)
    if isinstance(component, LoadBalancer) and component.sticky_sessions:
        row[COMPONENT_STICKY] = CLOSED_CLIENT_FOR_EVER
    if isinstance(component, Dns):
        row[COMPONENT_STICKY] = component.ttl.nanoseconds
    tables.components += row
    _replicas(tables, component, offset, is_doubled=is_doubled)
    if isinstance(component, RateLimited) and component.rate_limit is not None:
        tables.components[offset + COMPONENT_LIMITER] = _limiter(tables, component)
    if isinstance(component, Cache) and component.keys is not None and component.entries is not None:
        tables.components[offset + COMPONENT_CACHE] = len(tables.caches)
        row = [component.entries, component.ttl.nanoseconds if component.ttl else NONE, POLICIES[component.eviction]]
        tables.caches += [*row, int(component.single_flight), 0, NONE, NONE]
    if isinstance(component, Queue):
        tables.components[offset + COMPONENT_QUEUE] = len(tables.queues)
        tables.queue_names.append(component.id)
        queue = [0] * MESSAGES_SIZE
        queue[MESSAGES_HEAD] = NONE
        queue[MESSAGES_MAXIMUM] = NONE if component.max_length is None else component.max_length
        queue[MESSAGES_TRIES] = component.max_deliveries
        queue[MESSAGES_VISIBILITY] = component.visibility_timeout.nanoseconds
        queue[MESSAGES_REPLICA] = tables.components[offset + COMPONENT_FIRST]
        queue[MESSAGES_COMPONENT] = offset
        queue[MESSAGES_DEAD_LETTER] = NONE
        tables.queues += queue


def _capacities(row: list[int], component: Running) -> None:
    row[COMPONENT_NEEDS] = component.needs
    row[COMPONENT_SLOTS] = NONE if component.slots is None else component.slots
    row[COMPONENT_QUEUE_LIMIT] = NONE if component.queue_limit is None else component.queue_limit
    row[COMPONENT_FAILOVER_TIME] = component.failover_time.nanoseconds
    row[COMPONENT_BOOT_TIME] = component.boot_time.nanoseconds
    row[COMPONENT_DRAIN_TIME] = component.drain_time.nanoseconds
    if component.cores is not None:
        set_cores(row, 0, component.cores)
    if component.memory is not None and component.memory_per_request is not None and component.memory_per_request.bytes:
        fits = component.memory.bytes // component.memory_per_request.bytes
        if fits == 0:
            raise UsageError(
                f"`{component.id}` has {component.memory} of memory, and one request needs "
                f"{component.memory_per_request}; raise `memory`."
            )
        row[COMPONENT_MEMORY] = fits


def set_cores(components: list[int], offset: int, cores: Fraction) -> None:
    """Give a component cores; half a core is one core at half speed."""
    whole = ceil(cores)
    speed = cores / whole
    components[offset + COMPONENT_CORES] = whole
    components[offset + COMPONENT_SPEED_OVER] = speed.denominator
    components[offset + COMPONENT_SPEED_UNDER] = speed.numerator


def _replicas(tables: ComponentTables, component: Component, offset: int, *, is_doubled: bool) -> None:
    present = component.instances if isinstance(component, Running) else 1
    shards, most = _shards(component), _most(component)
    count = most * shards
    tables.components[offset + COMPONENT_COUNT] = count
    tables.components[offset + COMPONENT_SECOND] = count if is_doubled else 0
    for number in range(2 * count if is_doubled else count):
        ordinal = number % count
        row = [0] * REPLICA_SIZE
        row[REPLICA_COMPONENT] = offset
        row[REPLICA_ORDINAL] = ordinal
        row[REPLICA_SHARD] = ordinal // most if shards > 1 else NONE
        row[REPLICA_EXISTS] = row[REPLICA_REGISTERED] = number < count and ordinal % most < present
        row[REPLICA_SLOW_OVER] = row[REPLICA_SLOW_UNDER] = 1
        row[REPLICA_DEPLOY] = NONE
        row[REPLICA_CHOOSER] = _chooser(tables, component)
        tables.replicas += row
        tables.replica_names.append(f"{component.id}-{ordinal + 1}")


def _chooser(tables: ComponentTables, component: Component) -> int:
    if component.kind not in BALANCERS:
        return PLATFORM
    tables.choosers.append(NEVER_LEARNS if component.kind in CHECKERS else LEARNS_LATE)  # until checks are compiled
    return len(tables.choosers) - 1


def _ring(tables: ComponentTables, offset: int, *, is_used: bool) -> None:
    replicas = _pool(tables.components, offset) if is_used else []
    names = tuple(tables.replica_names[replica // REPLICA_SIZE] for replica in replicas)
    for point, index in _points(names) if len(names) > 1 else ():
        tables.rings += [point, replicas[index]]
    tables.ring_first.append(len(tables.rings))


def _pool(components: list[int], offset: int) -> list[int]:
    """The replicas of a component and of the stores that copy it."""
    found: list[int] = []
    store = offset
    while store >= 0:
        first, count = components[store + COMPONENT_FIRST], components[store + COMPONENT_COUNT]
        found += range(first, first + count * REPLICA_SIZE, REPLICA_SIZE)
        store = components[store + (COMPONENT_COPIES if store == offset else COMPONENT_NEXT_COPY)]
    return found


@lru_cache(maxsize=512)
def _points(names: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where each replica stands on the ring; kept, because a page compiles the same components many times."""
    return tuple(
        sorted(
            (int.from_bytes(blake2b(f"{name}#{point}".encode(), digest_size=4).digest()), i)
            for i, name in enumerate(names)
            for point in range(POINTS_ON_THE_RING)
        )
    )


def _limiter(tables: ComponentTables, component: RateLimited) -> int:
    assert component.rate_limit is not None
    rate = component.rate_limit.rate.per_second
    burst = component.rate_limit.burst or max(1, int(rate))
    limiter = [0] * LIMIT_SIZE
    limiter[LIMIT_UNIT] = 10**9 * rate.denominator
    limiter[LIMIT_PER_NANOSECOND] = rate.numerator
    limiter[LIMIT_TOKENS] = limiter[LIMIT_FULL] = burst * limiter[LIMIT_UNIT]
    tables.limiters += limiter
    return len(tables.limiters) - LIMIT_SIZE


def _link(tables: ComponentTables, component: Component) -> None:
    offset = tables.offsets[component.id]
    if isinstance(component, Store) and component.replica_of is not None:
        _copy(tables, component, offset)
    if isinstance(component, Queue) and component.dead_letter is not None:
        queue = tables.components[offset + COMPONENT_QUEUE]
        letters = tables.components[tables.offsets[component.dead_letter] + COMPONENT_QUEUE]
        tables.queues[queue + MESSAGES_DEAD_LETTER] = letters


def _copy(tables: ComponentTables, store: Store, offset: int) -> None:
    """Let a store stand behind the one it copies, after those that do already."""
    assert store.replica_of is not None
    components, original = tables.components, tables.offsets[store.replica_of]
    shards, of = components[offset + COMPONENT_SHARDS], components[original + COMPONENT_SHARDS]
    if shards not in (1, of):
        parts = f"`{store.id}` has {shards} shards and `{store.replica_of}`, which it copies, {of}"
        raise UsageError(f"{parts}; write `shards: {of}`, or leave it out.")
    place = original + COMPONENT_COPIES
    while components[place] >= 0:
        place = components[place] + COMPONENT_NEXT_COPY
    components[place] = offset
    components[original + COMPONENT_COPY_COUNT] += components[offset + COMPONENT_COUNT]


def feed_workers(tables: ComponentTables, pulls: dict[str, list[str]]) -> list[int]:
    """The queues each worker pulls from, as one list with `NONE` after each worker's."""
    feeds: list[int] = []
    for worker, queues in pulls.items():
        tables.components[tables.offsets[worker] + COMPONENT_FEEDS] = len(feeds)
        feeds += [tables.components[tables.offsets[queue] + COMPONENT_QUEUE] for queue in queues] + [NONE]
    return feeds

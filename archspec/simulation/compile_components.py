"""The components of an architecture, as a Program has them."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import PULLERS, Cache, Component, Function, Queue, Rate, Role, Running, Topic
from archspec.model.architecture import MOST_REPLICAS, Architecture
from archspec.model.attempts import BALANCERS, CHECKERS, PROXIES
from archspec.model.kinds.dns import Dns
from archspec.model.kinds.load_balancer import LoadBalancer
from archspec.model.traits import Holding, RateLimited, Storage, Store
from archspec.simulation import program, program_component
from archspec.simulation.compile_connections import sites_of


def components_of(
    architecture: Architecture,
    uses_cpu: tuple[str, ...],
    pulls: dict[str, list[str]],
    subscribers: dict[str, dict[str, None]],
    *,
    placed: bool,
) -> Iterator[program.Component]:
    """All components in the order written.

    `uses_cpu` are those that get a core if they state none, `pulls` the queues and topics that each worker pulls
    from, `subscribers` those of each topic. Where some connection prefers who is near they are `placed`.

    Raises:
        UsageError: they have more replicas than a run keeps, or one cannot do what it is to do.

    """
    _check_number(architecture)
    writer = _Components(architecture, {id_: number for number, id_ in enumerate(architecture.components)}, subscribers)
    doubled = _deployed_beside(architecture)
    for component in architecture.components.values():
        cores = Fraction(1) if component.id in uses_cpu else None
        beside = component.id in doubled
        written = writer.component(component, beside=beside, cores=cores, pulls=pulls.get(component.id, []))
        yield written._replace(sites=sites_of(architecture, component)) if placed else written


def pulls_messages(component: Component) -> bool:
    """Whether it takes messages when it has room for one, so that nobody calls it with them."""
    return component.kind in PULLERS


def most_of(component: Component) -> int:
    """Replicas of one shard, those that scaling may add counted."""
    if not isinstance(component, Running):
        return 1
    scaling = component.scaling
    grows = scaling is not None and scaling.horizontal and shards_of(component) == 1
    return max(component.instances, (scaling.maximum or 0) if grows and scaling else 0)


def shards_of(component: Component) -> int:
    """How many shards it has; 1 for what has none."""
    return component.shards if isinstance(component, (Storage, Queue)) else 1


def _check_number(architecture: Architecture) -> None:
    counts = {id_: most_of(each) * shards_of(each) for id_, each in architecture.components.items()}
    total = sum(counts.values())
    if total > MOST_REPLICAS:
        most = max(counts, key=lambda id_: counts[id_])
        told = f"here are {total}, {counts[most]} of them of `{most}`"
        raise UsageError(f"a run keeps at most {MOST_REPLICAS} replicas in all, and {told}; scale the system down.")


def _deployed_beside(architecture: Architecture) -> set[str]:
    """The components that some pipeline deploys blue and green: a second set stands beside the first meanwhile."""
    stages = [stage for pipeline in architecture.pipelines.values() for stage in pipeline.stages]
    targets = {target for stage in stages if stage.strategy == "blue_green" for target in stage.targets}
    if not targets:
        return set()
    return {
        id_
        for id_, component in architecture.components.items()
        if isinstance(component, Running)
        and (id_ in targets or any(targets.intersection(groups) for groups in architecture.placements(component)))
    }


@frozen
class _Components:
    architecture: Architecture
    numbers: dict[str, int]
    subscribers: dict[str, dict[str, None]]

    def component(
        self, component: Component, *, beside: bool, cores: Fraction | None, pulls: list[str]
    ) -> program.Component:
        if not isinstance(component, Running):
            if isinstance(component, Function):
                return self._function(component, pulls)
            actor = component.kind_of.role is Role.ACTOR
            places = ((),) if actor else self._places(component)
            return program.Component(component.id, actor=actor, cores=cores, places=places)
        return program.Component(
            component.id,
            replicas=component.instances,
            most=most_of(component),
            shards=shards_of(component),
            beside=beside,
            needs=component.needs,
            slots=component.slots,
            connections=component.connections if isinstance(component, Holding) else None,
            cores=component.cores if component.cores is not None else cores,
            queue_limit=component.queue_limit,
            memory=_memory(component),
            passes_on=component.kind in PROXIES,
            automatic=isinstance(component, Storage) and component.fails_over,
            failover_time=component.failover_time.nanoseconds,
            boot_time=component.boot_time.nanoseconds,
            drain_time=component.drain_time.nanoseconds,
            supervised=component.supervised_by is not None,
            copy_of=self._copied(component),
            chooses=_chooses(component),
            remembers=_remembers(component),
            rate_limit=_rate_limit(component),
            queue=self._queue(component),
            topic=self._topic(component),
            cache=_cache(component),
            scaling=_scaling(component),
            feeds=tuple(self.numbers[queue] for queue in pulls),
            places=self._places(component),
        )

    def _function(self, component: Function, pulls: list[str]) -> program.Component:
        """One replica stands for it, whose slots are its instances."""
        return program.Component(
            component.id,
            slots=component.concurrency,
            idle_after=component.idle_after.nanoseconds,
            feeds=tuple(self.numbers[queue] for queue in pulls),
            places=self._places(component),
        )

    def _places(self, component: Component) -> tuple[tuple[str, ...], ...]:
        """Where its copies stand: after as many as it has zones they begin again."""
        zones = max(1, len(self.architecture.zones_of(component)))
        return tuple(self.architecture.domains_of(component, copy) for copy in range(1, zones + 1))

    def _copied(self, component: Running) -> int | None:
        if not isinstance(component, Store) or component.replica_of is None:
            return None
        original = self.architecture.components[component.replica_of]
        of = shards_of(original)
        if component.shards not in (1, of):
            parts = f"`{component.id}` has {component.shards} shards and `{original.id}`, which it copies, {of}"
            raise UsageError(f"{parts}; write `shards: {of}`, or leave it out.")
        return self.numbers[original.id]

    def _queue(self, component: Running) -> program_component.MessageQueue | None:
        if not isinstance(component, Queue):
            return None
        return program_component.MessageQueue(
            max_length=component.max_length,
            deliveries=component.max_deliveries,
            visibility=component.visibility_timeout.nanoseconds,
            dead_letter=None if component.dead_letter is None else self.numbers[component.dead_letter],
        )

    def _topic(self, component: Running) -> program_component.MessageTopic | None:
        if not isinstance(component, Topic):
            return None
        subscribers = (self.architecture.components[id_] for id_ in self.subscribers.get(component.id, ()))
        return program_component.MessageTopic(
            partitions=component.partitions,
            retention=component.retention.nanoseconds if component.retention is not None else None,
            deliveries=component.max_deliveries,
            visibility=component.visibility_timeout.nanoseconds,
            dead_letter=None if component.dead_letter is None else self.numbers[component.dead_letter],
            subscribers=tuple(
                program_component.Subscriber(self.numbers[each.id], pulls_messages(each)) for each in subscribers
            ),
        )


def _memory(component: Running) -> int | None:
    """How many requests fit in."""
    memory, each = component.memory, component.memory_per_request
    if memory is None or each is None or not each.bytes:
        return None
    if memory.bytes < each.bytes:
        raise UsageError(f"`{component.id}` has {memory} of memory, and one request needs {each}; raise `memory`.")
    return memory.bytes // each.bytes


def _chooses(component: Running) -> Literal["platform", "by_checks", "as_told"]:
    if component.kind in CHECKERS:
        return "by_checks"
    return "as_told" if component.kind in BALANCERS else "platform"


def _remembers(component: Running) -> int | None:
    if isinstance(component, Dns):
        return component.ttl.nanoseconds
    sticky = isinstance(component, LoadBalancer) and component.sticky_sessions
    return program.FOR_EVER if sticky else None


def _rate_limit(component: Running) -> program_component.RateLimit | None:
    if not isinstance(component, RateLimited) or component.rate_limit is None:
        return None
    rate = component.rate_limit.rate.per_second
    return program_component.RateLimit(rate, component.rate_limit.burst or max(1, int(rate)))


def _cache(component: Running) -> program_component.CacheStore | None:
    if not isinstance(component, Cache) or component.keys is None or component.entries is None:
        return None
    ttl = component.ttl.nanoseconds if component.ttl else None
    return program_component.CacheStore(component.entries, ttl, component.eviction, component.single_flight)


def _scaling(component: Running) -> program_component.Scaling | None:
    """How it scales; nothing where it has shards, which a trace does not mind and a simulation refuses."""
    scaling = component.scaling
    if scaling is None or not scaling.horizontal or scaling.target is None or shards_of(component) > 1:
        return None
    target = scaling.target
    if isinstance(target, int):
        share = Fraction(target)
    else:
        share = target.per_second if isinstance(target, Rate) else target.value
    return program_component.Scaling(
        metric=scaling.metric,
        target=share,
        minimum=scaling.minimum or 1,
        maximum=scaling.maximum or most_of(component),
        interval=scaling.interval.nanoseconds,
        cooldown=scaling.cooldown.nanoseconds,
    )

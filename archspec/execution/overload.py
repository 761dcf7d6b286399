"""Resources that are offered as much work as they can do, or more (engine contract, section 11.7).

Whatever is offered to a resource and cannot be done waits. Of a queue without limit that means: the resource is busy
all the time, and the longer the run, the longer the waits. So a resource is overloaded where it was busy for all of
the window but for what chance explains, while calls waited for it. Chance is three standard deviations of the work
that n calls bring, 3·√(2/n) of it, Poisson arrivals and exponential work taken as the measure: a shorter idle time
means that the run is shorter than about five times the queue's relaxation time 4 / (1 - utilisation)², so that
percentiles would have grown with it in any case.

Where something bounds the queue, being busy all the time is no overload: `queue_limit`, closed clients, slots or a
bulkhead of a caller on the way (there the queue grows, if any), a message queue in front (which is looked at itself).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from archspec.execution.finished import Run
from archspec.execution.layout import (
    CALLING,
    COMPONENT_ACTOR,
    COMPONENT_COPIES,
    COMPONENT_CORES,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    COMPONENT_MEMORY,
    COMPONENT_QUEUE_LIMIT,
    COMPONENT_SHARDS,
    COMPONENT_SIZE,
    COMPONENT_SLOTS,
    EDGE_BULKHEAD,
    LEAST_CONNECTIONS,
    MESSAGES_IN_WORK,
    MESSAGES_PUBLISHED,
    MESSAGES_SIZE,
    MESSAGES_WAITING,
    OP_KIND,
    OP_ROUTE_COUNT,
    OP_ROUTES,
    POWER_OF_TWO,
    REPLICA_COMPONENT,
    REPLICA_SHARD,
    REPLICA_SIZE,
    ROUTE_ALGORITHM,
    ROUTE_COMPONENT,
    ROUTE_EDGE,
    ROUTE_MISS_BY_CALLER,
    ROUTE_SIZE,
)
from archspec.execution.sample_rows import CALLS, CORES, QUEUED, REGISTERED, SLOTS, increase

IDLE = 0.02
"""A resource that is idle for more than this share of the window is never called overloaded."""
GROWING = 0.05
"""So much of what was asked for may be unfinished at the end."""


@dataclass(frozen=True, slots=True)
class Overload:
    """A resource or message queue that cannot do what is asked of it, in a sentence; the flows that wait for it."""

    sentence: str
    flows: frozenset[int] = frozenset()
    of_one: bool = False
    """It is that of one replica among several: the others can do what is asked of them."""


@dataclass(frozen=True, slots=True)
class _Resource:
    """What calls hold of a replica: its name and verb, how samples count it, and how much of it a replica has."""

    name: str
    verb: str
    field: int
    size: int


@dataclass(frozen=True, slots=True)
class _Use:
    """A way in which calls come to a component: from which flow, whether its request waits for them."""

    flow: int
    waits: bool
    bounded: bool
    """Only so many can come at once."""
    blind: bool
    """The choice of a replica does not look at how busy it is."""


def overloads_of(run: Run) -> tuple[Overload, ...]:
    """Every resource and message queue that is overloaded, in the order written."""
    uses: dict[int, list[_Use]] = {}
    for component, use in _uses(run):
        uses.setdefault(component, []).append(use)
    resources = [found for component in sorted(uses) for found in _of_component(run, component, uses[component])]
    return (*resources, *_of_queues(run))


def is_growing(first: int, last: int) -> bool:
    """Whether a count has grown beyond chance: three standard deviations of a difference of Poisson counts."""
    return last - first > 3 * sqrt(first + last)


def _uses(run: Run) -> Iterator[tuple[int, _Use]]:
    p, places = run.compiled.program, run.compiled.names.places
    for op in places:
        if p.operations[op + OP_KIND] != CALLING:
            continue
        flow, waits, bounded = _way_to(run, op)
        for route in _routes(run, op):
            component = p.routes[route + ROUTE_COMPONENT]
            blind = p.routes[route + ROUTE_ALGORITHM] not in (LEAST_CONNECTIONS, POWER_OF_TWO)
            use = _Use(flow, waits, bounded or _is_bulkhead(run, route), blind)
            yield component, use
            copies = p.components[component + COMPONENT_COPIES]
            if copies >= 0:
                yield p.replicas[copies + REPLICA_COMPONENT], use


def _routes(run: Run, op: int) -> range:
    operations = run.compiled.program.operations
    first = operations[op + OP_ROUTES]
    return range(first, first + operations[op + OP_ROUTE_COUNT] * ROUTE_SIZE, ROUTE_SIZE)


def _is_bulkhead(run: Run, route: int) -> bool:
    p = run.compiled.program
    return p.edges[p.routes[route + ROUTE_EDGE] + EDGE_BULKHEAD] >= 0


def _way_to(run: Run, op: int) -> tuple[int, bool, bool]:
    """The flow that an operation belongs to, whether its request waits for it, and whether the way bounds its calls."""
    names, waits, bounded = run.compiled.names, True, False
    while True:
        place = names.places[op]
        waits = waits and (place.step is None or place.step.wait) and place.role != "message"
        bounded = bounded or place.role == "message"
        if place.parent < 0:
            flow = names.flows.index(str(place.path[1]))
            return flow, waits, bounded or run.world.users[flow] >= 0
        op = place.parent
        bounded = bounded or _holds(run, op, place.role)


def _holds(run: Run, op: int, role: str) -> bool:
    """Whether what hangs on an operation in this role is done inside callees that take only so many calls at once."""
    p = run.compiled.program
    if p.operations[op + OP_KIND] != CALLING or role not in ("steps", "on_miss"):
        return False
    if role == "on_miss" and any(p.routes[route + ROUTE_MISS_BY_CALLER] > 0 for route in _routes(run, op)):
        return False
    components = (p.routes[route + ROUTE_COMPONENT] for route in _routes(run, op))
    return all(_is_bulkhead(run, route) for route in _routes(run, op)) or all(
        _admission(run, component) is not None for component in components
    )


def _admission(run: Run, component: int) -> _Resource | None:
    """What bounds the calls in a replica from their admission to their answer."""
    row = run.compiled.program.components
    slots, memory = row[component + COMPONENT_SLOTS], row[component + COMPONENT_MEMORY]
    if memory > 0 and (slots < 0 or memory < slots):
        return _Resource("memory", "is", SLOTS, memory)
    return _Resource("slots", "are", SLOTS, slots) if slots > 0 else None


def _of_component(run: Run, component: int, uses: list[_Use]) -> Iterator[Overload]:
    """The component as a whole, else those of its shards or replicas that get their calls whatever they have to do."""
    row = run.compiled.program.components[component : component + COMPONENT_SIZE]
    if row[COMPONENT_ACTOR] > 0 or row[COMPONENT_QUEUE_LIMIT] >= 0 or all(use.bounded for use in uses):
        return
    if any(run.world.users[use.flow] >= 0 for use in uses):
        return
    cores = _Resource("cores", "are", CORES, row[COMPONENT_CORES]) if row[COMPONENT_CORES] > 0 else None
    resource = _admission(run, component) or cores
    if resource is None:
        return
    flows = frozenset(use.flow for use in uses if use.waits)
    blind = all(use.blind for use in uses)
    for name, replicas in _parts(run, component, blind=blind):
        found = _busy(run, replicas, resource)
        if found is not None:
            of_one = len(replicas) == 1 < row[COMPONENT_COUNT] // row[COMPONENT_SHARDS]
            yield Overload(f"the {resource.name} of `{name}` {resource.verb} {found}", flows, of_one)
            if len(replicas) == row[COMPONENT_COUNT]:
                return


def _parts(run: Run, component: int, *, blind: bool) -> Iterator[tuple[str, Sequence[int]]]:
    """All replicas of a component; then each shard, or each replica where calls are spread blindly."""
    p, names = run.compiled.program, run.compiled.names
    row = p.components[component : component + COMPONENT_SIZE]
    first = row[COMPONENT_FIRST] // REPLICA_SIZE
    replicas = range(first, first + row[COMPONENT_COUNT])
    id_ = names.components[component // COMPONENT_SIZE]
    yield id_, replicas
    if row[COMPONENT_SHARDS] > 1:
        shard_of = {replica: p.replicas[replica * REPLICA_SIZE + REPLICA_SHARD] for replica in replicas}
        for shard in sorted(set(shard_of.values())):
            yield f"{id_}, shard {shard + 1}", [replica for replica in replicas if shard_of[replica] == shard]
    elif blind and len(replicas) > 1:
        yield from ((names.replicas[replica], [replica]) for replica in replicas)


def _busy(run: Run, replicas: Sequence[int], resource: _Resource) -> str | None:
    """How busy replicas were over the window and how many calls waited, where that is an overload."""
    fields = (CALLS, resource.field, QUEUED, REGISTERED)
    calls, used, queued, registered = (increase(run.first, run.last, replicas, field) for field in fields)
    window = run.duration - run.warm_up
    if calls <= 0 or registered <= 0 or queued < window:
        return None
    share = used / (resource.size * registered)
    if 1 - share > min(IDLE, 3 * sqrt(2 / calls)):
        return None
    return f"offered as much as can be done, or more: {share:.1%} busy, {queued / window:.0f} calls waiting on average"


def _of_queues(run: Run) -> Iterator[Overload]:
    """Message queues with workers that hold over 5% of their messages at the end, and more than at half-time."""
    middle = (run.warm_up + run.duration) // 2
    halfway = [row for row in run.samples if row[0] <= middle][-1]
    consumed = {queue for queue in run.compiled.program.feeds if queue >= 0}
    for number, id_ in enumerate(run.compiled.names.queues):
        messages = run.world.messages[number * MESSAGES_SIZE : (number + 1) * MESSAGES_SIZE]
        place = number - len(run.compiled.names.queues)
        before, after = halfway[place], messages[MESSAGES_WAITING]
        published = messages[MESSAGES_PUBLISHED]
        if number * MESSAGES_SIZE not in consumed or after + messages[MESSAGES_IN_WORK] <= GROWING * published:
            continue
        if is_growing(before, after):
            yield Overload(
                f"`{id_}` gets more messages than its workers do: {after} of {published} wait at the end, "
                f"{before} at half-time"
            )

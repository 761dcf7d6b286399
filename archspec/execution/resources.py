"""What calls hold of the components that they reach: cores, slots, memory; and how they come there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archspec.execution.finished import Run
from archspec.execution.layout import (
    CALLING,
    COMPONENT_ACTOR,
    COMPONENT_COPIES,
    COMPONENT_CORES,
    COMPONENT_COUNT,
    COMPONENT_FIRST,
    COMPONENT_MEMORY,
    COMPONENT_SHARDS,
    COMPONENT_SIZE,
    COMPONENT_SLOTS,
    EDGE_BULKHEAD,
    LEAST_CONNECTIONS,
    OP_CPU,
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
    WORKING,
)
from archspec.execution.sample_rows import CORES, REGISTERED, SLOTS, increase


@dataclass(frozen=True, slots=True)
class Resource:
    """What calls hold of a replica: its name and verb, how samples count it, and how much of it a replica has."""

    name: str
    verb: str
    field: int
    size: int

    def utilisation(self, run: Run, replicas: Sequence[int]) -> float | None:
        """Its busy share over the window, at some replicas; None where none of them was registered."""
        used, registered = (increase(run.first, run.last, replicas, field) for field in (self.field, REGISTERED))
        return used / (self.size * registered) if registered > 0 else None


@dataclass(frozen=True, slots=True)
class Use:
    """A way in which calls come to a component: from which flow, whether its request waits for them."""

    flow: int
    waits: bool
    bounded: bool
    """Only so many can come at once."""
    blind: bool
    """The choice of a replica does not look at how busy it is."""


def uses_of(run: Run) -> dict[int, list[Use]]:
    """The ways in which calls, and own work for flows, come to each component, by its offset."""
    found: dict[int, list[Use]] = {}
    for component, use in _uses(run):
        found.setdefault(component, []).append(use)
    return found


def resources_of(run: Run, component: int) -> tuple[Resource, ...]:
    """What calls wait for at a component: what bounds those inside it, and its cores."""
    row = run.compiled.program.components
    if row[component + COMPONENT_ACTOR] > 0:
        return ()
    admission, cores = _admission(run, component), row[component + COMPONENT_CORES]
    found = (admission, Resource("cores", "are", CORES, cores) if cores > 0 else None)
    return tuple(resource for resource in found if resource is not None)


def _uses(run: Run) -> Iterator[tuple[int, Use]]:
    p, places = run.compiled.program, run.compiled.names.places
    for op in places:
        flow, waits, bounded = _way_to(run, op)
        if p.operations[op + OP_KIND] == WORKING and p.operations[op + OP_CPU] >= 0:
            component = run.compiled.names.components.index(places[op].caller) * COMPONENT_SIZE
            yield component, Use(flow, waits, bounded, True)
        if p.operations[op + OP_KIND] != CALLING:
            continue
        for route in _routes(run, op):
            component = p.routes[route + ROUTE_COMPONENT]
            blind = p.routes[route + ROUTE_ALGORITHM] not in (LEAST_CONNECTIONS, POWER_OF_TWO)
            use = Use(flow, waits, bounded or _is_bulkhead(run, route), blind)
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


def _admission(run: Run, component: int) -> Resource | None:
    """What bounds the calls in a replica from their admission to their answer."""
    row = run.compiled.program.components
    slots, memory = row[component + COMPONENT_SLOTS], row[component + COMPONENT_MEMORY]
    if memory > 0 and (slots < 0 or memory < slots):
        return Resource("memory", "is", SLOTS, memory)
    return Resource("slots", "are", SLOTS, slots) if slots > 0 else None


def parts_of(run: Run, component: int, *, blind: bool) -> Iterator[tuple[str, Sequence[int]]]:
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

"""What calls hold of the components that they reach: cores, slots, memory; and how they come there."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from archspec.frozen import frozen
from archspec.simulation.names import MESSAGES, Compiled
from archspec.simulation.program import Component, Operation, Route
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure


@frozen
class Resource:
    """What calls hold of a replica: its name and verb, how samples count it, and how much of it a replica has."""

    name: str
    verb: str
    figure: Figure
    size: int

    def utilisation(self, run: Run, replicas: Sequence[int]) -> float | None:
        """Its busy share over the window, at some replicas; None where none of them was registered."""
        used, registered = (run.window.increase(replicas, each) for each in (self.figure, Figure.REGISTERED))
        return used / (self.size * registered) if registered > 0 else None


@frozen
class Use:
    """A way in which calls come to a component: from which flow, whether its request waits for them."""

    flow: int
    waits: bool
    bounded: bool
    """Only so many can come at once."""
    blind: bool
    """The choice of a replica does not look at how busy it is."""


def whole_cores(cores: Fraction | None) -> int:
    """How many cores a replica has; half a core is one at half speed. 0 where nobody says."""
    return ceil(cores) if cores is not None else 0


def uses_of(run: Run) -> dict[int, list[Use]]:
    """The ways in which calls, and own work for flows, come to each component, by its number."""
    found: dict[int, list[Use]] = {}
    for component, use in _uses(run):
        found.setdefault(component, []).append(use)
    return found


def resources_of(component: Component) -> tuple[Resource, ...]:
    """What calls wait for at a component: what bounds those inside it, and its cores."""
    if component.actor:
        return ()
    cores = whole_cores(component.cores)
    found = (_admission(component), Resource("cores", "are", Figure.CORES, cores) if cores else None)
    return tuple(resource for resource in found if resource is not None)


def _uses(run: Run) -> Iterator[tuple[int, Use]]:
    compiled = run.compiled
    for number, operation in enumerate(compiled.system.operations):
        flow, waits, bounded = _way_to(run, number)
        if operation.kind == "work" and operation.cpu is not None:
            yield compiled.numbers[compiled.places[number].caller], Use(flow, waits, bounded, True)
        for route in operation.routes:
            blind = route.algorithm not in ("least_connections", "power_of_two")
            use = Use(flow, waits, bounded or _is_bulkhead(compiled, route), blind)
            yield route.to, use
            yield from ((copy, use) for copy in compiled.copies.get(route.to, ()))


def _is_bulkhead(compiled: Compiled, route: Route) -> bool:
    return compiled.system.connections[route.connection].max_concurrent is not None


def _way_to(run: Run, number: int) -> tuple[int, bool, bool]:
    """The flow that an operation belongs to, whether its request waits for it, and whether the way bounds its calls."""
    places, waits, bounded = run.compiled.places, True, False
    while True:
        place = places[number]
        waits = waits and place.step.wait and place.role not in MESSAGES
        bounded = bounded or place.role == "message"
        if place.parent is None:
            flow = str(place.path[1])
            return run.flows.index(flow), waits, bounded or run.loads[flow].users is not None
        number = place.parent
        bounded = bounded or _holds(run.compiled, run.compiled.system.operations[number], place.role)


def _holds(compiled: Compiled, operation: Operation, role: str) -> bool:
    """Whether what hangs on an operation in this role is done inside callees that take only so many calls at once."""
    if role == "pushed":
        topics = (compiled.system.components[route.to].topic for route in operation.routes)
        return all(topic is not None and topic.partitions is not None for topic in topics)
    if operation.kind != "call" or role not in ("steps", "on_miss"):
        return False
    if role == "on_miss" and any(route.miss_by_caller for route in operation.routes):
        return False
    return all(_is_bulkhead(compiled, route) for route in operation.routes) or all(
        _admission(compiled.system.components[route.to]) is not None for route in operation.routes
    )


def _admission(component: Component) -> Resource | None:
    """What bounds the calls in a replica from their admission to their answer."""
    slots, memory = component.slots, component.memory
    if memory is not None and (slots is None or memory < slots):
        return Resource("memory", "is", Figure.SLOTS, memory)
    word = "slots" if component.idle_after is None else "instances"
    return Resource(word, "are", Figure.SLOTS, slots) if slots is not None else None


def parts_of(compiled: Compiled, number: int, *, blind: bool) -> Iterator[tuple[str, Sequence[int]]]:
    """All replicas of a component; then each shard, or each replica where calls are spread blindly."""
    component = compiled.system.components[number]
    first = compiled.replicas_of[component.id].start
    replicas = range(first, first + component.most * component.shards)
    yield component.id, replicas
    if component.shards > 1:
        for shard in range(component.shards):
            start = first + shard * component.most
            yield f"{component.id}, shard {shard + 1}", range(start, start + component.most)
    elif blind and len(replicas) > 1:
        yield from ((compiled.replicas[replica].name, [replica]) for replica in replicas)

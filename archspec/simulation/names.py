"""What the numbers of a compiled system are called, and where they come from in the spec."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from archspec.frozen import frozen
from archspec.model import Path, Step, arrow_name
from archspec.simulation.program import System


@frozen
class Place:
    """Where an operation comes from: the step of the spec, and its place in the tree of operations."""

    path: Path
    step: Step
    parent: int | None
    role: str
    """How it hangs on its parent: `steps`, `on_miss`, `fallback`, `parallel`, `flow`, `shards`, `message`, `pushed`."""
    caller: str


@frozen
class Replica:
    """A replica by its number: the component's number, the name, and the shard (None: it holds all)."""

    component: int
    name: str
    number: int
    """From 1; one that a blue-green deploy boots beside another has the number of that."""


MESSAGES = ("message", "pushed")
"""How what is done with a message hangs on where it was published: pulled by a worker, or pushed to a subscriber."""


class Kept(NamedTuple):
    """A queue of messages: a message queue, or what a topic keeps for one of its subscribers."""

    component: str
    subscriber: str | None = None

    @property
    def name(self) -> str:
        """How it is called in a sentence."""
        return self.component if self.subscriber is None else f"{self.component} for {self.subscriber}"


@frozen(slots=False)
class Compiled:
    """A system that the engine can run, and what its operations come from."""

    system: System
    places: tuple[Place, ...]
    """By operation."""
    assumed_cores: tuple[str, ...]
    """Components that have a core because nobody says how many."""
    assumed_hits: tuple[str, ...]
    """Caches with something to do on a miss, of which nobody says how often they hit."""
    assumed_partitions: tuple[str, ...]
    """Topics of Kafka, which have partitions, that do not say how many."""
    assumed_of_functions: tuple[str, ...]
    """What functions do not say of themselves, a sentence each."""
    passed_over: tuple[str, ...]
    """What the spec states and a run has no use for, in a sentence with the remedy."""
    is_random: bool
    """Whether some time of it is drawn."""

    @cached_property
    def components(self) -> tuple[str, ...]:
        """The ids of the components, by number."""
        return tuple(component.id for component in self.system.components)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The numbers of the components, by id."""
        return {id_: number for number, id_ in enumerate(self.components)}

    @cached_property
    def replicas(self) -> tuple[Replica, ...]:
        """All replicas, by number."""
        return tuple(self._replicas())

    def _replicas(self) -> Iterator[Replica]:
        for number, component in enumerate(self.system.components):
            count = component.most * component.shards
            for _ in range(2 if component.beside else 1):
                for ordinal in range(1, count + 1):
                    yield Replica(number, f"{component.id}-{ordinal}", ordinal)

    @cached_property
    def replicas_of(self) -> dict[str, range]:
        """The numbers of each component's replicas, with those that a blue-green deploy boots beside."""
        found, first = {}, 0
        for component in self.system.components:
            count = component.most * component.shards * (2 if component.beside else 1)
            found[component.id] = range(first, first + count)
            first += count
        return found

    @cached_property
    def choosers(self) -> tuple[Replica, ...]:
        """The replicas of all balancers, who choose by what they see themselves."""
        return tuple(each for each in self.replicas if self.system.components[each.component].chooses != "platform")

    @cached_property
    def connections(self) -> tuple[tuple[str, str], ...]:
        """Who asks whom over each connection, by number."""
        return tuple((self.components[each.from_], self.components[each.to]) for each in self.system.connections)

    @cached_property
    def connection_names(self) -> tuple[str, ...]:
        """What the connections are called, by number."""
        ends = ((self.components[each.from_], self.components[each.to], each.name) for each in self.system.connections)
        return tuple(arrow_name(*each) for each in ends)

    @cached_property
    def pools(self) -> tuple[int, ...]:
        """The connections whose callers wait for a place, by number."""
        return tuple(number for number, each in enumerate(self.system.connections) if each.max_wait is not None)

    @cached_property
    def copies(self) -> dict[int, list[int]]:
        """The stores that copy each store, all by number."""
        found: dict[int, list[int]] = {}
        for number, component in enumerate(self.system.components):
            if component.copy_of is not None:
                found.setdefault(component.copy_of, []).append(number)
        return found

    @cached_property
    def queues(self) -> tuple[Kept, ...]:
        """The queues of messages, in the order of the components."""
        return tuple(self._queues())

    def kept_for(self, id_: str) -> tuple[int, ...]:
        """The places among the queues of messages: of a queue its own, of a topic all, of a subscriber those it has."""
        return tuple(place for place, kept in enumerate(self.queues) if id_ in kept)

    def _queues(self) -> Iterator[Kept]:
        for component in self.system.components:
            if component.queue is not None:
                yield Kept(component.id)
            if component.topic is not None:
                for subscriber in component.topic.subscribers:
                    yield Kept(component.id, self.components[subscriber.component])

    def assumed(self, *, sampled: bool, misses: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Every capacity and hit ratio that nobody stated, in a sentence; `misses` are caches that never hit.

        A trace, which is not `sampled`, finds an instance of each function.
        """
        simulated = {each.id for each in self.system.components if each.cache is not None} if sampled else set()
        return (
            *(
                f"`{id_}` has 1 core per replica, because its `cpu` is used and no `cores` are given"
                for id_ in self.assumed_cores
            ),
            *(
                f"`{id_}` hands out any number of messages at once, because no `partitions` are given"
                for id_ in self.assumed_partitions
            ),
            *(self.assumed_of_functions if sampled else ()),
            *(
                f"`{id_}` has all that it is asked for, because no `hit` is given"
                for id_ in self.assumed_hits
                if id_ not in misses and id_ not in simulated
            ),
        )

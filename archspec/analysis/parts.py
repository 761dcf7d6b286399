"""Which instances and groups a component needs to serve, as expressions over one set of variables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from archspec.analysis.crowds import Share, pooled
from archspec.analysis.expression import TRUE, Cause, Expression, Variable, all_of, any_of, at_least
from archspec.frozen import frozen
from archspec.model import Architecture, Component, Dependable, Ratio, Running
from archspec.model.group import FAILURE_DOMAINS

INSTANCE_LIMIT = 1000
"""The most replicas, shards, or branches of one kind, that are told apart; a pool of more is one part with a figure."""


@frozen
class Heard:
    """What must be up for who asks to hear anything, if only a refusal: at the least, and at the most, is heard where.

    The two differ where dead replicas in dead groups, which are silent, and dead ones elsewhere, which refuse, are
    taken for one another.
    """

    least: Expression = TRUE
    most: Expression = TRUE


@dataclass
class Parts:
    """The parts of one architecture that can fail; a part is the same `Variable` wherever it is met."""

    architecture: Architecture
    _variables: dict[str, Variable] = field(default_factory=dict)
    _working: dict[tuple[str, int, bool], Expression] = field(default_factory=dict)
    _around: dict[tuple[str | None, str | None], Expression] = field(default_factory=dict)

    def working(self, component: Component, *, shard: int = 1, primary: bool = False) -> Expression:
        """What must be up for a component to serve; with `primary` its first instance is needed."""
        key = (component.id, shard, primary)
        if key not in self._working:
            self._working[key] = self._works(component, shard, primary)
        return self._working[key]

    def heard(self, pool: Sequence[Component], shard: int) -> Heard:
        """Of any of the replicas of several components: a live one answers; of dead ones any may be asked."""
        places = list(dict.fromkeys(group for each in pool for group in self._places(each)))
        if len(places) == 1:
            return Heard(places[0], places[0])
        alive = any_of(expression for each in pool for expression in self._alive(each, shard))
        return Heard(any_of([alive, all_of(places)]), any_of(places))

    def heard_of_first(self, pool: Sequence[Component], shard: int, *, takes_over: bool) -> Heard:
        """Of the first component's first replica, or of who took over from it."""
        first = self._places(pool[0])[0]
        alive = [expression for each in pool for expression in self._alive(each, shard)] if takes_over else []
        heard = any_of([first, *alive])
        return Heard(heard, heard)

    def _places(self, component: Component) -> list[Expression]:
        """The groups round each of its replicas, as far as they differ."""
        count = min(self.architecture.count(component), max(1, len(self.architecture.zones_of(component))))
        return [self._groups(component, replica) for replica in range(1, count + 1)]

    def _alive(self, component: Component, shard: int) -> list[Expression]:
        """Each of its replicas, or of a large pool that enough are up."""
        count = self.architecture.count(component)
        if not isinstance(component, Dependable) or count > INSTANCE_LIMIT:
            return [self.working(component, shard=shard)]
        return [self._instance(component, replica, shard) for replica in range(1, count + 1)]

    def _works(self, component: Component, shard: int, primary: bool) -> Expression:
        if not isinstance(component, Dependable):
            return TRUE
        if not isinstance(component, Running):
            return self._instance(component, 1, shard)
        count = component.instances
        if count > INSTANCE_LIMIT:
            return self._pool(component, count, shard, primary)
        instances = [self._instance(component, replica, shard) for replica in range(1, count + 1)]
        if primary:
            return all_of([instances[0], self.working(component, shard=shard)])
        return at_least(component.needs, instances)

    def _pool(self, component: Running, count: int, shard: int, primary: bool) -> Expression:
        """Too many to tell apart: one variable or more for all, and one replica by itself where each is needed."""
        first = [self._instance(component, 1, shard)] if primary or component.needs == count else []
        places = max(1, len(self.architecture.zones_of(component)))
        shares = tuple(
            Share(self._groups(component, place), len(range(place, count + 1, places)) - (place == 1 and bool(first)))
            for place in range(1, min(places, count) + 1)
        )
        if first:
            shares = (Share(first[0], 0, 1), *shares)
        chance = component.steady_state
        enough, _ = pooled(component.id, component.needs, 1.0 if chance is None else float(chance), shares)
        unknown = [self.variable(f"{component.id}: each replica", Cause.POOL, component.id, None)]
        return all_of([*(unknown if chance is None else []), *(first if primary else []), enough])

    def _instance(self, component: Dependable, replica: int, shard: int) -> Expression:
        single = not isinstance(component, Running)
        part = component.id if shard == 1 else f"{component.id}/{shard}"
        name = component.id if single else f"{part}-{replica}"
        own = self.variable(name, Cause.REPLICA, component.id, _number(component.steady_state))
        return all_of([own, self._groups(component, replica)])

    def _groups(self, component: Component, replica: int) -> Expression:
        """Every group round a replica that is a failure domain, or has a figure."""
        key = (self.architecture.zone_of(component, replica), component.group)
        if key not in self._around:
            groups = map(self.architecture.groups.__getitem__, self.architecture.domains_of(component, replica))
            self._around[key] = all_of(
                self.variable(group.id, Cause.GROUP, group.id, _number(group.steady_state))
                for group in groups
                if group.kind in FAILURE_DOMAINS or group.steady_state is not None
            )
        return self._around[key]

    def variable(self, name: str, cause: Cause, owner: str, probability: float | None) -> Variable:
        """The variable of this name: always the same object."""
        return self._variables.setdefault(name, Variable(name, cause, owner, probability))


def _number(ratio: Ratio | None) -> float | None:
    return None if ratio is None else float(ratio)

"""What a plan may change: replicas, cores, slots, pools, instances, partitions and places of sessions, in steps."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from archspec.analysis import is_provided
from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import did_you_mean, listed
from archspec.model import Architecture, Function, Holding, Running, Topic, with_fields
from archspec.planning.values import Change, Setting

MOST_TIMES = 16
"""No field grows beyond so many times what it is."""


class Kind(StrEnum):
    """Which fields may grow, in the order in which equals are preferred."""

    REPLICAS = "replicas"
    CORES = "cores"
    SLOTS = "slots"
    POOLS = "max_concurrent"
    INSTANCES = "concurrency"
    PARTITIONS = "partitions"
    PLACES = "connections"


@frozen
class Lever:
    """A field that may grow by whole `step`s, up to `most`."""

    owner: str
    """A component, or a connection as `a -> b`."""
    kind: Kind
    value: Fraction
    step: Fraction
    most: Fraction

    @property
    def key(self) -> str:
        """The name of its setting."""
        return f"{self.owner}.{self.kind}"

    def after(self, steps: int) -> Fraction | None:
        """Its value after so many steps; None beyond the most."""
        value = self.value + steps * self.step
        return value if value <= self.most else None


def levers_of(architecture: Architecture, flows: Iterable[str], kinds: Iterable[Kind]) -> tuple[Lever, ...]:
    """Of every component and connection that the flows meet, as far as their sizes are stated and ours to change.

    Replicas and cores grow by one, all else by a quarter of what it is.
    """
    allowed = tuple(kinds)
    met = {
        id_: None for flow in flows for visit in architecture.walk(flow) for id_ in (*visit.callers, *visit.step.call)
    }
    found = [lever for id_ in met for lever in _of_component(architecture, id_)]
    found += [
        _lever(link.name, Kind.POOLS, Fraction(link.max_concurrent), _quarter(link.max_concurrent))
        for link in architecture.connections
        if link.max_concurrent is not None and {link.from_, link.to} <= met.keys()
    ]
    order = list(Kind)
    chosen = [lever for lever in found if lever.kind in allowed]
    return tuple(sorted(chosen, key=lambda lever: order.index(lever.kind)))


def _of_component(architecture: Architecture, id_: str) -> Iterator[Lever]:
    component = architecture.components[id_]
    if isinstance(component, Function) and component.concurrency is not None:
        yield _lever(id_, Kind.INSTANCES, Fraction(component.concurrency), _quarter(component.concurrency))
    if isinstance(component, Holding) and component.connections is not None:
        yield _lever(id_, Kind.PLACES, Fraction(component.connections), _quarter(component.connections))
    if isinstance(component, Topic) and component.partitions is not None:
        yield _lever(id_, Kind.PARTITIONS, Fraction(component.partitions), _quarter(component.partitions))
    if not isinstance(component, Running) or is_provided(component):
        return
    count = Fraction(component.instances)
    limit = component.scaling.maximum if component.scaling else None
    most = count * MOST_TIMES if limit is None else Fraction(max(limit, component.instances))
    yield Lever(id_, Kind.REPLICAS, count, Fraction(1), most)
    if component.cores is not None:
        cores = component.cores
        yield _lever(id_, Kind.CORES, cores, Fraction(1) if cores >= 1 else cores)
    if component.slots is not None:
        yield _lever(id_, Kind.SLOTS, Fraction(component.slots), _quarter(component.slots))


def _lever(owner: str, kind: Kind, value: Fraction, step: Fraction) -> Lever:
    return Lever(owner, kind, value, step, value * MOST_TIMES)


def _quarter(value: int) -> Fraction:
    return Fraction(max(1, value // 4))


def kinds_of(names: Sequence[str] | None) -> tuple[Kind, ...]:
    """The kinds of these names; all of them where none are named.

    Raises:
        UsageError: there is none of such a name.

    """
    if names is None:
        return tuple(Kind)
    known = [kind.value for kind in Kind]
    for name in names:
        if name not in known:
            raise UsageError(
                f"a plan does not change `{name}`; {did_you_mean(name, known, f'it may change {listed(known)}.')}"
            )
    return tuple(kind for kind in Kind if kind.value in names)


def change_of(levers: Iterable[Lever], steps: Iterable[int]) -> Change:
    """The change that so many steps of each lever make."""
    moved = [(lever, lever.value + count * lever.step) for lever, count in zip(levers, steps, strict=True) if count]
    return Change(tuple(Setting(lever.key, lever.value, after) for lever, after in moved))


def with_change(architecture: Architecture, levers: Iterable[Lever], steps: Iterable[int]) -> Architecture:
    """A copy in which the levers are moved."""
    for lever, count in zip(levers, steps, strict=True):
        if not count:
            continue
        after = lever.value + count * lever.step
        value = int(after) if after.denominator == 1 else float(after)
        if lever.kind is Kind.POOLS:
            link = next(each for each in architecture.connections if each.name == lever.owner)
            architecture = with_fields(architecture, link, max_concurrent=value)
        else:
            architecture = with_fields(architecture, architecture.components[lever.owner], **{lever.kind.value: value})
    return architecture

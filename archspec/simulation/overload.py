"""Resources that are offered as much work as they can do, or more.

Whatever is offered to a resource and cannot be done waits, the longer the run, the longer. Two things can tell. The
utilisation law: where load and system stay as they are, and as many calls came as it foresees, a resource is overloaded
if its utilisation by the law is 1 or above, and only then. Else the run itself: it was offered `calls / answered` times
what it did, and the work that n calls bring strays by √(2/n) of it (Poisson arrivals and exponential work taken as the
measure); above 1 by so much that chance does it once in a hundred runs is an overload. A run can be too short to tell:
then it says so.

Where something bounds the queue, being busy all the time is no overload: `queue_limit`, closed clients, slots or a
bulkhead of a caller on the way (there the queue grows, if any), a message queue in front (which is looked at itself).
"""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from statistics import NormalDist

from archspec.frozen import frozen
from archspec.simulation.law import utilisations
from archspec.simulation.names import Kept
from archspec.simulation.program import Component
from archspec.simulation.resources import Resource, Use, parts_of, resources_of, uses_of
from archspec.simulation.run import Message, Run
from archspec.simulation.samples import Figure
from archspec.values import busy, number, percent

GROWING = 0.05
"""So much of what was asked for may be unfinished at the end."""
SURE = NormalDist().inv_cdf(0.99)
ASKED_FROM = 0.8
"""The law is asked only where something is busy for so much of the window."""
BUSY = 0.98
"""A resource that is busy for less than this share of the window is never asked about."""
ROUNDING = 1e-9
Law = Mapping[tuple[str, Figure], float]
"""Utilisation by component and sampled figure."""


@frozen
class Overload:
    """A resource or message queue that cannot do what is asked of it, in a sentence; the flows that wait for it."""

    sentence: str
    flows: frozenset[int] = frozenset()
    of_one: bool = False
    """It is that of one replica among several: the others can do what is asked of them."""
    is_sure: bool = True
    """False: the run is too short to tell, and the sentence says so."""


@frozen
class Overloads:
    """What a run cannot keep up with, in the order written."""

    found: tuple[Overload, ...]
    settled: frozenset[int]
    """The flows of which the utilisation law says that whatever they wait for keeps up."""

    def of(self, flow: int) -> tuple[Overload, ...]:
        """Those that a flow waits for, but for single replicas among several."""
        return tuple(overload for overload in self.found if flow in overload.flows and not overload.of_one)


def overloads_of(run: Run) -> Overloads:
    """Every resource and message queue that is overloaded, or may be."""
    uses, components = uses_of(run), run.compiled.system.components
    shares = (
        resource.utilisation(run, run.compiled.replicas_of[components[number].id])
        for number in uses
        for resource in resources_of(components[number])
    )
    is_busy = any(share is not None and share >= ASKED_FROM for share in shares)
    law = utilisations(run) if is_busy else {}
    found: list[Overload] = []
    unsettled: set[int] = set()
    for component in sorted(uses):
        found += _of_component(run, component, uses[component], law)
        if not _settles(run, components[component], law):
            unsettled |= {use.flow for use in uses[component] if use.waits}
    flows = frozenset(range(len(run.flows))) - unsettled if law else frozenset()
    return Overloads((*found, *_of_queues(run)), flows)


def is_growing(first: int, last: int) -> bool:
    """Whether a count has grown beyond chance: three standard deviations of a difference of Poisson counts."""
    return last - first > 3 * sqrt(first + last)


def strays(count: int) -> float:
    """By how much of itself the work of so many calls exceeds its mean once in a hundred runs."""
    return SURE * sqrt(2 / count)


def _settles(run: Run, component: Component, law: Law) -> bool:
    """Whether the law says that a component keeps up, or it has resources to spare."""
    if component.queue_limit is not None:
        return True
    for resource in resources_of(component):
        foreseen = law.get((component.id, resource.figure)) if resource.figure is Figure.CORES else None
        share = resource.utilisation(run, run.compiled.replicas_of[component.id]) if foreseen is None else foreseen
        if share is not None and share >= (BUSY if foreseen is None else 1 - ROUNDING):
            return False
    return True


def _of_component(run: Run, number: int, uses: list[Use], law: Law) -> Iterator[Overload]:
    """The component as a whole, else those of its shards or replicas that get their calls whatever they have to do."""
    component = run.compiled.system.components[number]
    resources, count = resources_of(component), component.most * component.shards
    if not resources or component.queue_limit is not None or all(use.bounded for use in uses):
        return
    if any(run.loads[run.flows[use.flow]].users is not None for use in uses):
        return
    flows = frozenset(use.flow for use in uses if use.waits)
    by_law = _by_law(run, component.id, resources, law)
    if by_law:
        yield Overload(by_law, flows)
        return
    for name, replicas in parts_of(run.compiled, number, blind=all(use.blind for use in uses)):
        if by_law is not None and len(replicas) == count:
            continue
        sentence, is_sure = _by_itself(run, name, replicas, resources[0])
        of_one = len(replicas) == 1 < component.most
        if sentence and (is_sure or not of_one):
            yield Overload(sentence, flows, of_one, is_sure)
            if len(replicas) == count:
                return


def _by_law(run: Run, name: str, resources: tuple[Resource, ...], law: Law) -> str | None:
    """What the utilisation law says of a component: empty that it keeps up, None that it cannot tell."""
    window = run.duration - run.warm_up
    queued = run.window.increase(run.compiled.replicas_of[name], Figure.QUEUED)
    known = [(resource, law[name, resource.figure]) for resource in resources if (name, resource.figure) in law]
    for resource, share in known:
        if share > 1 + ROUNDING or (share >= 1 - ROUNDING and queued >= window):
            return (
                f"the {resource.name} of `{name}` {resource.verb} offered {percent(share)} of what they can do, "
                f"{number(queued / window)} calls waiting on average"
            )
    return "" if resources[0].figure is Figure.CORES and known else None


def _by_itself(run: Run, name: str, replicas: Sequence[int], resource: Resource) -> tuple[str, bool]:
    """What the run says of some replicas, and whether it is sure; empty that they keep up."""
    counted = (Figure.CALLS, Figure.ANSWERED, Figure.QUEUED)
    calls, answered, queued = (run.window.increase(replicas, figure) for figure in counted)
    share, window = resource.utilisation(run, replicas), run.duration - run.warm_up
    if calls <= 0 or share is None or share < BUSY or queued < window:
        return "", True
    offered, chance = share * calls / max(answered, 1), strays(calls)
    what = f"the {resource.name} of `{name}`"
    if offered - 1 > chance:
        return (
            f"{what} {resource.verb} offered as much as can be done, or more: {busy(share)} busy, "
            f"{number(queued / window)} calls waiting on average",
            True,
        )
    if 1 - share > chance:
        return "", True
    return f"this run is too short to tell whether {what} keep up: {busy(share)} busy all the time; run longer", False


def _of_queues(run: Run) -> Iterator[Overload]:
    """Message queues with workers that hold over 5% of their messages at the end, and more than at half-time."""
    middle = (run.warm_up + run.duration) // 2
    components = run.compiled.system.components
    consumed = {components[queue].id for component in components for queue in component.feeds}
    for place, kept in enumerate(run.compiled.queues):
        messages, samples = run.messages[kept], run.samples
        before = int(samples.length(place)[samples.times <= middle][-1])
        after, published = messages[Message.WAITING], messages[Message.PUBLISHED]
        is_consumed = kept.subscriber is not None or kept.component in consumed
        if not is_consumed or after + messages[Message.IN_WORK] <= GROWING * published:
            continue
        if is_growing(before, after):
            is_sure = after > strays(published) * published
            waiting = f"{after} of {published} wait at the end, {before} at half-time"
            yield Overload(
                f"{_more_than_done(kept)}: {waiting}"
                if is_sure
                else f"this run is too short to tell whether {_workers(kept)} keep up: {waiting}; run longer",
                is_sure=is_sure,
            )


def _more_than_done(kept: Kept) -> str:
    if kept.subscriber is None:
        return f"`{kept.component}` gets more messages than its workers do"
    return f"`{kept.subscriber}` gets more messages of `{kept.component}` than it does"


def _workers(kept: Kept) -> str:
    whose = kept.component if kept.subscriber is None else kept.subscriber
    return f"the {'workers' if kept.subscriber is None else 'replicas'} of `{whose}`"

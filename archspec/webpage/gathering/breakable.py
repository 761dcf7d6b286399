"""What can be taken down in a system, one at a time."""

from collections.abc import Iterator
from itertools import combinations

from archspec.model import Architecture, Component, Role
from archspec.model.group import FAILURE_DOMAINS, Group
from archspec.webpage import LossContent, PartContent, PartKind

SLOWER = 10
"""Times that a slow component takes longer."""
MOST_PAIRS = 150
"""With more pairs of parts than this none is offered: the page would grow with their square."""
SHOWN_REPLICAS = 12
"""Replicas of one component that are taken down one by one; the rest are like them."""


def parts(architecture: Architecture) -> tuple[PartContent, ...]:
    """Every component that can fail, every group that fails as one; of what flows call, replicas and slow ones too.

    In a small system also every pair of components and groups that flows meet.
    """
    single = tuple(_parts(architecture))
    return (*single, *_slow(architecture), *_pairs(architecture, single))


def _pairs(architecture: Architecture, single: tuple[PartContent, ...]) -> Iterator[PartContent]:
    met = _called(architecture)
    felt = [
        part
        for part in single
        if part.kind is not PartKind.REPLICA and any(loss.component in met for loss in part.losses)
    ]
    if len(felt) * (len(felt) - 1) // 2 > MOST_PAIRS:
        return
    for one, other in combinations(felt, 2):
        title = f"{one.title} and {other.title}"
        losses = _joined((*one.losses, *other.losses))
        yield PartContent(f"{one.id}+{other.id}", title, PartKind.PAIR, "pair", losses, (one.id, other.id))


def _joined(losses: tuple[LossContent, ...]) -> tuple[LossContent, ...]:
    """What two failures take together, at least: replicas that both take are not counted twice."""
    found: dict[str, LossContent] = {}
    for loss in losses:
        before = found.get(loss.component)
        if before is None or loss.replicas > before.replicas:
            found[loss.component] = loss
    return tuple(found.values())


def _slow(architecture: Architecture) -> Iterator[PartContent]:
    met = _called(architecture)
    for component in _fallible(architecture):
        if component.id not in met:
            continue
        none = LossContent(component.id, 0, architecture.count(component))
        words = f"{SLOWER} times slower"
        yield PartContent(f"{component.id}={SLOWER}x", component.title, PartKind.SLOW, words, (none,))


def _called(architecture: Architecture) -> frozenset[str]:
    """Components that some flow calls."""
    visits = (visit for flow in architecture.flows for visit in architecture.walk(flow))
    return frozenset(id_ for visit in visits for id_ in visit.step.call)


def _fallible(architecture: Architecture) -> list[Component]:
    return [each for each in architecture.components.values() if each.kind_of.role is not Role.ACTOR]


def _parts(architecture: Architecture) -> Iterator[PartContent]:
    fallible, met = _fallible(architecture), _called(architecture)
    for component in fallible:
        names = architecture.replica_names(component)
        count, what = len(names), component.kind_of.title.lower()
        whole = LossContent(component.id, count, count)
        yield PartContent(component.id, component.title, PartKind.COMPONENT, what, (whole,))
        if count > 1 and component.id in met:
            one = LossContent(component.id, 1, count)
            for name in names[:SHOWN_REPLICAS]:
                yield PartContent(name, name, PartKind.REPLICA, "replica", (one,))
    for group in architecture.groups.values():
        losses = tuple(_losses(architecture, group, fallible))
        if group.kind in FAILURE_DOMAINS and losses:
            yield PartContent(group.id, group.title, PartKind.GROUP, group.kind, losses)


def _losses(architecture: Architecture, group: Group, fallible: list[Component]) -> Iterator[LossContent]:
    for component in fallible:
        count = architecture.count(component)
        lost = sum(n for domains, n in architecture.placements(component).items() if group.id in domains)
        if lost:
            yield LossContent(component.id, lost, count)

"""How calls are spread: over the components of a list, the stores that copy one another, and their replicas."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from archspec.analysis.nearness import Near, nearest, nearest_tier, sites_of
from archspec.analysis.passed import Aim, Place, Spread
from archspec.frozen import frozen
from archspec.model import Access, Architecture, Component, Function, Running, Step, Weighted
from archspec.model.attempts import list_algorithm, replica_algorithm

ANY_NUMBER = 1000
"""Instances of a function that states no limit, where the shares of a list are told."""
_OF_THEIR_OWN = {"id", "label", "description", "owner", "group", "zones", "tags", "links", "availability"}
"""What components that are alike may differ in."""


@frozen
class Option:
    """A component of a list and its share of the calls: the `least` and the `most` where that depends on the load."""

    component: str
    share: float
    least: float
    most: float


@frozen
class Answering:
    """Who answers at a place, with its share of the calls and the ends of that."""

    place: Place
    share: float
    least: float
    most: float


def shares_of_list(architecture: Architecture, caller: str, options: Sequence[str]) -> list[Option]:
    """How a caller spreads its calls over components."""
    even = 1 / len(options)
    match list_algorithm(architecture, caller):
        case "round_robin" | "random" | "ip_hash" | "consistent_hash":
            return [Option(id_, even, even, even) for id_ in options]
        case "priority":
            return [Option(id_, float(n == 0), float(n == 0), float(n == 0)) for n, id_ in enumerate(options)]
        case "weighted":
            return _by_weight(architecture.components[caller], options)
        case "least_connections" | "power_of_two":
            alike = len({_likeness(architecture.components[id_]) for id_ in options}) == 1
            return [Option(id_, even, even if alike else 0.0, even if alike else 1.0) for id_ in options]
        case algorithm:
            assert_never(algorithm)


def _by_weight(caller: Component, options: Sequence[str]) -> list[Option]:
    stated = caller.weights if isinstance(caller, Weighted) else {}
    weights = {id_: float(stated.get(id_, 1)) for id_ in options}
    total = sum(weights.values()) or 1.0
    return [Option(id_, each / total, each / total, each / total) for id_, each in weights.items()]


def _likeness(component: Component) -> str:
    return component.model_dump_json(exclude=_OF_THEIR_OWN)


def asked_stores(
    architecture: Architecture,
    caller: str,
    callee: str,
    access: Access,
    lost: frozenset[str] = frozenset(),
    near: Near | None = None,
    gone: frozenset[str] = frozenset(),
) -> list[Answering]:
    """Whose replicas answer a call of a component: its own, and reads also those of the stores that copy it.

    By the load of each (least connections, power of two) nobody can say how many: copies, which take no writes, and
    the store itself may get all.
    With `near` reads go to the nearest of them all, wherever they belong; in groups that are `gone` nobody is left.
    Where the store is `lost` a copy answers, writes too if it fails over by itself; where all are, it refuses itself.
    """
    component = architecture.components[callee]
    copies = architecture.copies_of(callee)
    if access == "write" and component.kind in ("database", "data_warehouse", "file_store"):
        fails_over = getattr(component, "failover", None) == "automatic"
        heirs = [each.id for each in (component, *copies) if each.id not in lost] if fails_over else []
        return [Answering(Place(heirs[0] if heirs else callee, Aim(Spread.PRIMARY)), 1.0, 1.0, 1.0)]
    spread = _spread(architecture, caller, callee)
    if (near is None and spread is Spread.PRIORITY) or not isinstance(component, Running):
        return [Answering(Place(callee, Aim(spread)), 1.0, 1.0, 1.0)]
    pool = {each.id: each.instances for each in (component, *copies) if isinstance(each, Running)}
    left: dict[str, float] = {id_: count for id_, count in pool.items() if id_ not in lost} or {**pool}
    if near is not None:
        left = _nearest(architecture, left, near, gone) or left
        left = dict(list(left.items())[:1]) if spread is Spread.PRIORITY else left
    shares = {id_: count / sum(left.values()) for id_, count in left.items()}
    by_load = len(left) > 1 and spread in (Spread.LEAST_CONNECTIONS, Spread.POWER_OF_TWO)
    ends = {id_: (0.0, 1.0) if by_load else (share, share) for id_, share in shares.items()}
    return [Answering(Place(id_, Aim(spread, near)), share, *ends[id_]) for id_, share in shares.items()]


def _nearest(architecture: Architecture, pool: Iterable[str], near: Near, gone: frozenset[str]) -> dict[str, float]:
    """How many replicas of each store stand in the nearest tier of all."""
    sites = {id_: sites_of(architecture, architecture.components[id_], gone) for id_ in pool}
    tiers = {id_: nearest_tier(each, near.origin, near.prefer) for id_, each in sites.items() if each}
    least = min(tiers.values(), default=None)
    return {id_: sum(nearest(sites[id_], near).values()) for id_, tier in tiers.items() if tier == least}


def _spread(architecture: Architecture, caller: str, callee: str) -> Spread:
    if getattr(architecture.components[caller], "sticky_sessions", False):
        return Spread.STICKY
    return Spread(replica_algorithm(architecture, caller, callee).replace("_", " "))


def delivered_to(architecture: Architecture, step: Step) -> list[Option]:
    """How messages are spread over the workers of a list: the first that is free, in the order written.

    At full load each works on its share of their slots; at less the first ones have more than that, the last less.
    """
    slots = {id_: _slots(architecture.components[id_]) for id_ in step.call}
    total, found, before = sum(slots.values()), [], 0.0
    for number, (id_, count) in enumerate(slots.items()):
        share = count / total
        least = share if number == 0 else 0.0
        most = 1.0 if number == 0 else 1.0 - before
        found.append(Option(id_, share, least, most if len(slots) > 1 else share))
        before += share
    return found


def _slots(component: Component) -> int:
    if isinstance(component, Function):
        return component.concurrency or ANY_NUMBER
    return component.instances * (component.slots or 1) if isinstance(component, Running) else 1

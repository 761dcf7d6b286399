"""The places of sessions: how many of them users hold, and how many users or handshakes find none."""

from collections.abc import Iterator, Mapping
from math import lgamma

from archspec.analysis.passed import Aim, Demand, Demands, Spread
from archspec.analysis.station import Resource, Station
from archspec.analysis.stations import placed, placement, used
from archspec.model import Architecture, Holding, held_at

ROUNDS = 60
"""Of halving, until the mean of a truncated law is known to the last digit."""
EVEN = (Spread.LEAST_CONNECTIONS, Spread.ROUND_ROBIN, Spread.WEIGHTED, Spread.POWER_OF_TWO, Spread.RANDOM)
"""Choosers of which no one does worse than chance in keeping replicas equally full."""

Held = Mapping[str, Mapping[Aim, Demand]]
"""Of one user of a flow: what is held at which component, by how handshakes are aimed there."""


def held_by_user(architecture: Architecture, flow: str, demands: Demands) -> Held:
    """What one connected user holds: a place at each component of the handshake that states `connections`.

    Of several that may answer each holds its share.
    """
    found = {}
    for id_ in held_at(architecture, architecture.flows[flow]):
        aims = demands.places.get(id_, {})
        most = max(1.0, sum(demand.visits for demand in aims.values()))
        found[id_] = {aim: Demand(visits=each.visits / most, held=each.visits / most) for aim, each in aims.items()}
    return found


def places_of(
    architecture: Architecture, held: Mapping[str, Held], rates: Mapping[str, float], gone: frozenset[str]
) -> Iterator[Station]:
    """The places of components that state `connections`, all users of the flows with sessions being connected."""
    for component in architecture.components.values():
        if not isinstance(component, Holding) or component.connections is None:
            continue
        aims: dict[Aim, Demand] = {}
        for flow, places in held.items():
            session = architecture.flows[flow].session
            for aim, demand in places.get(component.id, {}).items():
                users = session.users * demand.held if session is not None else 0.0
                aims.setdefault(aim, Demand()).add(Demand(visits=rates[flow] * demand.visits, held=users))
        use = used(aims, Resource.PLACES)
        if use.busy > 0:
            station = Station(
                component=component.id,
                resource=Resource.PLACES,
                use=use,
                each=float(component.connections),
                replicas=component.instances,
                shards=1,
                is_assumed=False,
                held=placement(architecture, component, component.instances),
                visits=use.rate,
                spreads=tuple(dict.fromkeys(aim.spread for aim in aims)),
            )
            yield from placed(architecture, station, aims, gone)


def without_a_place(station: Station, replicas: int | None = None) -> float:
    """The least share of the users that is not connected, since no more can be than there are places."""
    left = station.each * (station.replicas if replicas is None else replicas)
    return max(0.0, 1 - left / station.busy)


def refused_at_most(architecture: Architecture, station: Station, replicas: int | None = None) -> float | None:
    """The share of handshakes that meet a full replica while others have room, where replicas are chosen at random.

    Users whose session ends choose anew, and again until they find a place. Then the numbers of sessions are those
    of users who are dealt at random to replicas, none of which has more than its places: by detailed balance,
    π(k) ∝ Π 1 / k_i!, k_i ≤ c, Σ k_i = N. Who chooses finds the other N - 1 so, and a replica full in
    P(k_1 = c). Exact for pauses between tries that are short beside a session; in turn and by load it is less, and
    nothing where a single balancer knows all sessions: several know their own. None where a hash or preferences decide,
    where sessions are spread over several components, and where not all users fit.
    """
    count = station.replicas if replicas is None else replicas
    others, each = round(station.busy) - 1, int(station.each)
    is_even = not station.aimed and all(spread in EVEN for spread in station.spreads)
    if not is_even or others >= count * each or not _holds_all(architecture, station.component):
        return None
    by_load = set(station.spreads) == {Spread.LEAST_CONNECTIONS}
    if count == 1 or others < each or (by_load and _choosers(architecture, station.component) == 1):
        return 0.0
    return _full(others, count, each)


def _holds_all(architecture: Architecture, component: str) -> bool:
    """Whether handshakes that ask it have nobody else to ask."""
    flows = [flow.id for flow in architecture.flows.values() if flow.session is not None]
    asked = (architecture.asked_by(each.caller, each.step) for flow in flows for each in architecture.walk(flow))
    return all(options == (component,) for options in asked if component in options)


def _choosers(architecture: Architecture, component: str) -> int:
    """How many replicas choose among those of the component for a handshake."""
    flows = [flow.id for flow in architecture.flows.values() if flow.session is not None]
    visits = (each for flow in flows for each in architecture.walk(flow) if component in each.step.call)
    callers = {caller for visit in visits for caller in visit.callers}
    return sum(architecture.count(architecture.components[caller]) for caller in callers)


def _full(users: int, count: int, each: int) -> float:
    """P(k_1 = c) of users dealt at random to so many replicas of c = `each` places, none of which gets more."""
    import numpy as np

    sizes = np.arange(each + 1)
    logs = np.array([-lgamma(size + 1) for size in sizes.tolist()])
    low, high = -50.0, 50.0
    for _ in range(ROUNDS):  # tilted so that the mean is what comes out: the sums then lie where they are told exactly
        middle = (low + high) / 2
        tilted = logs + middle * sizes
        shares = np.exp(tilted - tilted.max())
        shares /= shares.sum()
        low, high = (middle, high) if shares @ sizes < users / count else (low, middle)
    length = 1 << int(count * each + 1).bit_length()
    law = np.fft.rfft(shares, length)
    others, all_of_them = (np.fft.irfft(law**number, length) for number in (count - 1, count))
    return float(max(0.0, shares[each] * others[users - each] / all_of_them[users]))

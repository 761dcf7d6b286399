"""How long calls wait for a core and for a slot at the most: at each replica by itself, arrivals at random."""

from collections.abc import Iterable, Mapping
from math import inf

from archspec.analysis.circumstances import Waiting
from archspec.analysis.passed import Spread
from archspec.analysis.queueing import most_wait
from archspec.analysis.station import Resource, Station
from archspec.frozen import frozen


@frozen
class Crowd:
    """How many calls of one request come to a component together, itself counted, at the most.

    `mean` is over its calls. With `works_aside` a component has more work under way than its slots say.
    """

    mean: float = 1.0
    works_aside: bool = False


def waits_of(stations: Iterable[Station], crowds: Mapping[str, Crowd]) -> dict[str, Waiting]:
    """The waits of components at their fullest replica."""
    cores: dict[str, Station] = {}
    slots: dict[str, Station] = {}
    for station in stations:
        if station.resource is Resource.INSTANCES:  # nobody waits for one
            continue
        (cores if station.resource is Resource.CORES else slots)[station.component] = station
    return {
        id_: Waiting(
            _for_a_core(cores.get(id_), slots.get(id_), crowds.get(id_, Crowd())),
            _wait(slots[id_], crowds.get(id_, Crowd())) if id_ in slots else 0.0,
        )
        for id_ in dict.fromkeys((*cores, *slots))
    }


def waits_for_places(pools: Iterable[Station]) -> dict[str, Waiting]:
    """The waits for a place of connections whose callers wait, by M/G/c at each caller replica, and no longer than they
    do.
    """
    return {
        pool.name: Waiting(slot=min(_wait(pool, Crowd()), pool.max_wait)) for pool in pools if pool.max_wait is not None
    }


def _for_a_core(cores: Station | None, slots: Station | None, crowd: Crowd) -> float:
    """Who has a slot meets no more work than the other slots bring; workers that pull fill their first replica."""
    if cores is None:
        return 0.0
    by_itself = _wait(cores, crowd)
    if slots is None:
        return by_itself
    servers = max(1, int(cores.each))
    service = cores.use.service * servers / cores.each
    full = max(0.0, slots.each - servers) / servers * service * max(1.0, (1 + cores.use.variation) / 2)
    if crowd.works_aside:
        return full + by_itself
    return full if Spread.PULLED in cores.spreads else min(full, by_itself)


def _wait(station: Station, crowd: Crowd) -> float:
    """By M/G/c at the fullest replica, calls that come together met at random by its servers (M[X]/G/1)."""
    if any(spread.is_hashed for spread in station.spreads) and station.replicas > 1:
        return inf
    use = station.use
    rate = use.first_rate / station.shards + (use.rate - use.first_rate) / station.replicas
    if station.aimed and use.service:
        rate = station.peak * station.each / use.service
    servers = max(1, int(station.each))
    service = use.service * servers / station.each
    load = rate * service / servers
    if load >= 1:
        return inf
    together = (crowd.mean - 1) / (station.replicas * servers) * service / (2 * (1 - load))
    return most_wait(servers, rate, service, use.variation) + together

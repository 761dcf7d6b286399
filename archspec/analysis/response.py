"""How long one visit of a station takes, by the queues that its balancer makes."""

from collections.abc import Callable

from archspec.analysis.passed import Spread
from archspec.analysis.queueing import least_wait, most_wait
from archspec.analysis.station import Resource, Station
from archspec.frozen import frozen


@frozen
class Response:
    """Mean time of one visit in seconds, waiting included, arrivals at random.

    `least` is that of one queue before all replicas, `most` that of replicas chosen at random; None: no upper bound,
    since a hot key (or client) has one replica to itself. `spreads` are who chooses.
    """

    least: float
    most: float | None
    spreads: tuple[Spread, ...]


def response_of(station: Station) -> Response | None:
    """The response of a station; None where its fullest replica is overloaded."""
    use = station.use
    servers = max(1, int(station.each))
    if not use.rate or station.peak >= 1 or station.resource in (Resource.CONNECTIONS, Resource.INSTANCES):
        return None
    service = use.service * servers / station.each
    pooled = servers * station.replicas, use.rate, service, use.variation
    most = _dealt(station, servers, service, most_wait)
    least = least_wait(*pooled)
    if set(station.spreads) == {Spread.RANDOM}:
        least = _dealt(station, servers, service, least_wait)
    if station.resource in (Resource.SLOTS, Resource.PARTITIONS) and set(station.spreads) == {Spread.PULLED}:
        most = most_wait(*pooled)
    jobs = use.rate / station.visits if station.visits else 1.0
    is_hashed = station.replicas > 1 and any(spread.is_hashed for spread in station.spreads)
    return Response(jobs * (service + least), None if is_hashed else jobs * (service + most), station.spreads)


def _dealt(station: Station, servers: int, service: float, wait: Callable[[int, float, float, float], float]) -> float:
    """The mean wait where calls are dealt to replicas at random, but for those that only the first one can do."""
    use = station.use
    if station.aimed and station.sites is not None:
        (places,) = station.loads(station.replicas)
        rates = {site: busy / use.service for site, busy in places.items() if use.service}
        waited = sum(
            station.sites[site] * each * wait(servers, each, service, use.variation) for site, each in rates.items()
        )
        return waited / sum(station.sites[site] * each for site, each in rates.items())
    even = (use.rate - use.first_rate) / station.replicas
    first = even + use.first_rate / station.shards
    waits = [(station.shards * first, wait(servers, first, service, use.variation))]
    if station.replicas > station.shards and even > 0:
        others = (station.replicas - station.shards) * even
        waits.append((others, wait(servers, even, service, use.variation)))
    return sum(rate * each for rate, each in waits) / use.rate

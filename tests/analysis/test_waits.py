"""How long a call waits at a station at the most, by the formulas of queues."""

from math import inf
from typing import Any

import pytest

from archspec.analysis.passed import Spread
from archspec.analysis.station import Resource, Station, Use
from archspec.analysis.waits import Crowd, waits_for_places, waits_of

SERVICE = 0.01


def station(load: float, variation: float = 1.0, each: float = 1, replicas: int = 1, **changed: Any) -> Station:
    """Work of 10 ms; the load is that of each replica, 1 being all that it can do."""
    rate = load * each * replicas / SERVICE
    use = Use(rate * SERVICE, rate, rate * SERVICE**2 * (1 + variation))
    plain: dict[str, Any] = {"component": "api", "resource": Resource.SLOTS, "shards": 1, "is_assumed": False}
    return Station(use=use, each=each, replicas=replicas, held={}, visits=rate, **{**plain, **changed})


@pytest.mark.parametrize(
    ("made", "crowd", "slot"),
    [
        (station(0.5), Crowd(), SERVICE),  # M/M/1: ρ/(1-ρ) of the service
        (station(0.8), Crowd(), 4 * SERVICE),
        (station(0.5, variation=0), Crowd(), SERVICE / 2),  # M/D/1
        (station(0.5, variation=3), Crowd(), 2 * SERVICE),
        (station(0.5, replicas=4), Crowd(), SERVICE),
        (station(0.5), Crowd(mean=3), SERVICE + 2 * SERVICE / (2 * 0.5)),
        (station(0.5, replicas=2), Crowd(mean=3), SERVICE + 2 / 2 * SERVICE / (2 * 0.5)),
        (station(0.5, each=2), Crowd(), SERVICE / 3),  # M/M/2: C = 1/3, C/(2μ-λ)
        (station(1.0), Crowd(), inf),
        (station(1.5), Crowd(), inf),
        (station(0.1, replicas=2, spreads=(Spread.IP_HASH,)), Crowd(), inf),
        (station(0.5, spreads=(Spread.IP_HASH,)), Crowd(), SERVICE),
        (station(0.0), Crowd(), 0.0),
    ],
)
def test_a_call_waits_for_a_slot_as_the_formula_has_it(made: Station, crowd: Crowd, slot: float) -> None:
    waits = waits_of([made], {"api": crowd})["api"]
    assert (waits.core, waits.slot) == (0.0, pytest.approx(slot, rel=1e-6))


def cores(load: float, **changed: Any) -> Station:
    return station(load, resource=Resource.CORES, **changed)


@pytest.mark.parametrize(
    ("made", "slots", "crowd", "core"),
    [
        (cores(0.8), None, Crowd(), 4 * SERVICE),
        (cores(0.8), 100, Crowd(), 4 * SERVICE),
        (cores(0.8), 3, Crowd(), 2 * SERVICE),  # two others at most, of 10 ms each
        (cores(0.8), 1, Crowd(), 0.0),
        (cores(0.8, variation=3), 3, Crowd(), 4 * SERVICE),
        (cores(0.5), 3, Crowd(works_aside=True), 3 * SERVICE),
        (cores(0.1, spreads=(Spread.PULLED,)), 3, Crowd(), 2 * SERVICE),
        (cores(1.0), 3, Crowd(), 2 * SERVICE),
        (cores(1.0), None, Crowd(), inf),
    ],
)
def test_a_call_waits_for_a_core_no_longer_than_the_other_slots_bring_work(
    made: Station, slots: int | None, crowd: Crowd, core: float
) -> None:
    beside = [] if slots is None else [station(0.01, each=slots)]
    assert waits_of([made, *beside], {"api": crowd})["api"].core == pytest.approx(core, rel=1e-6)


def test_nobody_waits_for_an_instance_and_no_longer_than_he_does_for_a_place() -> None:
    assert waits_of([station(0.5, resource=Resource.INSTANCES)], {}) == {}
    places = [
        station(0.8, resource=Resource.CONNECTIONS, connection="a -> b", max_wait=1.0),
        station(0.8, resource=Resource.CONNECTIONS, connection="a -> c", max_wait=0.001),
        station(0.8, resource=Resource.CONNECTIONS, connection="a -> d"),
    ]
    found = waits_for_places(places)
    assert {name: waits.slot for name, waits in found.items()} == {
        "a -> b": pytest.approx(4 * SERVICE),
        "a -> c": 0.001,
    }

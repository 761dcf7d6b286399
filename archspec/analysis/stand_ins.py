"""Whether those who take over from a lost component can carry what it leaves to them."""

from collections.abc import Iterator

from archspec.analysis.capacity import Capacity
from archspec.analysis.station import Station
from archspec.frozen import frozen
from archspec.model import Architecture, Role


@frozen
class TooSmall:
    """A station that has enough as it is, and not where `lost` is lost: then it is as `station` says."""

    lost: str
    station: Station


def too_small(architecture: Architecture, capacity: Capacity) -> Iterator[TooSmall]:
    """The fullest of a stated size, of those that take over, for each component that somebody takes over from.

    That is by a fallback, as a copy (`replica_of`) or as another of a list.
    """
    full_already = {
        station.name for station in map(capacity.at_most, capacity.stations) if station.is_full_at(station.peak)
    }
    for lost in _replaceable(architecture, capacity):
        left = capacity.without(lost)
        full = [
            station
            for station in map(left.at_most, left.stations)
            if station.is_full_at(station.peak) and not station.is_assumed and station.name not in full_already
        ]
        if full:
            yield TooSmall(lost, max(full, key=lambda station: station.peak))


def _replaceable(architecture: Architecture, capacity: Capacity) -> tuple[str, ...]:
    """The components of which a flow with a rate asks somebody else when they are lost."""
    found: dict[str, None] = {}
    for flow in capacity.rates:
        for visit in architecture.walk(flow):
            asked = architecture.asked_by(visit.caller, visit.step) if visit.step.call else ()
            is_delivery = architecture.components[visit.caller].kind_of.role is Role.QUEUE
            if visit.step.fallback or (len(asked) > 1 and not is_delivery):
                found.update(dict.fromkeys(asked))
            found.update(dict.fromkeys(id_ for id_ in asked if architecture.copies_of(id_)))
    return tuple(found)

"""How near two replicas stand: what a connection with `prefer` goes by, in a run and in every figure."""

from enum import IntEnum

from archspec.frozen import frozen
from archspec.model.architecture import Architecture
from archspec.model.component import Component
from archspec.model.connection import Prefer


class Tier(IntEnum):
    """How near who is asked stands, as far as the connection cares: the nearest first."""

    ZONE = 0
    REGION = 1
    ANYWHERE = 2


@frozen
class Site:
    """Where a replica stands, by the ids of groups; None where nothing is said."""

    zone: str | None = None
    region: str | None = None

    def knows(self, prefer: Prefer) -> bool:
        """Whether it says enough for somebody to be near."""
        return self.region is not None or (prefer == "same_zone" and self.zone is not None)

    def tier(self, prefer: Prefer | None, other: "Site") -> Tier:
        """How near another place is, to who prefers what is near."""
        if prefer is None:
            return Tier.ANYWHERE
        if prefer == "same_zone" and self.zone is not None and self.zone == other.zone:
            return Tier.ZONE
        return Tier.REGION if self.region is not None and self.region == other.region else Tier.ANYWHERE


def site_of(architecture: Architecture, component: Component, replica: int) -> Site:
    """Where replica number `replica` (1 is the first) stands: its zone, and the region round that.

    A host stands in the zone round it, and is itself one where there is none; so is a region without zones.
    """
    place = architecture.zone_of(component, replica)
    around = architecture.enclosing(place)
    zones = (group.id for group in around if group.kind == "zone")
    further = (*around, *architecture.enclosing(component.group))
    regions = (group.id for group in further if group.kind == "region")
    return Site(next(zones, place), next(regions, None))

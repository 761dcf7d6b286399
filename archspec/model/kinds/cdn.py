"""Content delivery network."""

from typing import Literal

from archspec.model import Caching, Firewalled, Kind, RateLimited, Role, Shape


class Cdn(Caching, RateLimited, Firewalled):
    """Caches files near the users."""

    kind: Literal["cdn"] = "cdn"


KIND = Kind("cdn", "Content delivery network", Role.EDGE, Shape.EDGE_NETWORK, Cdn, provided=True)

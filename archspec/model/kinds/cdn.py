"""Content delivery network."""

from typing import Literal

from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape
from archspec.model.traits import Caching, Firewalled, RateLimited


class Cdn(Caching, RateLimited, Firewalled):
    """Caches files near the users."""

    kind: Literal["cdn"] = "cdn"


KIND = Kind("cdn", "Content delivery network", Role.EDGE, Shape.EDGE_NETWORK, Cdn, provided=True)

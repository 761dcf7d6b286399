"""API gateway."""

from typing import Literal

from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape
from archspec.model.traits import Firewalled, Holding, RateLimited, Weighted


class Gateway(Weighted, RateLimited, Firewalled, Holding):
    """The entry to an API: routes, authenticates, limits."""

    kind: Literal["gateway"] = "gateway"


KIND = Kind("gateway", "API gateway", Role.ROUTER, Shape.BALANCER, Gateway, other_names=("api_gateway", "router"))

"""API gateway."""

from typing import Literal

from archspec.model import Firewalled, Holding, Kind, RateLimited, Role, Shape, Weighted


class Gateway(Weighted, RateLimited, Firewalled, Holding):
    """The entry to an API: routes, authenticates, limits."""

    kind: Literal["gateway"] = "gateway"


KIND = Kind("gateway", "API gateway", Role.ROUTER, Shape.BALANCER, Gateway, other_names=("api_gateway", "router"))

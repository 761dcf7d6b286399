"""Load balancer."""

from typing import Literal

from pydantic import Field

from archspec.model import Firewalled, Flag, Holding, Kind, RateLimited, Role, Shape, Weighted


class LoadBalancer(Weighted, RateLimited, Firewalled, Holding):
    """Spreads requests over the replicas of its targets."""

    kind: Literal["load_balancer"] = "load_balancer"
    sticky_sessions: Flag = Field(False, description="A client stays on one replica.")


KIND = Kind(
    "load_balancer",
    "Load balancer",
    Role.ROUTER,
    Shape.BALANCER,
    LoadBalancer,
    other_names=("lb", "balancer", "nginx", "haproxy", "ingress", "proxy", "reverse_proxy"),
)

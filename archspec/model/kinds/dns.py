"""DNS."""

from typing import Literal

from pydantic import Field

from archspec.model import Duration, Kind, Role, Shape, Weighted


class Dns(Weighted):
    """Turns a name into the address of one of its targets."""

    kind: Literal["dns"] = "dns"
    ttl: Duration = Field(Duration(60 * 10**9), description="How long callers keep an answer, dead or not.")


KIND = Kind("dns", "DNS", Role.ROUTER, Shape.EDGE_NETWORK, Dns, provided=True)

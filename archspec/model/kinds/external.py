"""External system."""

from typing import Literal

from archspec.model import Dependable, Kind, Role, Shape


class External(Dependable):
    """Somebody else's system: not ours to replicate or place."""

    kind: Literal["external"] = "external"


KIND = Kind(
    "external",
    "External system",
    Role.EXTERNAL,
    Shape.CLOUD,
    External,
    other_names=("third_party", "saas", "external_api", "external_service"),
)

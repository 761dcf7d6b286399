"""External system."""

from typing import Literal

from archspec.model.component import Dependable
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


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

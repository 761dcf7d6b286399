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
    "Somebody else's system: not ours to replicate or place.",
    Role.EXTERNAL,
    Shape.CLOUD,
    External,
)

"""Artifact registry."""

from typing import Literal

from pydantic import Field

from archspec.model import Flag, Kind, Role, Running, Shape


class ArtifactRegistry(Running):
    """Keeps what a build has made: images, packages."""

    kind: Literal["artifact_registry"] = "artifact_registry"
    immutable: Flag | None = Field(None, description="A tag never moves.")


KIND = Kind(
    "artifact_registry",
    "Artifact registry",
    Role.DELIVERY,
    Shape.DELIVERY,
    ArtifactRegistry,
    provided=True,
    other_names=("registry", "docker_registry", "container_registry"),
)

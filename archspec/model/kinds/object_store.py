"""Object store."""

from typing import Literal

from pydantic import Field

from archspec.model import Flag, Kind, Role, Shape, Store


class ObjectStore(Store):
    """Keeps files as objects under keys, such as S3."""

    kind: Literal["object_store"] = "object_store"
    static_content: Flag = Field(False, description="Serves files that are the same for everybody.")
    versioned: Flag | None = Field(None, description="Old versions are kept.")


KIND = Kind(
    "object_store",
    "Object store",
    Role.STORE,
    Shape.STORE,
    ObjectStore,
    provided=True,
    other_names=("s3", "bucket", "blob", "blob_store", "storage"),
)

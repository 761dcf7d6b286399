"""File store."""

from typing import Literal

from archspec.model import Kind, Role, Shape, Store


class FileStore(Store):
    """A shared file system."""

    kind: Literal["file_store"] = "file_store"


KIND = Kind(
    "file_store",
    "File store",
    Role.STORE,
    Shape.STORE,
    FileStore,
    other_names=("nfs", "file_system", "filesystem", "volume", "disk"),
)

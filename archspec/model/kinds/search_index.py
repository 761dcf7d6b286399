"""Search index."""

from typing import Literal

from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape
from archspec.model.traits import Store


class SearchIndex(Store):
    """An index for full-text or vector search."""

    kind: Literal["search_index"] = "search_index"


KIND = Kind(
    "search_index",
    "Search index",
    Role.STORE,
    Shape.STORE,
    SearchIndex,
    other_names=("elasticsearch", "search", "opensearch"),
)

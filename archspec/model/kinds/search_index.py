"""Search index."""

from typing import Literal

from archspec.model import Kind, Role, Shape, Store


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

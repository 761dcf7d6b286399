"""Data of a spec as an editor's schema check sees it."""

from typing import Any

from archspec.model.scalar import core


def as_json(value: Any) -> Any:
    """Keys are texts, and plain scalars what YAML 1.2's core schema makes of them."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else core(value)

"""Overlays: what is known of each component, for its card in any view. One file of `kinds` each.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.overlays.overlay import Overlay, Subject, layer_of, overlays

__all__ = [
    "Overlay",
    "Subject",
    "layer_of",
    "overlays",
]
PLACES: dict[str, str]

"""Overlays: what is known of each component, for its card in any view. One file of `kinds` each."""

from archspec.names import by_need

PLACES = {"overlay": "Overlay Subject layer_of overlays"}

__getattr__ = by_need(__name__, PLACES)

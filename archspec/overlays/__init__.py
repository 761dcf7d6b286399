"""Overlays: what is known of each component, for its card in any view. One file of `kinds` each."""

from typing import TYPE_CHECKING

from archspec.language import named

if TYPE_CHECKING:
    from archspec.overlays.overlay import Overlay, Subject
    from archspec.renderers import Layer


def overlays() -> "dict[str, Overlay]":
    """Every overlay by name, sorted; other distributions add theirs by the entry point `archspec.overlays`."""
    from archspec.discovery import discover
    from archspec.overlays.overlay import Overlay

    return discover(("archspec.overlays.kinds",), Overlay, lambda one: one.name, "archspec.overlays")


def layer_of(name: str, subject: "Subject") -> "Layer":
    """The overlay of this name, worked out.

    Raises:
        UsageError: there is no such overlay.

    """
    return named("overlay", name, overlays()).layer(subject)

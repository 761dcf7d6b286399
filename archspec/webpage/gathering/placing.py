"""Layouts that are remembered, so that a picture which shows the same as before is not laid out again."""

from archspec.renderers import place
from archspec.renderers.placed import PlacedScene
from archspec.renderers.scene import Scene


class Placing:
    """Lays out scenes, each once; what the one before knew and nobody has asked for since is forgotten."""

    def __init__(self, before: "Placing | None" = None) -> None:
        self._before = before._known if before else {}
        self._known: dict[Scene, PlacedScene] = {}

    def __call__(self, scene: Scene) -> PlacedScene:
        """The scene with a place for everything."""
        placed = self._known.get(scene) or self._before.get(scene) or place(scene)
        self._known[scene] = placed
        return placed

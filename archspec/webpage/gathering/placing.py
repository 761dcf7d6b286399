"""Layouts that are remembered, so that a picture which shows the same as before is not laid out again, and one that
shows a little more keeps the rest where it was.
"""

from collections.abc import Mapping

from archspec.renderers import Kept, PlacedScene, Scene, place


class Placing:
    """Lays out scenes, each once; what the one before knew and nobody has asked for since is forgotten.

    `kept` are the places of pictures drawn before, by the names of their scenes.
    """

    def __init__(self, before: "Placing | None" = None, kept: Mapping[str, Kept] | None = None) -> None:
        self._before = before._known if before else {}
        self._known: dict[Scene, PlacedScene] = {}
        self._kept = {scene.name: Kept.of(placed) for scene, placed in self._before.items()} | dict(kept or {})

    def __call__(self, scene: Scene) -> PlacedScene:
        """The scene with a place for everything."""
        placed = self._known.get(scene) or self._before.get(scene) or place(scene, kept=self._kept.get(scene.name))
        self._known[scene] = placed
        return placed

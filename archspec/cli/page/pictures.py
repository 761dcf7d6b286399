"""Views as pictures of the page and as files beside it."""

from dataclasses import dataclass

from archspec.model.architecture import Architecture
from archspec.model.view import View
from archspec.renderers.page.content import File, Picture


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and the files that show the same: content by path."""

    picture: Picture
    files: dict[str, bytes]


def drawn(architecture: Architecture, view: View) -> Drawn:
    """One view, laid out once: for the page, as SVG and as PNG."""
    from archspec.renderers import build_scene, place, renderers
    from archspec.renderers.renderer import FromPlacedScene, Options
    from archspec.renderers.svg.diagram import draw

    scene = build_scene(architecture, view)
    placed = place(scene)
    files = {}
    for name, options in (("svg", Options()), ("png", Options(scale=2.0))):
        source = renderers()[name].source
        if isinstance(source, FromPlacedScene):
            files[f"views/{view.id}.{name}"] = source.run(placed, options).data
    picture = Picture(
        id=view.id,
        title=view.title,
        description=view.description or "",
        svg=draw(placed, with_font=False),
        files=tuple(File(path.rpartition(".")[2].upper(), path) for path in files),
        remarks=scene.notes,
    )
    return Drawn(picture, files)

"""A view of a spec as an inline SVG, for documentation tools."""

from pathlib import Path


def inline_svg(spec: Path | None, text: str, view: str | None) -> str:
    """The SVG of a view: of the spec in a file, else of the spec in a text.

    Raises:
        ArchspecError: the spec is invalid, or has no such view.

    """
    from archspec.loading import load, load_text
    from archspec.renderers import build_scene, find_view, place
    from archspec.renderers.svg.diagram import draw

    architecture = load(spec, python=False) if spec is not None else load_text(text)
    return draw(place(build_scene(architecture, find_view(architecture, view))), with_font=False)

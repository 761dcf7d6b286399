"""SVG: our own drawing, for light and dark pages, with icons, tool tips and links."""

from archspec.renderers.placed import PlacedScene
from archspec.renderers.renderer import FromPlacedScene, Options, Output, Renderer
from archspec.renderers.sequence import Sequence


def _svg(placed: PlacedScene, options: Options) -> Output:
    from archspec.renderers.svg.diagram import draw

    return Output(draw(placed, options.theme).encode())


def _sequence(sequence: Sequence, options: Options) -> Output:
    from archspec.renderers.sequence import draw_sequence

    return Output(draw_sequence(sequence, options.theme).encode())


RENDERER = Renderer(
    "svg",
    (".svg",),
    "image/svg+xml",
    "a picture for web pages and documents",
    FromPlacedScene(_svg),
    sequence=_sequence,
)

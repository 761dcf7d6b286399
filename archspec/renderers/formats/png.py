"""PNG: the SVG in its light colours."""

from archspec.renderers.matrix import Matrix
from archspec.renderers.placed import PlacedScene
from archspec.renderers.renderer import FromPlacedScene, Options, Output, Renderer
from archspec.renderers.sequence import Sequence


def _png(placed: PlacedScene, options: Options) -> Output:
    from archspec.renderers.bitmap import bitmap
    from archspec.renderers.svg.diagram import draw

    return bitmap(draw(placed, options.theme, adapts=False, with_font=False), options.scale)


def _sequence(sequence: Sequence, options: Options) -> Output:
    from archspec.renderers.bitmap import bitmap
    from archspec.renderers.svg.sequence import draw_sequence

    return bitmap(draw_sequence(sequence, options.theme, adapts=False, with_font=False), options.scale)


def _matrix(matrix: Matrix, options: Options) -> Output:
    from archspec.renderers.bitmap import bitmap
    from archspec.renderers.svg.table import draw_matrix

    return bitmap(draw_matrix(matrix, options.theme, options.fit, adapts=False, with_font=False), options.scale)


RENDERER = Renderer(
    "png",
    (".png",),
    "image/png",
    "a bitmap, by default at twice the size for sharp screens",
    FromPlacedScene(_png, has_two_heads=True),
    is_text=False,
    overlays=True,
    sequence=_sequence,
    matrix=_matrix,
)

"""PNG: the SVG in its light colours."""

from archspec.renderers import FromPlacedScene, Matrix, Options, Output, PlacedScene, Renderer, Sequence


def _png(placed: PlacedScene, options: Options) -> Output:
    from archspec.renderers import draw
    from archspec.renderers.bitmap import bitmap

    return bitmap(draw(placed, options.theme, adapts=False, with_font=False), options.scale)


def _sequence(sequence: Sequence, options: Options) -> Output:
    from archspec.renderers import draw_sequence
    from archspec.renderers.bitmap import bitmap

    return bitmap(draw_sequence(sequence, options.theme, adapts=False, with_font=False), options.scale)


def _matrix(matrix: Matrix, options: Options) -> Output:
    from archspec.renderers import draw_matrix
    from archspec.renderers.bitmap import bitmap

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

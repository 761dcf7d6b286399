"""SVG: our own drawing, for light and dark pages, with icons, tool tips and links."""

from dataclasses import replace

from archspec.renderers import FromPlacedScene, Matrix, Options, Output, PlacedScene, Renderer, Sequence


def _svg(placed: PlacedScene, options: Options) -> Output:
    from archspec.renderers import draw

    ids = options.part_of_page
    if ids is None:
        return Output(draw(placed, options.theme).encode())
    scene = replace(placed.scene, name=ids, title=placed.scene.title or placed.scene.name)
    return Output(draw(replace(placed, scene=scene), options.theme, with_font=False, in_page=True).encode())


def _sequence(sequence: Sequence, options: Options) -> Output:
    from archspec.renderers import draw_sequence

    ids = options.part_of_page
    if ids is None:
        return Output(draw_sequence(sequence, options.theme).encode())
    named = replace(sequence, name=ids, title=sequence.title or sequence.name)
    return Output(draw_sequence(named, options.theme, with_font=False, in_page=True).encode())


def _matrix(matrix: Matrix, options: Options) -> Output:
    from archspec.renderers import draw_matrix

    ids = options.part_of_page
    if ids is None:
        return Output(draw_matrix(matrix, options.theme, options.fit).encode())
    scene = replace(matrix.scene, name=ids, title=matrix.scene.title or matrix.scene.name)
    named = replace(matrix, scene=scene)
    return Output(draw_matrix(named, options.theme, options.fit, with_font=False, in_page=True).encode())


RENDERER = Renderer(
    "svg",
    (".svg",),
    "image/svg+xml",
    "a picture for web pages and documents",
    FromPlacedScene(_svg, has_two_heads=True),
    overlays=True,
    sequence=_sequence,
    matrix=_matrix,
)

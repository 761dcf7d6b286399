"""PDF: the SVG as vectors with the bundled fonts embedded, one page of the picture's size (extra `pdf`)."""

from typing import Any

from archspec.errors import MissingExtraError
from archspec.renderers import FromPlacedScene, Matrix, Options, Output, PlacedScene, Renderer, clean_text
from archspec.renderers.assets import asset_path

_PAGE = """
#set document(title: sys.inputs.title, date: none)
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image("picture.svg", width: 100%, alt: sys.inputs.title)
"""


def _pdf(placed: PlacedScene, options: Options) -> Output:
    from archspec.renderers import draw

    return _page(draw(placed, options.theme, adapts=False, with_font=False), placed.scene.title, options)


def _matrix(matrix: Matrix, options: Options) -> Output:
    from archspec.renderers import draw_matrix

    svg = draw_matrix(matrix, options.theme, options.fit, adapts=False, with_font=False)
    return _page(svg, matrix.scene.title, options)


def _page(svg: str, title: str, options: Options) -> Output:
    try:
        import typst
    except ImportError:
        raise MissingExtraError("PDF", "pdf") from None
    from archspec.renderers.bitmap import size, strange, unwritable

    width, height = size(svg)
    page = _PAGE.format(width=width * options.scale, height=height * options.scale)
    files: Any = {"main.typ": page.encode(), "picture.svg": svg.encode()}  # its stub knows of one file only
    data = typst.compile(
        files,
        font_paths=[str(asset_path("fonts"))],
        ignore_system_fonts=not strange(svg),
        sys_inputs={"title": clean_text(title) or "Architecture"},
        timestamp=0,
        format="pdf",
    )
    return Output(bytes(data), ("pdf carries no links and no tool tips.", *unwritable(svg)))


RENDERER = Renderer(
    "pdf",
    (".pdf",),
    "application/pdf",
    "vectors for print (extra pdf)",
    FromPlacedScene(_pdf, has_two_heads=True),
    is_text=False,
    overlays=True,
    matrix=_matrix,
)

"""PNG: the SVG in its light colours, painted with the bundled font."""

from archspec.renderers.placed import PlacedScene
from archspec.renderers.renderer import FromPlacedScene, Options, Output, Renderer
from archspec.renderers.sequence import Sequence


def _png(placed: PlacedScene, options: Options) -> Output:
    from archspec.renderers.bitmap import bitmap, unwritable, words_of
    from archspec.renderers.svg.diagram import draw

    made = bitmap(draw(placed, options.theme, adapts=False, with_font=False), options.scale)
    return Output(made, unwritable(words_of(placed)))


def _sequence(sequence: Sequence, options: Options) -> Output:
    from archspec.renderers.bitmap import bitmap, unwritable
    from archspec.renderers.sequence import draw_sequence

    made = bitmap(draw_sequence(sequence, options.theme, adapts=False, with_font=False), options.scale)
    names = (participant.label for participant in sequence.participants)
    return Output(made, unwritable((sequence.title, *names, *(message.label for message in sequence.messages))))


RENDERER = Renderer(
    "png",
    (".png",),
    "image/png",
    "a bitmap, by default at twice the size for sharp screens",
    FromPlacedScene(_png),
    is_text=False,
    sequence=_sequence,
)

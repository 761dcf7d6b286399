"""Both versions in one bitmap."""

from archspec.difference.difference import Difference
from archspec.difference.picture import picture
from archspec.reports import Report, Subject


def png(difference: Difference) -> bytes:
    """The SVG in its light colours, at twice the size for sharp screens."""
    from archspec.renderers import draw
    from archspec.renderers.bitmap import bitmap

    return bitmap(draw(picture(difference).both, adapts=False, with_font=False), 2.0).data


REPORT = Report("png", Subject.DIFFERENCE, (".png",), png, is_text=False)

"""Both versions in one picture."""

from archspec.difference.difference import Difference
from archspec.difference.picture import picture
from archspec.printable import Syntax
from archspec.renderers import draw
from archspec.reports import Report, Subject


def svg(difference: Difference) -> str:
    """Added green, removed red and dashed, changed amber, each with its sign; the rest faint. Light and dark."""
    return draw(picture(difference).both)


REPORT = Report("svg", Subject.DIFFERENCE, (".svg",), svg, syntax=Syntax.MARKUP)

"""What all charts have in common: size, words, axes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from archspec.renderers import Attribute, Style, element, escape, number, shorten, width

WIDTH = 360.0
"""Of a plot, in px: what a phone has beside its margins."""
SMALL = Style(11.8)
"""How wide words may come out: the reader's own font is not known, and some are wider than ours."""
LINE = 16.0


def svg(wide: float, high: float, parts: Sequence[str], more: Mapping[str, Attribute]) -> str:
    """The element around a chart."""
    return element("svg", {"viewBox": f"0 0 {number(wide)} {number(high)}", **more}, *parts)


def words(x: float, y: float, content: str, look: str = "") -> str:
    """A line of text; `look` are classes."""
    return element("text", {"x": x, "y": y, "class": look or None}, escape(content))


def box(x: float, y: float, wide: float, high: float, look: str, said: str) -> str:
    """A rectangle; `look` are classes, `said` shows where the pointer rests."""
    return element("rect", {"x": x, "y": y, "width": wide, "height": high, "class": look}, tip(said))


def tip(content: str) -> str:
    """What shows where the pointer rests; it stands within the element that it belongs to."""
    return element("title", {}, escape(content))


def room(texts: Sequence[str], most: float) -> float:
    """The width that the widest of some texts takes, or `most`."""
    return min(most, max((width(each, SMALL) for each in texts), default=0.0))


def cut(content: str, most: float) -> str:
    """A text that fits."""
    return shorten(content, most, SMALL)


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through points, in the words of SVG."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def upright_ticks(
    places: Sequence[tuple[float, str]], top: float, foot: float, left: float, right: float, title: str
) -> list[str]:
    """Lines from bottom to top with their labels below, each or every so manieth; then what the axis measures."""
    laid = [(x, label, width(label, SMALL) / 2) for x, label in places]
    middles = [(min(max(x, half + 1), right - half), label, half) for x, label, half in laid]
    apart = next(each for each in range(1, len(middles) + 2) if _have_room(middles[::each]))
    lines = (element("path", {"d": f"M{number(x)} {number(top)}V{number(foot)}", "class": "grid"}) for x, _ in places)
    labels = (words(middle, foot + 14, label, "middle soft") for middle, label, _ in middles[::apart])
    return [*lines, *labels, words((left + right) / 2, foot + 29, title, "middle soft")]


def _have_room(labels: Sequence[tuple[float, str, float]]) -> bool:
    """Whether labels, by their middles and half widths, stand apart."""
    return all(a + half + 6 <= b - other for (a, _, half), (b, _, other) in pairwise(labels))

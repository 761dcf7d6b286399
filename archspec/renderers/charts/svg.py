"""Charts as SVG. Every chart is as wide as a phone, so that its words have their size there too."""

from typing import assert_never

from archspec.renderers import Attribute, Chart, Map, Plot, Rows, element, escape, style_sheet
from archspec.renderers.charts.frame import svg
from archspec.renderers.charts.map import draw_map
from archspec.renderers.charts.plot import draw_plot
from archspec.renderers.charts.rows import draw_rows
from archspec.renderers.text import Style, Weight
from archspec.renderers.text import width as text_width

TITLE = Style(11.8, Weight.SEMIBOLD)


def draw(chart: Chart) -> str:
    """The SVG of a chart, for a page that has the style sheet of charts."""
    width, height, parts = _drawn(chart)
    return svg(width, height, parts, {"width": width, "height": height, "role": "img", "aria-label": chart.title})


def draw_alone(charts: tuple[Chart, ...]) -> str:
    """Charts below one another as a file that needs nothing else; each has its title over it."""
    parts, top, widest = list[str](), 0.0, 0.0
    for chart in charts:
        width, height, drawn = _drawn(chart)
        title = element("text", {"x": 0, "y": 16, "class": "strong"}, escape(chart.title))
        parts.append(element("g", {"transform": f"translate(12 {top + 4:g})"}, title))
        parts.append(element("g", {"transform": f"translate(12 {top + 28:g})"}, *drawn))
        top, widest = top + height + 40, max(widest, width + 24, text_width(chart.title, TITLE) + 24)
    ground = element("rect", {"width": widest, "height": top, "class": "ground"})
    style = element("style", {}, style_sheet())
    head: dict[str, Attribute] = {"xmlns": "http://www.w3.org/2000/svg", "width": widest, "height": top}
    return svg(widest, top, [style, ground, *parts], {**head, "class": "chart"}) + "\n"


def _drawn(chart: Chart) -> tuple[float, float, list[str]]:
    match chart:
        case Plot():
            return draw_plot(chart)
        case Rows():
            return draw_rows(chart)
        case Map():
            return draw_map(chart)
        case _:
            assert_never(chart)

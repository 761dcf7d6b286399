"""A placed scene as one SVG document."""

from collections import Counter
from typing import assert_never

from archspec.renderers import DEFAULT, Box, LegendEntry, Palette, PlacedScene, Theme, element
from archspec.renderers.layout.heading import LEGEND, SAMPLE, SAMPLE_GAP, SWATCH, sample_width
from archspec.renderers.layout.place import MARGIN
from archspec.renderers.scene import BoundaryKind, EdgeStyle, Mark, Tint
from archspec.renderers.silhouette import Family
from archspec.renderers.svg.boundaries import boundary_markup, frame_sample
from archspec.renderers.svg.edges import edge_line, plate_markup, sample
from archspec.renderers.svg.nodes import Symbols, node_markup
from archspec.renderers.svg.outlines import family_sample, tinted
from archspec.renderers.svg.parts import document, heading_markup, rectangle, text


def draw(
    placed: PlacedScene, theme: Theme = DEFAULT, *, adapts: bool = True, with_font: bool = True, in_page: bool = False
) -> str:
    """The SVG text.

    `adapts`: carries a style sheet for dark pages; without it the picture is plain, for converters.
    `with_font`: carries the font's ASCII letters, so that it looks the same everywhere.
    `in_page`: becomes part of a page, and is dark when that page is.
    """
    palette, symbols = Palette(adapts, in_page), Symbols(placed.scene.name)
    marks = bool(placed.scene.marks)
    boundaries = "".join(boundary_markup(palette, theme, b, symbols.prefix, marks=marks) for b in placed.boundaries)
    tips = Counter(edge.tip for edge in placed.edges)
    lines = "".join(
        edge_line(palette, theme, edge, marks=marks, ends_in_bundle=tips[edge.tip] > 1) for edge in placed.edges
    )
    nodes = "".join(node_markup(palette, theme, symbols, node, marks=marks) for node in placed.nodes)
    plates = "".join(
        plate_markup(palette, theme, edge.plate, edge.edge, marks=marks) for edge in placed.edges if edge.plate
    )
    return document(
        palette,
        theme,
        name=placed.scene.name,
        title=placed.scene.title or placed.scene.name,
        description=summary(placed),
        size=(placed.width, placed.height),
        definitions=symbols.definitions(),
        body="".join(
            (
                heading_markup(palette, theme, placed.title, placed.description, MARGIN),
                element("g", {"data-layer": "boundaries"}, boundaries) if boundaries else "",
                element("g", {"data-layer": "edges"}, lines) if lines else "",
                element("g", {"data-layer": "nodes", "data-direction": placed.scene.direction.value}, nodes)
                if nodes
                else "",
                element("g", {"data-layer": "labels"}, plates) if plates else "",
                _legend(palette, theme, placed),
            )
        ),
        with_font=with_font,
    )


def summary(placed: PlacedScene) -> str:
    """The picture in words, for screen readers."""
    scene = placed.scene
    counts = f"{len(scene.nodes)} components, {len(scene.edges)} connections"
    asks = "; ".join(f"{edge.source} to {edge.end}" for edge in scene.edges[:40])
    parts = (scene.description, f"{counts}: {asks}" if asks else counts)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _legend(palette: Palette, theme: Theme, placed: PlacedScene) -> str:
    parts = []
    for entry in placed.legend:
        middle = entry.box.centre.y
        swatch = Box(entry.box.x + 1, middle - 8, SWATCH - 2, 16)
        parts.append(_sample(palette, theme, entry, swatch))
        left = entry.box.x + sample_width(entry.style) + SAMPLE_GAP
        parts.append(text(palette, "faint", theme.faint_text, entry.text, left, middle + 4, LEGEND))
    return "".join(parts)


def _sample(palette: Palette, theme: Theme, entry: LegendEntry, swatch: Box) -> str:
    match entry.style:
        case Tint():
            role, colours = tinted(theme, entry.style)
            return rectangle(palette.paint(role, **colours), swatch, 4, stroke_width=1.6)
        case Family():
            return family_sample(palette, theme, entry.style, swatch)
        case BoundaryKind():
            return frame_sample(palette, theme, entry.style, swatch)
        case EdgeStyle() | Mark():
            return sample(palette, theme, entry.style, entry.box.x, swatch.centre.y, SAMPLE)
        case _:
            assert_never(entry.style)

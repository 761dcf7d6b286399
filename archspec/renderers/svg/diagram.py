"""A placed scene as one SVG document."""

from collections import Counter
from collections.abc import Mapping
from typing import assert_never

from archspec.renderers import DEFAULT, Attribute, Box, Palette, Theme, element, escape, number
from archspec.renderers.layout.heading import LEGEND, SAMPLE, SAMPLE_GAP, SWATCH, sample_width
from archspec.renderers.layout.kept import whole
from archspec.renderers.layout.place import MARGIN
from archspec.renderers.layout.plan import BOUNDARY_NAME, BOUNDARY_NOTE
from archspec.renderers.layout.titles import NOTE_GAP
from archspec.renderers.placed import LegendEntry, PlacedBoundary, PlacedScene
from archspec.renderers.scene import BoundaryKind, EdgeStyle, Mark, Tint
from archspec.renderers.silhouette import Family
from archspec.renderers.svg.edges import edge_line, plate_markup, sample
from archspec.renderers.svg.nodes import Symbols, node_markup
from archspec.renderers.svg.outlines import family_sample, tinted
from archspec.renderers.svg.parts import MARKED, document, faint, heading_markup, rectangle, text


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


RADIUS = 14.0
OUTLINE: Mapping[BoundaryKind, Mapping[str, Attribute]] = {
    BoundaryKind.SYSTEM: {"stroke_width": 1.6},
    BoundaryKind.TEAM: {"stroke_dasharray": "2 3"},
    BoundaryKind.NETWORK: {"stroke_width": 1.2},
    BoundaryKind.CLUSTER: {"stroke_width": 1.2, "stroke_dasharray": "12 3"},
    BoundaryKind.PROVIDER: {"stroke_width": 1.6, "stroke_dasharray": "14 4 2 4"},
    BoundaryKind.REGION: {"stroke_width": 1.2, "stroke_dasharray": "8 5"},
    BoundaryKind.ZONE: {"stroke_width": 1.2, "stroke_dasharray": "4 4"},
    BoundaryKind.HOST: {"stroke_width": 2},
    BoundaryKind.PIPELINE: {"stroke_width": 1.2},
}
SQUARE = frozenset((BoundaryKind.HOST,))


def boundary_markup(palette: Palette, theme: Theme, placed: PlacedBoundary, prefix: str, *, marks: bool) -> str:
    """One frame with its title."""
    boundary = placed.boundary
    colour = theme.mark(boundary.mark) if boundary.mark else theme.frame(boundary.kind)
    frame = palette.paint(f"frame-{(boundary.mark or boundary.kind).value}", fill=colour, stroke=colour)
    outline = dict(MARKED[boundary.mark] if boundary.mark else OUTLINE[boundary.kind])
    title = placed.title_box
    baseline = title.y + title.height - 5
    name = (f"{boundary.mark.sign} " if boundary.mark else "") + "".join(placed.title.lines)
    left = title.x + placed.title.width + NOTE_GAP
    note = text(palette, "faint", theme.faint_text, placed.note, left, baseline, BOUNDARY_NOTE) if placed.note else ""
    at = whole(placed.box)
    attributes: dict[str, Attribute] = {
        "id": f"{prefix}-{boundary.id}",
        "data-group": boundary.id,
        **faint(boundary.mark, marks=marks),
        "data-at": f"{number(at.x)} {number(at.y)} {number(at.width)} {number(at.height)}",
    }
    return element(
        "g",
        attributes,
        element("title", {}, escape(f"{boundary.label or boundary.id} ({boundary.kind.value})")),
        rectangle(frame, placed.box, _radius(boundary.kind, RADIUS), fill_opacity=0.045, stroke_opacity=0.7, **outline),
        text(palette, "frame-name", theme.text, name, title.x, baseline, BOUNDARY_NAME),
        note,
    )


def frame_sample(palette: Palette, theme: Theme, kind: BoundaryKind, box: Box) -> str:
    """A small frame for the legend."""
    colour = theme.frame(kind)
    paint = palette.paint(f"frame-{kind.value}", fill=colour, stroke=colour)
    return rectangle(paint, box, _radius(kind, 5), fill_opacity=0.045, stroke_opacity=0.7, **OUTLINE[kind])


def _radius(kind: BoundaryKind, usual: float) -> float:
    return usual if kind not in SQUARE else 2.0 if usual < RADIUS else 4.0

"""Frames round groups: each kind has an outline of its own, so that it does not hang on colour."""

from collections.abc import Mapping

from archspec.renderers import Attribute, BoundaryKind, Box, Palette, PlacedBoundary, Theme, element, escape, number
from archspec.renderers.layout.kept import whole
from archspec.renderers.layout.plan import BOUNDARY_NAME, BOUNDARY_NOTE
from archspec.renderers.layout.titles import NOTE_GAP
from archspec.renderers.svg.parts import MARKED, faint, rectangle, text

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

"""Frames round groups, and a place for each name in the frame's upper strip that no edge runs through."""

from collections.abc import Mapping, Sequence

from archspec.renderers.geometry import Box
from archspec.renderers.layout.plan import (
    BOUNDARY_NAME,
    BOUNDARY_NOTE,
    BOUNDARY_TITLE_HEIGHT,
    Plan,
    boundary_note,
    boundary_title,
)
from archspec.renderers.placed import PlacedBoundary, PlacedEdge, PlacedNode
from archspec.renderers.text import width

INSET_X, INSET_Y, NOTE_GAP, STRIDE = 12.0, 6.0, 8.0, 8.0


def placed_boundaries(
    plan: Plan, boxes: Mapping[str, Box], nodes: Sequence[PlacedNode], edges: Sequence[PlacedEdge]
) -> tuple[PlacedBoundary, ...]:
    """The frames with their titles, outer ones first. Boundaries that hold nothing are left out."""
    obstacles = [node.box for node in nodes] + [edge.plate.box for edge in edges if edge.plate]
    runs = [_run(edge) for edge in edges]
    found: list[PlacedBoundary] = []
    for boundary in plan.scene.boundaries:
        if boundary.id not in boxes:
            continue
        box, title = boxes[boundary.id], boundary_title(boundary)
        inner = [other for id_, other in boxes.items() if id_ != boundary.id and box.holds(other)]
        length = title.width + NOTE_GAP + width(boundary_note(boundary), BOUNDARY_NOTE)
        title_box = _free_slot(box, length, obstacles + inner, runs)
        found.append(PlacedBoundary(boundary, box, title, title_box, len(plan.chain(boundary.id))))
    return tuple(sorted(found, key=lambda placed: placed.depth))


def title_width(boundary_name: float, note: str) -> float:
    """Width of a name of `boundary_name` px with its note beside it."""
    return boundary_name + NOTE_GAP + width(note, BOUNDARY_NOTE)


def _run(edge: PlacedEdge) -> list[Box]:
    """The edge as small boxes, two px wide at least."""
    boxes = []
    for curve in edge.path:
        points = list(curve.points())
        for a, b in zip(points, points[1:], strict=False):
            boxes.append(Box(min(a.x, b.x) - 1, min(a.y, b.y) - 1, abs(a.x - b.x) + 2, abs(a.y - b.y) + 2))
    return boxes


def _free_slot(box: Box, length: float, obstacles: Sequence[Box], runs: Sequence[Sequence[Box]]) -> Box:
    """The leftmost free place for the title in the strip, else in the lower strip, else top left."""
    first = Box(box.x + INSET_X, box.y + INSET_Y, length, BOUNDARY_TITLE_HEIGHT)
    low = first.moved(0, box.height - 2 * INSET_Y - BOUNDARY_TITLE_HEIGHT + 4)
    near = [small for run in runs for small in run if small.overlaps(box)] + list(obstacles)
    for start in (first, low):
        for step in range(1 + max(0, int((box.width - 2 * INSET_X - length) / STRIDE))):
            slot = start.moved(step * STRIDE, 0)
            if not any(slot.overlaps(other) for other in near):
                return slot
    return first

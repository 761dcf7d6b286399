"""Frames round groups, and a place for each name in the frame's upper strip that no edge runs through."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from archspec.renderers import Boundary, Box, Direction, PlacedBoundary, PlacedEdge, PlacedNode, TextBlock, width
from archspec.renderers.layout.grid import Grid
from archspec.renderers.layout.plan import BOUNDARY_NOTE, BOUNDARY_TITLE_HEIGHT, Plan, boundary_note, boundary_title

INSET_X, INSET_Y, NOTE_GAP, STRIDE, STRIP, BESIDE = 12.0, 6.0, 8.0, 8.0, 30.0, 5.0


def placed_boundaries(
    plan: Plan, boxes: Mapping[str, Box], nodes: Sequence[PlacedNode], edges: Sequence[PlacedEdge]
) -> tuple[PlacedBoundary, ...]:
    """The frames with their titles, outer ones first. Boundaries that hold nothing are left out."""
    cards = [node.box for node in nodes] + [edge.plate.box for edge in edges if edge.plate]
    obstacles = [*cards, *(small for edge in edges for small in _run(edge))]
    grid = Grid.of(obstacles)
    upwards = plan.scene.direction is Direction.UP
    found: list[PlacedBoundary] = []
    for boundary in plan.scene.boundaries:
        if boundary.id not in boxes:
            continue
        box, title = boxes[boundary.id], boundary_title(boundary)
        inner = [other for id_, other in boxes.items() if id_ != boundary.id and box.holds(other)]
        strips = (Box(box.x, box.y, box.width, STRIP), Box(box.x, box.bottom - STRIP, box.width, STRIP))
        near = [obstacles[index] for strip in strips for index in grid.near(strip)]
        depth = len(plan.chain(boundary.id))
        found.append(_titled(boundary, box, title, depth, near + inner, upwards=upwards))
    return tuple(sorted(found, key=lambda placed: placed.depth))


def _titled(
    boundary: Boundary, box: Box, title: TextBlock, depth: int, near: Sequence[Box], *, upwards: bool
) -> PlacedBoundary:
    """The title with its note where that fits, else alone, else where it stands in nobody's way but an edge's."""
    note = boundary_note(boundary)
    lengths = {note: title.width + NOTE_GAP + width(note, BOUNDARY_NOTE), "": title.width}
    for words, length in lengths.items():
        slot = _free_slot(box, length, near, upwards=upwards)
        if slot:
            return PlacedBoundary(boundary, box, title, words, slot, depth)
    return PlacedBoundary(boundary, box, title, "", _top_left(box, title.width), depth)


def _run(edge: PlacedEdge) -> list[Box]:
    """The edge as small boxes, with the room beside it that a title keeps free."""
    boxes = []
    for curve in edge.path:
        points = list(curve.points(6))
        for a, b in pairwise(points):
            boxes.append(Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grown(BESIDE))
    return boxes


def _top_left(box: Box, length: float) -> Box:
    return Box(box.x + INSET_X, box.y + INSET_Y, length, BOUNDARY_TITLE_HEIGHT)


def _free_slot(box: Box, length: float, near: Sequence[Box], *, upwards: bool) -> Box | None:
    """The leftmost free place in the upper strip, else in the lower one.

    Where edges run upwards it is the lower strip that Graphviz keeps free, so that one comes first.
    """
    first = _top_left(box, length)
    low = first.moved(0, box.height - 2 * INSET_Y - BOUNDARY_TITLE_HEIGHT + 4)
    for start in (low, first) if upwards else (first, low):
        for step in range(1 + max(0, int((box.width - 2 * INSET_X - length) / STRIDE))):
            slot = start.moved(step * STRIDE, 0)
            if not any(slot.overlaps(other) for other in near):
                return slot
    return None

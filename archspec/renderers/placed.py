"""A scene in which everything has its place, in px: all that a format that draws needs to know."""

from archspec.frozen import frozen
from archspec.renderers.geometry import Box, Curve, Point
from archspec.renderers.scene import Boundary, BoundaryKind, EdgeStyle, Mark, Scene, SceneEdge, SceneNode, Tint
from archspec.renderers.silhouette import Family
from archspec.renderers.text import TextBlock


@frozen
class PlacedNode:
    """A card. `box` bounds all of it, with the stack of replicas and room for a loop; `card` is its front, with so many
    `layers` behind it.
    """

    node: SceneNode
    box: Box
    card: Box
    name: TextBlock
    detail: TextBlock
    layers: int = 0


@frozen
class PlacedBoundary:
    """A frame with its title and a small note beside it (none where it is narrow). Outer frames come first."""

    boundary: Boundary
    box: Box
    title: TextBlock
    note: str
    title_box: Box
    depth: int


@frozen
class Plate:
    """A small label that interrupts its edge."""

    box: Box
    text: TextBlock
    step: str = ""


@frozen
class PlacedEdge:
    """A line from source to target: joined curves whose last one ends at the arrow's tip.

    `tip_from` is a point behind the tip that gives the arrow its direction.
    """

    edge: SceneEdge
    path: tuple[Curve, ...]
    tip: Point
    tip_from: Point
    plate: Plate | None = None


Told = EdgeStyle | Mark | Tint | Family | BoundaryKind
"""What a legend explains."""


@frozen
class LegendEntry:
    """A sample of a line, a frame or a card at the left of the box, and its name."""

    style: Told
    text: str
    box: Box


@frozen
class PlacedScene:
    """The picture, `width` by `height` px, with its heading above and its legend below."""

    scene: Scene
    width: float
    height: float
    title: TextBlock
    description: TextBlock
    boundaries: tuple[PlacedBoundary, ...]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    legend: tuple[LegendEntry, ...]

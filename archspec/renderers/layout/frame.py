"""Flow coordinates: u along the flow, v across it, so that routing is written once for four directions."""

from archspec.frozen import frozen
from archspec.renderers import Box, Direction, Point


@frozen
class Extent:
    """A box in flow coordinates."""

    u0: float
    u1: float
    v0: float
    v1: float

    @property
    def u(self) -> float:
        """The middle along the flow."""
        return (self.u0 + self.u1) / 2

    @property
    def v(self) -> float:
        """The middle across the flow."""
        return (self.v0 + self.v1) / 2


@frozen
class Frame:
    """Turns places of the picture into flow coordinates and back."""

    direction: Direction

    def span(self, box: Box) -> Extent:
        """The box in flow coordinates."""
        a, b = self.flow(Point(box.x, box.y)), self.flow(Point(box.right, box.bottom))
        return Extent(min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1]))

    def flow(self, point: Point) -> tuple[float, float]:
        """(u, v) of a place."""
        along, across = (point.x, point.y) if self.direction.is_horizontal else (point.y, point.x)
        return (-along if self.direction in (Direction.LEFT, Direction.UP) else along), across

    def place(self, u: float, v: float) -> Point:
        """The place that has these flow coordinates."""
        along = -u if self.direction in (Direction.LEFT, Direction.UP) else u
        return Point(along, v) if self.direction.is_horizontal else Point(v, along)

    def box(self, span: Extent) -> Box:
        """The box that has these flow coordinates."""
        a, b = self.place(span.u0, span.v0), self.place(span.u1, span.v1)
        return Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))

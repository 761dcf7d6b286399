"""Points, boxes and cubic curves, in CSS pixels: x to the right, y downwards."""

from collections.abc import Iterable, Iterator

from archspec.frozen import frozen


@frozen
class Point:
    """A place in the picture, in px from its top left corner."""

    x: float
    y: float


@frozen
class Box:
    """An upright rectangle: top left corner, width and height, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """X of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Y of the lower side."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def grown(self, by: float) -> "Box":
        """The box with `by` px more on every side (less, if negative).

        >>> Box(10, 10, 20, 20).grown(-5)
        Box(x=15, y=15, width=10, height=10)
        """
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, dx: float, dy: float) -> "Box":
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share an area; boxes that only touch do not.

        >>> Box(0, 0, 10, 10).overlaps(Box(10, 0, 10, 10))
        False
        """
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, point: Point) -> bool:
        """Whether the point lies inside, border excluded."""
        return self.x < point.x < self.right and self.y < point.y < self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether the other lies in this one as a whole."""
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom


@frozen
class Curve:
    """A cubic Bézier curve; a straight line has its control points on the line."""

    start: Point
    control_1: Point
    control_2: Point
    end: Point

    def at(self, t: float) -> Point:
        """The point at parameter `t` from 0 (start) to 1 (end)."""
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return Point(
            a * self.start.x + b * self.control_1.x + c * self.control_2.x + d * self.end.x,
            a * self.start.y + b * self.control_1.y + c * self.control_2.y + d * self.end.y,
        )

    @property
    def is_straight(self) -> bool:
        """Whether it is a line along an axis."""
        xs = {self.start.x, self.control_1.x, self.control_2.x, self.end.x}
        ys = {self.start.y, self.control_1.y, self.control_2.y, self.end.y}
        return len(xs) == 1 or len(ys) == 1

    def points(self, steps: int = 16) -> Iterator[Point]:
        """The curve as `steps` chords: `steps + 1` points (2 for a straight line)."""
        count = 1 if self.is_straight else steps
        return (self.at(index / count) for index in range(count + 1))


def line(start: Point, end: Point) -> Curve:
    """A straight piece."""
    return Curve(start, start, end, end)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all; an empty box where there are none.

    >>> around([Box(0, 0, 10, 10), Box(20, 5, 10, 10)])
    Box(x=0, y=0, width=30, height=15)
    """
    all_boxes = list(boxes)
    if not all_boxes:
        return Box(0, 0, 0, 0)
    left, top = min(box.x for box in all_boxes), min(box.y for box in all_boxes)
    right, bottom = max(box.right for box in all_boxes), max(box.bottom for box in all_boxes)
    return Box(left, top, right - left, bottom - top)

"""Boxes by the squares they touch, so that neighbours are found without asking everybody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from archspec.frozen import frozen
from archspec.renderers import Box

SQUARE = 160.0


@frozen
class Grid:
    """The given boxes; `near` answers with indices into them.

    >>> list(Grid.of([Box(0, 0, 10, 10), Box(900, 0, 10, 10)]).near(Box(5, 5, 1, 1)))
    [0]
    """

    squares: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, boxes: Sequence[Box]) -> "Grid":
        """A grid that holds these boxes."""
        grid = cls()
        for index, box in enumerate(boxes):
            for square in _squares(box):
                grid.squares[square].append(index)
        return grid

    def near(self, box: Box) -> Iterable[int]:
        """Indices of the boxes that share a square with this one, in rising order, each once."""
        found = {index for square in _squares(box) if square in self.squares for index in self.squares[square]}
        return sorted(found)


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // SQUARE), int(box.right // SQUARE) + 1):
        for row in range(int(box.y // SQUARE), int(box.bottom // SQUARE) + 1):
            yield column, row

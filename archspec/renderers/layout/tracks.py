"""In which order edges turn within a channel, so that they cross as little as can be and never coincide."""

from collections.abc import Sequence

from archspec.frozen import frozen

SAME, OVERLAP_COST, APART = 4.0, 5, 8.0


@frozen
class Turn:
    """An edge that enters a channel at one v and leaves it at another; or several that turn as one line, and either
    come from one place or go to one. `edge` is the first of them.
    """

    edge: int
    enters: tuple[float, ...]
    leaves: tuple[float, ...]

    @property
    def low(self) -> float:
        """The smaller v."""
        return min(*self.enters, *self.leaves)

    @property
    def high(self) -> float:
        """The larger v."""
        return max(*self.enters, *self.leaves)


def tracks(turns: Sequence[Turn]) -> dict[int, int]:
    """The track of each edge, 0 first along the flow; turns that do not meet share one.

    >>> tracks([Turn(0, (0,), (50,)), Turn(1, (10,), (60,))]) == {0: 1, 1: 0}
    True
    >>> tracks([Turn(0, (0,), (10,)), Turn(1, (90,), (100,))]) == {0: 0, 1: 0}
    True
    """
    found: dict[int, int] = {}
    placed: list[tuple[Turn, int]] = []
    for turn in _ordered(turns):
        near = (n for other, n in placed if turn.low - APART < other.high and other.low - APART < turn.high)
        track = max(near, default=-1) + 1
        placed.append((turn, track))
        found[turn.edge] = track
    return found


def _ordered(turns: Sequence[Turn]) -> list[Turn]:
    """Each turn put in where it costs least among those already in order, longest first."""
    order: list[Turn] = []
    for turn in sorted(turns, key=lambda one: (one.low - one.high, one.low, one.edge)):
        cost = sum(_cost(turn, other) for other in order)
        best, place = cost, 0
        for index, other in enumerate(order, start=1):
            cost += _cost(other, turn) - _cost(turn, other)
            if cost < best:
                best, place = cost, index
        order.insert(place, turn)
    return order


def _cost(first: Turn, second: Turn) -> int:
    """Crossings where `first` turns before `second`, and a high price for lines that would coincide."""
    crossings = sum(first.low < v < first.high for v in second.enters)
    crossings += sum(second.low < v < second.high for v in first.leaves)
    coincide = any(abs(one - other) < SAME for one in first.leaves for other in second.enters)
    return crossings + OVERLAP_COST * coincide

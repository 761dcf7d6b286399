"""Where each edge passes each rank: a port on its card's side, a lane between cards, or its label's place."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

LANE_GAP, PORT_GAP, CLEARANCE, PORT_MARGIN = 10.0, 14.0, 10.0, 12.0
STRAIGHT, KINK = 0.5, 8.0
"""px aside that nobody sees, and from which on a step aside looks like a turn."""
EVERYWHERE = (float("-inf"), float("inf"))

Key = tuple[str, ...]


@dataclass(slots=True)
class Stop:
    """One passage of one edge through one rank, at `v` across the flow; `half` is half a label's size."""

    edge: int
    rank: int
    row: Key
    v: float
    half: float = 0.0


@dataclass(slots=True)
class Row:
    """Stops that stand side by side, in order, with walls between which they may move.

    A row is one rank between its cards, or one side of one card. `bounds` closes it; `gap` is the least
    distance between two stops.
    """

    walls: tuple[tuple[float, float], ...] = ()
    bounds: tuple[float, float] = EVERYWHERE
    gap: float = LANE_GAP
    stops: list[Stop] = field(default_factory=list)

    def add(self, stop: Stop) -> None:
        """Put a stop at its place in the order."""
        insort(self.stops, stop, key=lambda one: (one.v, one.edge))

    def room(self, stop: Stop) -> tuple[float, float]:
        """From where to where the stop may move without passing a wall or a neighbour."""
        low, high = self.bounds
        before = bisect_left(self.walls, stop.v, key=lambda wall: (wall[0] + wall[1]) / 2)
        if before > 0:
            low = max(low, self.walls[before - 1][1] + CLEARANCE + stop.half)
        if before < len(self.walls):
            high = min(high, self.walls[before][0] - CLEARANCE - stop.half)
        index = self.stops.index(stop)
        if index > 0:
            other = self.stops[index - 1]
            low = max(low, other.v + other.half + stop.half + self.gap)
        if index + 1 < len(self.stops):
            other = self.stops[index + 1]
            high = min(high, other.v - other.half - stop.half - self.gap)
        return low, high

    def settle(self) -> None:
        """Move the stops apart and off the walls, as little as that takes; share what room there is."""
        groups: dict[int, list[Stop]] = {}
        for stop in self.stops:
            before = bisect_left(self.walls, stop.v, key=lambda wall: (wall[0] + wall[1]) / 2)
            groups.setdefault(before, []).append(stop)
        for before, stops in groups.items():
            low = self.walls[before - 1][1] if before > 0 else self.bounds[0]
            high = self.walls[before][0] if before < len(self.walls) else self.bounds[1]
            _spread(stops, low, high, self.gap, CLEARANCE if self.walls else 0.0)


def _spread(stops: Sequence[Stop], low: float, high: float, gap: float, clearance: float) -> None:
    taken = sum(2 * stop.half for stop in stops)
    needed = taken + gap * (len(stops) - 1) + 2 * clearance
    scale = min(1.0, max(0.05, (high - low - taken) / max(needed - taken, 1.0)))
    gap, clearance = gap * scale, clearance * scale
    floor = low + clearance
    for stop in stops:
        stop.v = max(stop.v, floor + stop.half)
        floor = stop.v + stop.half + gap
    ceiling = high - clearance
    for stop in reversed(stops):
        stop.v = min(stop.v, ceiling - stop.half)
        ceiling = stop.v - stop.half - gap


def side_row(v0: float, v1: float, count: int, *, reach: float = float("inf")) -> Row:
    """The row of one side of a card from v0 to v1, for `count` edges.

    They keep within `reach` of the middle unless there are too many of them for that.
    """
    middle, half = (v0 + v1) / 2, (v1 - v0) / 2 - PORT_MARGIN
    half = min(half, max(reach, PORT_GAP * (count - 1) / 2))
    gap = min(PORT_GAP, 2 * half / max(1, count - 1))
    return Row(bounds=(middle - half, middle + half), gap=gap)


def spread_evenly(row: Row) -> None:
    """Ports side by side around the middle of their side, in their order."""
    middle = (row.bounds[0] + row.bounds[1]) / 2
    for position, stop in enumerate(row.stops):
        stop.v = middle + row.gap * (position - (len(row.stops) - 1) / 2)


def straighten(
    edges: Iterable[Sequence[Stop]], rows: Mapping[Key, Row], fences: Mapping[int, tuple[float, float]]
) -> None:
    """Move stops so that each edge keeps one line over as many ranks as its neighbours let it.

    `fences` are further limits of a stop by its identity (the borders of groups).
    """
    for stops in edges:
        run: list[Stop] = []
        low, high = EVERYWHERE
        for stop in stops:
            room = _room(stop, rows, fences)
            if run and max(low, room[0]) > min(high, room[1]):
                _align(run, low, high)
                run, (low, high) = [], EVERYWHERE
            run.append(stop)
            low, high = max(low, room[0]), min(high, room[1])
        _align(run, low, high)


def _room(stop: Stop, rows: Mapping[Key, Row], fences: Mapping[int, tuple[float, float]]) -> tuple[float, float]:
    low, high = rows[stop.row].room(stop)
    fence = fences.get(id(stop), EVERYWHERE)
    low, high = max(low, fence[0]), min(high, fence[1])
    return (low, high) if low <= high else (stop.v, stop.v)


def _align(run: Sequence[Stop], low: float, high: float) -> None:
    """All stops of the run at one v: the middle one of where they are, within the common room."""
    places = sorted(stop.v for stop in run)
    v = min(max(places[len(places) // 2], low), high)
    for stop in run:
        stop.v = v


def smooth(edges: Iterable[Sequence[Stop]], rows: Mapping[Key, Row]) -> None:
    """Shift all ports of a side by a few px where that leaves fewer steps aside too short to be seen as turns."""
    paths = list(edges)
    through: dict[Key, list[Sequence[Stop]]] = {}
    for stops in paths:
        for end in (stops[0], stops[-1]):
            through.setdefault(end.row, []).append(stops)
    for stops in paths:
        for end, beside in ((stops[0], stops[1]), (stops[-1], stops[-2])):
            by = beside.v - end.v
            if STRAIGHT < abs(by) < KINK:
                _shift(rows[end.row], by, through[end.row])


def _shift(row: Row, by: float, paths: Sequence[Sequence[Stop]]) -> None:
    low, high = row.bounds
    if row.stops[0].v + by < low - KINK or row.stops[-1].v + by > high + KINK:
        return
    before = sum(map(_kinks, paths))
    for stop in row.stops:
        stop.v += by
    if sum(map(_kinks, paths)) >= before:
        for stop in row.stops:
            stop.v -= by


def _kinks(stops: Sequence[Stop]) -> int:
    return sum(STRAIGHT < abs(one.v - other.v) < KINK for one, other in pairwise(stops))

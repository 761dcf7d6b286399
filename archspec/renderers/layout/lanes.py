"""Where each edge passes each rank: the lanes that Graphviz found, kept apart from cards and each other."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archspec.renderers.geometry import Curve
from archspec.renderers.layout.frame import Frame, Span

CLEARANCE = 10.0
SAME_RANK = 1.5


@dataclass(frozen=True, slots=True)
class Rank:
    """A column (or row) of boxes that Graphviz lined up: its extent along the flow and who stands in it."""

    u0: float
    u1: float
    members: tuple[Span, ...]

    @property
    def u(self) -> float:
        """The middle along the flow."""
        return (self.u0 + self.u1) / 2


def ranks(spans: Sequence[Span]) -> tuple[Rank, ...]:
    """The ranks, in the order of the flow."""
    found: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (span.u, span.v)):
        if found and span.u - found[-1][0].u <= SAME_RANK:
            found[-1].append(span)
        else:
            found.append([span])
    return tuple(Rank(min(s.u0 for s in row), max(s.u1 for s in row), tuple(row)) for row in found)


def rank_at(all_ranks: Sequence[Rank], u: float) -> int:
    """The index of the rank whose middle is at `u`."""
    middles = [rank.u for rank in all_ranks]
    index = bisect_left(middles, u)
    near = [i for i in (index - 1, index) if 0 <= i < len(middles)]
    return min(near, key=lambda i: abs(middles[i] - u))


def crossing(frame: Frame, curves: Sequence[Curve], u: float) -> float | None:
    """The v at which the curves pass `u`, by halving; none where they do not reach it."""
    for curve in curves:
        low, high = frame.flow(curve.start)[0], frame.flow(curve.end)[0]
        if min(low, high) <= u <= max(low, high):
            return _halve(frame, curve, u, rising=low <= high)
    return None


def _halve(frame: Frame, curve: Curve, u: float, *, rising: bool) -> float:
    t0, t1 = 0.0, 1.0
    for _ in range(24):
        middle = (t0 + t1) / 2
        before = frame.flow(curve.at(middle))[0] < u
        t0, t1 = (middle, t1) if before == rising else (t0, middle)
    return frame.flow(curve.at((t0 + t1) / 2))[1]


def spread(rank: Rank, wanted: Mapping[int, float]) -> dict[int, float]:
    """The lanes of one rank by edge, moved as little as keeps them clear of boxes and of each other.

    Between two neighbouring boxes the lanes keep their order; where the gap is too narrow for the
    clearance, they share it evenly.
    """
    boxes = sorted((member.v0, member.v1) for member in rank.members)
    groups: dict[int, list[tuple[float, int]]] = {}
    for edge, v in wanted.items():
        groups.setdefault(_gap(boxes, v), []).append((v, edge))
    placed: dict[int, float] = {}
    for gap, lanes in groups.items():
        low = boxes[gap - 1][1] if gap > 0 else float("-inf")
        high = boxes[gap][0] if gap < len(boxes) else float("inf")
        lanes.sort()
        for (_, edge), v in zip(lanes, _apart([v for v, _ in lanes], low, high), strict=True):
            placed[edge] = v
    return placed


def _gap(boxes: Sequence[tuple[float, float]], v: float) -> int:
    """How many boxes lie before the lane, by their middles."""
    return sum((low + high) / 2 < v for low, high in boxes)


def _apart(lanes: list[float], low: float, high: float) -> list[float]:
    """The sorted lanes between `low` and `high`, at least a clearance apart where there is room."""
    step = min(CLEARANCE, (high - low) / (len(lanes) + 1))
    result: list[float] = []
    floor = low + step
    for v in lanes:
        result.append(max(v, floor))
        floor = result[-1] + step
    ceiling = high - step
    for index in range(len(result) - 1, -1, -1):
        result[index] = min(result[index], ceiling)
        ceiling = result[index] - step
    return result

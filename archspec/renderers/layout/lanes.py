"""Ranks, and where Graphviz's curves pass them."""

from bisect import bisect_left
from collections.abc import Sequence

from archspec.frozen import frozen
from archspec.renderers import Curve, Extent, Frame

SAME_RANK = 9.0
"""Middles of one rank differ by as much as half the deepest stack of replicas."""


@frozen
class Rank:
    """A column (or row) of boxes that Graphviz lined up: its extent along the flow."""

    u0: float
    u1: float
    u: float


def ranks(spans: Sequence[Extent]) -> tuple[Rank, ...]:
    """The ranks, in the order of the flow."""
    found: list[list[Extent]] = []
    for span in sorted(spans, key=lambda span: (span.u, span.v)):
        if found and span.u - found[-1][0].u <= SAME_RANK:
            found[-1].append(span)
        else:
            found.append([span])
    return tuple(Rank(min(s.u0 for s in row), max(s.u1 for s in row), row[0].u) for row in found)


def rank_at(all_ranks: Sequence[Rank], u: float) -> int:
    """The index of the rank whose middle is nearest to `u`."""
    index = bisect_left(all_ranks, u, key=lambda rank: rank.u)
    near = [i for i in (index - 1, index) if 0 <= i < len(all_ranks)]
    return min(near, key=lambda i: abs(all_ranks[i].u - u))


def crossing(frame: Frame, curves: Sequence[Curve], u: float) -> float | None:
    """The v at which the curves pass `u`, by halving; none where they do not reach it."""
    for curve in curves:
        low, high = frame.flow(curve.start)[0], frame.flow(curve.end)[0]
        if min(low, high) <= u <= max(low, high):
            return _halve(frame, curve, u, rising=low <= high)
    return None


def _halve(frame: Frame, curve: Curve, u: float, *, rising: bool) -> float:
    t0, t1 = 0.0, 1.0
    for _ in range(20):
        middle = (t0 + t1) / 2
        before = frame.flow(curve.at(middle))[0] < u
        t0, t1 = (middle, t1) if before == rising else (t0, middle)
    return frame.flow(curve.at((t0 + t1) / 2))[1]

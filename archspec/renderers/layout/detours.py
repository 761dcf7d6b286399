"""A line that crosses others may pass ranks elsewhere: through a wider gap between cards, or past the last of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf

from archspec.frozen import frozen
from archspec.renderers import Extent, Plan
from archspec.renderers.layout.passages import Field, strange_frames
from archspec.renderers.layout.stops import CLEARANCE, LANE_GAP, Stop

CROSSING, ASIDE, LENGTH = 90.0, 8.0, 1 / 40
"""What a crossing, a step aside and a px cost."""
BEYOND = 100.0
"""px past the last card of a rank in which a line may pass it."""
MOST = 200
"""Lines of a picture up to which ways are sought: beyond, nobody follows one."""

Leg = tuple[float, float]
"""Where a line enters a channel and where it leaves it."""


def detours(plan: Plan, field: Field, edges: Mapping[int, tuple[Stop, ...]]) -> None:
    """Let each line that crosses others take the way between its ends that costs least, the others staying as they are.
    Lines of a bundle, and where their labels are, stay.
    """
    if len(edges) > MOST:
        return
    legs: dict[int, Counter[Leg]] = defaultdict(Counter)
    for stops in edges.values():
        _count(legs, stops, 1)
    gaps = _Gaps.of(field, edges)
    for index, stops in sorted(edges.items(), key=lambda item: (-len(item[1]), item[0])):
        if index in plan.bundle_of or len(stops) < 3:
            continue
        _count(legs, stops, -1)
        before = _cost(legs, stops, [stop.v for stop in stops])
        if before >= CROSSING:
            ways = [gaps.ways(stop, strange_frames(plan, field, index)) for stop in stops]
            found = _cheapest(legs, stops, ways)
            if _cost(legs, stops, found) < before - CROSSING / 2:
                for stop, v in zip(stops, found, strict=True):
                    stop.v = v
        _count(legs, stops, 1)


def _count(legs: Mapping[int, Counter[Leg]], stops: Sequence[Stop], by: int) -> None:
    """Add a line's legs, or take them away; lines of a bundle have some in common."""
    for before, after in pairwise(stops):
        legs[before.rank][before.v, after.v] += by
        if not legs[before.rank][before.v, after.v]:
            del legs[before.rank][before.v, after.v]


def _cost(legs: Mapping[int, Counter[Leg]], stops: Sequence[Stop], places: Sequence[float]) -> float:
    return sum(_leg(legs[stop.rank], one, other) for stop, (one, other) in zip(stops, pairwise(places), strict=False))


def _leg(others: Iterable[Leg], enters: float, leaves: float) -> float:
    """What it costs to go from one place to another through a channel."""
    crossed = sum((enters - start) * (leaves - end) < 0 for start, end in others)
    return CROSSING * crossed + (abs(enters - leaves) * LENGTH + ASIDE if abs(enters - leaves) > 1 else 0.0)


@frozen
class _Gaps:
    """What stands in each rank: cards, and lanes and labels of lines."""

    field: Field
    cards: Mapping[int, list[Leg]]
    lanes: Mapping[int, list[Stop]]

    @classmethod
    def of(cls, field: Field, edges: Mapping[int, tuple[Stop, ...]]) -> "_Gaps":
        cards: dict[int, list[Leg]] = defaultdict(list)
        for span in field.nodes.values():
            cards[field.rank_of(span)].append((span.v0, span.v1))
        lanes: dict[int, list[Stop]] = defaultdict(list)
        for stop in {id(stop): stop for stops in edges.values() for stop in stops[1:-1]}.values():
            lanes[stop.rank].append(stop)
        return cls(field, {rank: sorted(found) for rank, found in cards.items()}, lanes)

    def ways(self, stop: Stop, frames: Sequence[Extent]) -> list[float]:
        """Where a line may pass a rank: as it does, and in each gap that is wide enough and in no strange frame."""
        cards = self.cards.get(stop.rank)
        if stop.half or stop.row[0] != "rank" or not cards:
            return [stop.v]
        rank = self.field.ranks[stop.rank]
        walls = [frame for frame in frames if frame.u0 < rank.u1 and rank.u0 < frame.u1]
        found = [stop.v]
        borders = [(-inf, cards[0][0] - BEYOND), *cards, (cards[-1][1] + BEYOND, inf)]
        for (_, start), (end, _) in pairwise(borders):
            inside = [one for one in self.lanes[stop.rank] if start < one.v < end and one is not stop]
            between = sorted((one.v - one.half, one.v + one.half) for one in inside)
            if end - start >= 2 * CLEARANCE + sum(high - low + LANE_GAP for low, high in between):
                places = [start + CLEARANCE, *(place for lane in between for place in lane), end - CLEARANCE]
                found += [(low + high) / 2 for low, high in zip(places[::2], places[1::2], strict=True)]
        return [v for v in dict.fromkeys(found) if v == stop.v or not any(w.v0 < v < w.v1 for w in walls)]


def _cheapest(legs: Mapping[int, Counter[Leg]], stops: Sequence[Stop], ways: Sequence[Sequence[float]]) -> list[float]:
    """The places that cost least, rank by rank."""
    best: dict[float, tuple[float, list[float]]] = {v: (0.0, [v]) for v in ways[0]}
    for stop, places in zip(stops, ways[1:], strict=False):
        others = legs[stop.rank]
        best = {
            v: min(
                ((cost + _leg(others, before, v), [*way, v]) for before, (cost, way) in best.items()),
                key=lambda found: found[0],
            )
            for v in places
        }
    return min(best.values(), key=lambda found: found[0])[1]

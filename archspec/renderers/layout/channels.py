"""The channels between ranks, made as wide as the edges that turn in them need."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from archspec.frozen import frozen
from archspec.renderers import Extent
from archspec.renderers.layout.passages import Field
from archspec.renderers.layout.stops import Stop
from archspec.renderers.layout.tracks import Turn, tracks

TRACK_GAP, TRACK_PAD, NARROWEST, LEAST_ZONE, JOG = 10.0, 15.0, 30.0, 12.0, 0.5


@frozen
class Channels:
    """How far each rank moves along the flow, and the u at which each edge turns in each channel.

    Channel i lies behind rank i. `turns` are by (edge, channel).
    """

    shifts: tuple[float, ...]
    turns: Mapping[tuple[int, int], float]


def channels(field: Field, edges: Mapping[int, tuple[Stop, ...]], leads: Mapping[int, int]) -> Channels:
    """The channels of a layout, from the first to the last. `leads`: with which edge one turns, by index; itself where
    it is not in a bundle.
    """
    turns, together = _turns(edges, leads)
    shifts, found = [0.0], dict[tuple[int, int], float]()
    for index in range(len(field.ranks) - 1):
        start, end = field.ranks[index].u1, field.ranks[index + 1].u0
        behind, ahead = _borders(field, index, start, end)
        numbers = tracks(turns.get(index, ()))
        count = max(numbers.values(), default=-1) + 1
        straight = max(NARROWEST - behind - ahead, LEAST_ZONE)
        zone = 2 * TRACK_PAD + TRACK_GAP * (count - 1) if count else straight
        first = start + shifts[-1] + behind + TRACK_PAD
        for lead, number in numbers.items():
            found |= {(edge, index): first + TRACK_GAP * number for edge in together[lead, index]}
        shifts.append(shifts[-1] + behind + zone + ahead - (end - start))
    return Channels(tuple(shifts), found)


def _turns(
    edges: Mapping[int, tuple[Stop, ...]], leads: Mapping[int, int]
) -> tuple[dict[int, list[Turn]], dict[tuple[int, int], list[int]]]:
    """The turns in each channel, those of a bundle as one; and which edges turn with a lead in a channel."""
    passing: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, stops in edges.items():
        for before, after in pairwise(stops):
            if abs(before.v - after.v) > JOG:
                passing[leads[index], before.rank].append((before.v, after.v))
                together[leads[index], before.rank].append(index)
    turns: dict[int, list[Turn]] = defaultdict(list)
    for (lead, rank), found in passing.items():
        enters, leaves = (tuple(sorted({ends[side] for ends in found})) for side in (0, 1))
        turns[rank].append(Turn(lead, enters, leaves))
    return turns, together


def _borders(field: Field, index: int, start: float, end: float) -> tuple[float, float]:
    """How far frames that end here reach into the channel, and how far before its end others begin."""
    behind = [span.u1 - start for span in field.boundaries.values() if last_rank(field, span) == index]
    ahead = [end - span.u0 for span in field.boundaries.values() if first_rank(field, span) == index + 1]
    return max(behind, default=0.0), max(ahead, default=0.0)


def first_rank(field: Field, span: Extent) -> int:
    """The first rank that lies in the frame."""
    return bisect_right(field.ranks, span.u0, key=lambda rank: rank.u)


def last_rank(field: Field, span: Extent) -> int:
    """The last rank that lies in the frame."""
    return bisect_left(field.ranks, span.u1, key=lambda rank: rank.u) - 1


def moved(field: Field, shifts: tuple[float, ...]) -> Field:
    """The layout with every box where its rank moves to; a frame stretches with its ranks."""
    nodes = {id_: _moved(span, *_both(field, span, shifts)) for id_, span in field.nodes.items()}
    labels = {id_: _moved(span, *_both(field, span, shifts)) for id_, span in field.labels.items()}
    boundaries = {
        id_: _moved(span, shifts[first_rank(field, span)], shifts[last_rank(field, span)])
        for id_, span in field.boundaries.items()
    }
    return Field(nodes, field.fronts, boundaries, labels, field.ranks)


def _both(field: Field, span: Extent, shifts: tuple[float, ...]) -> tuple[float, float]:
    shift = shifts[field.rank_of(span)]
    return shift, shift


def _moved(span: Extent, start: float, end: float) -> Extent:
    return Extent(span.u0 + start, span.u1 + end, span.v0, span.v1)

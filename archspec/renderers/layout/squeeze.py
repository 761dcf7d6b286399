"""A layout that is too broad, pushed together across the flow: order stays, empty room goes."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from archspec.frozen import frozen
from archspec.renderers import Extent
from archspec.renderers.layout.passages import Field
from archspec.renderers.layout.stops import Stop

CARD, LINE, BORDER = 8.0, 5.0, 6.0
"""px kept free on either side of a card, of a line or label, of a frame's border."""

Key = tuple[str, str]


@frozen
class _Item:
    """What stands in a rank: its middle, half its size, and what it keeps free."""

    key: Key
    v: float
    half: float
    pad: float


def squeezed(field: Field, edges: Mapping[int, tuple[Stop, ...]], room: float, least: Mapping[str, float]) -> Field:
    """The layout no broader than `room`, or as narrow as its order lets it be; the lanes of the edges move with it.
    `least` is how broad each frame stays at least, for its name.
    """
    rows = _rows(field, edges)
    items = {item.key: item for row in rows for item in row}
    order = sorted(items.values(), key=lambda item: (item.v, item.key[0] != "begin", item.key))
    before = _gaps(rows, least)
    start = min((item.v - item.half for item in order), default=0.0)
    broadest = max((item.v + item.half for item in order), default=0.0) - start
    if broadest <= room:
        return field
    low: dict[Key, float] = {}
    for item in order:
        low[item.key] = max([start + item.half, *(low[key] + gap for key, gap in before[item.key])])
    end = max([start + room, *(low[item.key] + item.half for item in order)])
    high = {item.key: end - item.half for item in order}
    for item in reversed(order):
        for key, gap in before[item.key]:
            high[key] = min(high[key], high[item.key] - gap)
    found: dict[Key, float] = {}
    for item in order:
        wanted = max([item.v, start + item.half, *(found[key] + gap for key, gap in before[item.key])])
        found[item.key] = min(high[item.key], wanted)
    return _moved(field, edges, found)


def _rows(field: Field, edges: Mapping[int, tuple[Stop, ...]]) -> list[list[_Item]]:
    """What each rank holds, in order: cards, lanes and labels, borders of frames."""
    rows: list[list[_Item]] = [[] for _ in field.ranks]
    for id_, span in field.nodes.items():
        rows[field.rank_of(span)].append(_Item(("card", id_), span.v, (span.v1 - span.v0) / 2, CARD))
    lanes: dict[Key, Stop] = {}
    for stops in edges.values():
        for stop in stops[1:-1]:
            lanes[_lane(stop)] = stop
    for key, stop in lanes.items():
        rows[stop.rank].append(_Item(key, stop.v, stop.half, LINE))
    for id_, span in field.boundaries.items():
        for rank, row in zip(field.ranks, rows, strict=True):
            if span.u0 < rank.u1 and rank.u0 < span.u1:
                row.append(_Item(("begin", id_), span.v0, 0.0, BORDER))
                row.append(_Item(("end", id_), span.v1, 0.0, BORDER))
    return [sorted(row, key=lambda item: (item.v, item.key[0] != "begin", item.key)) for row in rows]


def _lane(stop: Stop) -> Key:
    return "lane", f"{stop.edge}:{stop.rank}"


def _gaps(rows: list[list[_Item]], least: Mapping[str, float]) -> Mapping[Key, list[tuple[Key, float]]]:
    """For each item those directly before it, with the least distance of their middles."""
    found: dict[Key, dict[Key, float]] = defaultdict(dict)
    for row in rows:
        for first, second in pairwise(row):
            found[second.key][first.key] = first.half + first.pad + second.pad + second.half
        for item in row:
            if item.key[0] == "end":
                begin = ("begin", item.key[1])
                found[item.key][begin] = max(found[item.key].get(begin, 0.0), least[item.key[1]])
    return defaultdict(list, {key: list(pairs.items()) for key, pairs in found.items()})


def _moved(field: Field, edges: Mapping[int, tuple[Stop, ...]], found: Mapping[Key, float]) -> Field:
    labels = dict(field.labels)
    for stops in edges.values():
        for stop in stops[1:-1]:
            stop.v = found[_lane(stop)]
            if stop.half:
                labels[stop.edge] = _across(labels[stop.edge], stop.v)
    nodes = {id_: _across(span, found["card", id_]) for id_, span in field.nodes.items()}
    fronts = {id_: _across(span, span.v + nodes[id_].v - field.nodes[id_].v) for id_, span in field.fronts.items()}
    boundaries = {
        id_: Extent(span.u0, span.u1, found["begin", id_], found["end", id_]) for id_, span in field.boundaries.items()
    }
    return Field(nodes, fronts, boundaries, labels, field.ranks)


def _across(span: Extent, v: float) -> Extent:
    half = (span.v1 - span.v0) / 2
    return Extent(span.u0, span.u1, v - half, v + half)

"""The arrivals of all flows in one order, as the heap of events would bring them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]


class Merged(NamedTuple):
    """Arrivals in order: when, of which flow, and their numbers within it."""

    moments: "Table"
    flows: "Table"
    numbers: "Table"


def merged(flows: list["Table"]) -> Merged:
    """The arrivals of all flows, each in order, as one.

    Of two at one moment that one comes first whose flow's arrival before it came first, since it was then put into the
    heap; of two first ones, that of the flow written first.
    """
    import numpy as np

    sizes = np.array([len(times) for times in flows], dtype=np.int64)
    moments, of = np.concatenate(flows), np.repeat(np.arange(len(flows), dtype=np.int64), sizes)
    if len(flows) == 1:
        return Merged(moments, of, np.arange(len(moments), dtype=np.int64))
    order = np.argsort(moments, kind="stable")
    found = Merged(moments[order], of[order], order - (np.cumsum(sizes) - sizes)[of[order]])
    while ((found.moments[1:] == found.moments[:-1]) & (found.flows[1:] != found.flows[:-1])).any():
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        before = np.concatenate([[number - len(flows), *rank_of[:-1]] for number, rank_of in _ranks(rank, flows)])
        better = np.lexsort((before, moments))
        if (better == order).all():
            break
        order = better
        found = Merged(moments[order], of[order], order - (np.cumsum(sizes) - sizes)[of[order]])
    return found


def _ranks(rank: "Table", flows: list["Table"]) -> list[tuple[int, "Table"]]:
    """The number of each flow that has arrivals, and their ranks."""
    found, first = [], 0
    for number, times in enumerate(flows):
        if len(times):
            found.append((number, rank[first : first + len(times)]))
        first += len(times)
    return found

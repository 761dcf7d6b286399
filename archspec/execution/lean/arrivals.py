"""The arrivals of all flows in one order, as the heap of events would bring them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]


def merged(flows: list["Table"]) -> tuple["Table", "Table"]:
    """The moments of all arrivals in order, and the flow of each.

    Of two at one moment that one comes first whose flow's arrival before it came first, since it was then put into the
    heap; of two first ones, that of the flow written first.
    """
    import numpy as np

    moments = np.concatenate(flows)
    numbers = np.repeat(np.arange(len(flows), dtype=np.int64), [len(times) for times in flows])
    if len(flows) == 1:
        return moments, numbers
    order = np.argsort(moments, kind="stable")
    ties = moments[order][1:] == moments[order][:-1]
    while (ties & (numbers[order][1:] != numbers[order][:-1])).any():
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        before = np.concatenate([[number - len(flows), *rank_of[:-1]] for number, rank_of in _ranks(rank, flows)])
        better = np.lexsort((before, moments))
        if (better == order).all():
            break
        order = better
    return moments[order], numbers[order]


def _ranks(rank: "Table", flows: list["Table"]) -> list[tuple[int, "Table"]]:
    """The number of each flow that has arrivals, and their ranks."""
    found, first = [], 0
    for number, times in enumerate(flows):
        if len(times):
            found.append((number, rank[first : first + len(times)]))
        first += len(times)
    return found

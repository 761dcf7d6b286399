"""A run over time, in equal intervals: what charts show."""

from itertools import pairwise
from typing import TYPE_CHECKING

from archspec.execution.finished import Run
from archspec.execution.results import Series
from archspec.execution.state import ASKED_AT, ASKED_CAUSE, ASKED_FLOW, ASKED_SIZE, ASKED_UNTIL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]

INTERVALS = 60


def timeline(run: Run, intervals: int = INTERVALS) -> tuple[Series, ...]:
    """Per flow: requests offered, answered well and failed per second, and p50 and p99 of the good answers.

    An answer counts in the interval in which it came, a request offered in that in which it arrived.
    """
    import numpy as np

    asked: Table = np.array(run.world.asked, dtype=np.int64).reshape(-1, ASKED_SIZE)
    edges = np.array([run.duration * step // intervals for step in range(intervals + 1)])
    found: list[Series] = []
    for number, id_ in enumerate(run.compiled.names.flows):
        found += _of_flow(id_, asked[asked[:, ASKED_FLOW] == number], edges)
    return tuple(found)


def _of_flow(id_: str, rows: "Table", edges: "Table") -> list[Series]:
    import numpy as np

    times = tuple(edges[1:].tolist())
    seconds = np.maximum(np.diff(edges) / 1e9, 1e-9)
    edges = np.append(edges[:-1], edges[-1] + 1)  # an answer at the very end belongs to the last interval
    ended = rows[:, ASKED_UNTIL] >= 0
    good, bad = rows[ended & (rows[:, ASKED_CAUSE] == 0)], rows[ended & (rows[:, ASKED_CAUSE] != 0)]
    found = []
    for name, moments in (
        ("offered", rows[:, ASKED_AT]),
        ("ok", good[:, ASKED_UNTIL]),
        ("failed", bad[:, ASKED_UNTIL]),
    ):
        values = np.histogram(moments, edges)[0] / seconds
        found.append(Series(f"{id_} {name}", "/s", times, tuple(values.tolist())))
    where = np.searchsorted(edges, good[:, ASKED_UNTIL], side="right") - 1
    took = good[:, ASKED_UNTIL] - good[:, ASKED_AT]
    order = np.lexsort((took, where))
    where, took = where[order], took[order]
    starts = np.searchsorted(where, np.arange(len(edges)))
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        ranks = [_rank(took, int(a), int(b), share) for a, b in pairwise(starts)]
        found.append(Series(f"{id_} {name}", "ns", times, tuple(ranks)))
    return found


def _rank(ordered: "Table", first: int, last: int, share: float) -> float | None:
    """The nearest rank of one interval's sorted times."""
    from math import ceil

    count = last - first
    return float(ordered[first + max(1, ceil(round(share * count, 9))) - 1]) if count else None

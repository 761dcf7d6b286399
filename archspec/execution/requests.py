"""The requests of a run as columns: what every figure about flows is made from."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archspec.execution.state import ASKED_AT, ASKED_CAUSE, ASKED_DEGRADED, ASKED_FLOW, ASKED_SIZE, ASKED_UNTIL, World

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]
    Mask = NDArray[np.bool_]

WANTED = (ASKED_FLOW, ASKED_AT, ASKED_UNTIL, ASKED_CAUSE, ASKED_DEGRADED)
LOT = 4096
"""Rows that are turned into columns at once: few enough to stay in a processor's cache."""


class Answered(NamedTuple):
    """Answers of one flow or of several: when they came, and how long the good ones took, in the same order."""

    good: "Column"
    bad: "Column"
    took: "Column"


@dataclass(frozen=True)
class Requests:
    """Requests in order of arrival, a column each; times in nanoseconds."""

    at: "Column"
    until: "Column"
    """-1 while in flight."""
    cause: "Column"
    degraded: "Column"

    def since(self, moment: int) -> "Requests":
        """Those that arrived at the moment or later."""
        first = int(self.at.searchsorted(moment))
        return Requests(self.at[first:], self.until[first:], self.cause[first:], self.degraded[first:])

    @cached_property
    def good(self) -> "Mask":
        """Which were answered well."""
        mask: Mask = (self.cause == 0) & (self.until >= 0)
        return mask

    @cached_property
    def bad(self) -> "Mask":
        """Which failed."""
        mask: Mask = (self.cause != 0) & (self.until >= 0)
        return mask

    def took(self, which: "Mask") -> "Column":
        """The response times of some that were answered, in order of arrival."""
        return self.until[which] - self.at[which]

    def answered(self) -> Answered:
        """The answers, in order of arrival of their requests."""
        return Answered(self.until[self.good], self.until[self.bad], self.took(self.good))


def requests_of(world: World, flows: int) -> tuple[Requests, ...]:
    """The requests of each flow.

    The world's table may be a list or an array of rows one after the other, or an array of `ASKED_SIZE` columns.
    """
    import numpy as np

    asked = np.asarray(world.asked, dtype=np.int64)
    flow, *columns = _columns(asked) if asked.ndim == 1 else (asked[field] for field in WANTED)
    if flows == 1:
        return (Requests(*columns),)
    found = []
    for number in range(flows):
        rows = np.flatnonzero(flow == number)
        found.append(Requests(*(column[rows] for column in columns)))
    return tuple(found)


def _columns(asked: "Column") -> "Column":
    """The wanted columns of a table of rows, lot by lot: a row is as long as what memory hands over at once."""
    import numpy as np

    rows = asked.reshape(-1, ASKED_SIZE)
    columns = np.empty((len(WANTED), len(rows)), dtype=np.int64)
    for first in range(0, len(rows), LOT):
        lot = rows[first : first + LOT]
        for place, field in enumerate(WANTED):
            columns[place, first : first + LOT] = lot[:, field]
    return columns


def rows_of(world: World) -> list[list[int]]:
    """The world's table of requests, row by row."""
    import numpy as np

    asked = np.asarray(world.asked, dtype=np.int64)
    rows: list[list[int]] = (asked.reshape(-1, ASKED_SIZE) if asked.ndim == 1 else asked.T).tolist()
    return rows

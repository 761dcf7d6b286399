"""The requests of a run as columns: what every figure about flows is made from."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]
    Small = NDArray[np.unsignedinteger[Any]]
    Mask = NDArray[np.bool_]


class Answered(NamedTuple):
    """Answers of one flow or of several: when they came, and how long the good ones took, in the same order."""

    good: "Column"
    bad: "Column"
    took: "Column"


@dataclass(frozen=True, eq=False)
class Requests:
    """Requests in order of arrival, a column each; times in nanoseconds."""

    at: "Column"
    until: "Column"
    """-1 while in flight."""
    number: "Column"
    flow: "Small"
    status: "Small"
    """0 of none."""
    cause: "Small"
    """By its number; 0 of none."""
    degraded: "Small"

    def of_flow(self, flow: int) -> "Requests":
        """Those of one flow."""
        import numpy as np

        return self._where(np.flatnonzero(self.flow == flow))

    def since(self, moment: int) -> "Requests":
        """Those that arrived at the moment or later."""
        return self._where(slice(int(self.at.searchsorted(moment)), None))

    def _where(self, which: "slice | NDArray[np.intp]") -> "Requests":
        return Requests(
            self.at[which],
            self.until[which],
            self.number[which],
            self.flow[which],
            self.status[which],
            self.cause[which],
            self.degraded[which],
        )

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

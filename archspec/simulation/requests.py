"""The requests of a run as columns, where each of them is kept."""

from typing import TYPE_CHECKING, Any

from archspec.frozen import frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]
    Small = NDArray[np.unsignedinteger[Any]]


@frozen(slots=False, eq=False)
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

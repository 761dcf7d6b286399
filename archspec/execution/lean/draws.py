"""The draws of the requests that arrive next, in rows: one row a request, one column a draw."""

from typing import TYPE_CHECKING

from archspec.execution.choosing import scrambled
from archspec.execution.lean.translation import Column, Shape
from archspec.execution.randomness import Philox

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.int64]


def rows_of(source: Philox, columns: list[Column], first: int, count: int) -> "Table":
    """The rows of the requests numbered `first` to `first + count - 1` of a flow."""
    import numpy as np

    rows = np.empty((count, len(columns)), dtype=np.int64)
    spans: dict[tuple[int, int], Table] = {}
    for place, column in enumerate(columns):
        what = (column.draw, column.occurrence)
        if what not in spans and column.draw >= 0:
            spans[what] = source.span(*what, first, count)
        rows[:, place] = _shaped(column, spans.get(what, rows[:, place]), first, count)
    return rows


def _shaped(column: Column, drawn: "Table", first: int, count: int) -> "Table":
    import numpy as np

    if column.shape is Shape.CLIENT:
        hashed = [scrambled(client) % column.over for client in range(first, first + count)]
        return np.array([place if place < column.under else 0 for place in hashed], dtype=np.int64)
    if column.shape is Shape.SHARE:
        return (drawn * 2.0**-53 * column.over).astype(np.int64)
    if column.shape is Shape.OUT:
        return drawn // 2
    if column.shape is Shape.BACK:
        return drawn - drawn // 2
    return _at_speed(drawn, column.over, column.under) if column.shape is Shape.AT_SPEED else drawn


def _at_speed(times: "Table", over: int, under: int) -> "Table":
    """Times · over / under, rounded half to even, as `state.slowed` does with one."""
    whole, rest = divmod(times * over, under)
    rounded: Table = whole + ((2 * rest > under) | ((2 * rest == under) & (whole % 2 == 1)))
    return rounded

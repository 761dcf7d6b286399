"""The lean kernel with its tables, which it goes on with from stretch to stretch."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from archspec.execution.lean.code import (
    CONTROL_SIZE,
    LATER,
    NEXT,
    OUTCOME,
    SEQUENCE,
    Arrivals,
    Choosers,
    Stations,
    Tokens,
)
from archspec.execution.lean.kernel import run_lean
from archspec.execution.lean.translate import Translation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass
class Tables:
    """What a run begins with."""

    translation: Translation
    stations: Stations
    choosers: Choosers
    limiters: list[int]
    requests: int


class Machine(Protocol):
    """A run that can be fed and carried on."""

    stretch: int
    """Requests whose draws are made at a time."""
    draws: Any
    ended: Any
    """By request: when it was answered, or NONE."""
    statuses: Any
    """By request: the status of its answer."""

    def feed(self, moments: "Numbers", flows: "Numbers", rows: "Numbers", draws: "Numbers", *, last: bool) -> None:
        """Make the next requests known, with the draws of all that are under way or known."""
        ...

    def run(self, end: int) -> int:
        """Go on up to and with a key of events; how it ended."""
        ...

    def counts(self) -> Stations:
        """What is counted so far."""
        ...

    def tokens(self) -> Tokens:
        """The tokens, used ones and free ones."""
        ...

    def move(self, token: int, row: int) -> None:
        """Tell a token where its draws are from now on."""
        ...


@dataclass
class PlainMachine:
    """A run in plain Python, over lists."""

    tables: Tables
    stretch: int = 2**15
    arrivals: Arrivals = field(default_factory=lambda: Arrivals([], [], [], 0))
    draws: Any = field(default_factory=list)
    heap: list[tuple[int, int, int]] = field(default_factory=list)
    control: list[int] = field(default_factory=lambda: [0] * CONTROL_SIZE)

    def __post_init__(self) -> None:
        flows = len(self.tables.translation.starts)
        self._tokens = Tokens(*([] for _ in Tokens._fields))
        self._pending = list(range(flows))
        self.control[SEQUENCE] = flows
        self.ended: Any = [-1] * self.tables.requests
        self.statuses: Any = [200] * self.tables.requests

    def feed(self, moments: "Numbers", flows: "Numbers", rows: "Numbers", draws: "Numbers", *, last: bool) -> None:
        """See `Machine`."""
        end = [LATER] if last else []
        nothing = [0] if last else []
        known = (moments.tolist() + end, flows.tolist() + nothing, rows.tolist() + nothing)
        self.arrivals = Arrivals(*known, self.control[NEXT])
        self.draws = draws.tolist()

    def run(self, end: int) -> int:
        """See `Machine`."""
        t = self.tables
        run_lean(
            t.translation.instructions,
            t.translation.branches,
            t.translation.depth,
            t.translation.starts,
            self.arrivals,
            self.draws,
            t.stations,
            t.choosers,
            t.limiters,
            self._tokens,
            self._pending,
            self.heap,
            self.control,
            self.ended,
            self.statuses,
            end,
        )
        return self.control[OUTCOME]

    def counts(self) -> Stations:
        """See `Machine`."""
        return self.tables.stations

    def tokens(self) -> Tokens:
        """See `Machine`."""
        return self._tokens

    def move(self, token: int, row: int) -> None:
        """See `Machine`."""
        self._tokens.row[token] = row

"""The lean kernel with its tables, which it goes on with from stretch to stretch."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from archspec.execution.lean.code import (
    CONTROL_SIZE,
    LATER,
    NEEDS_TOKENS,
    NEXT,
    OUTCOME,
    REACHED,
    SEQUENCE,
    SPARE,
    Arrivals,
    Choosers,
    Counts,
    Stations,
    Tokens,
)
from archspec.execution.lean.kernel import run_lean
from archspec.execution.lean.translation import Translation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


LEAST_TOKENS = 64
FRAMED = ("place", "entered", "sent")
"""The columns of tokens that have a number for each frame."""


@dataclass
class Tables:
    """What a run begins with."""

    translation: Translation
    stations: Stations
    counts: Counts
    choosers: Choosers
    limiters: list[int]
    requests: int


class Machine(Protocol):
    """A run that can be fed and carried on."""

    stretch: int
    """Requests whose draws are made at a time."""
    draws: Any
    ended: Any
    """By request: when it was answered or given up (which may be after the end of the run), or NONE."""
    statuses: Any
    """By request: the status of its answer, or minus the cause of its failure."""
    stuck: list[int]
    """Calls that will never end: station and moment of coming in, one after the other."""

    def feed(self, moments: "Numbers", flows: "Numbers", rows: "Numbers", draws: "Numbers", *, last: bool) -> None:
        """Make the next requests known, with the draws of all that are under way or known."""
        ...

    def run(self, ends: list[int]) -> tuple[int, "Numbers"]:
        """Go on up to and with each of some keys of events; how it ended, and what was counted at those reached.

        A row each: one column of `Counts` after the other.
        """
        ...

    def tokens(self) -> Tokens:
        """The tokens; those in `free` are not in use."""
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
    heap: list[tuple[int, int, int, int]] = field(default_factory=list)
    control: list[int] = field(default_factory=lambda: [0] * CONTROL_SIZE)

    def __post_init__(self) -> None:
        flows = len(self.tables.translation.starts)
        self._tokens = Tokens(*([] for _ in Tokens._fields))
        self._stack: list[int] = []
        self._pending = [number for flow in range(flows) for number in (-1, flow)]
        self.control[SEQUENCE] = flows
        self.ended: Any = [-1] * self.tables.requests
        self.statuses: Any = [200] * self.tables.requests
        self.stuck: list[int] = []

    def feed(self, moments: "Numbers", flows: "Numbers", rows: "Numbers", draws: "Numbers", *, last: bool) -> None:
        """See `Machine`."""
        end = [LATER] if last else []
        nothing = [0] if last else []
        known = (moments.tolist() + end, flows.tolist() + nothing, rows.tolist() + nothing)
        self.arrivals = Arrivals(*known, self.control[NEXT])
        self.draws = draws.tolist()

    def run(self, ends: list[int]) -> tuple[int, "Numbers"]:
        """See `Machine`."""
        import numpy as np

        rows: list[list[int]] = []
        for end in ends:
            self._stretch(end)
            while self.control[OUTCOME] == NEEDS_TOKENS:
                self._grow()
                self._stretch(end)
            if self.control[OUTCOME] != REACHED:
                break
            rows.append([number for column in self.tables.counts for number in column])
        width = sum(len(column) for column in self.tables.counts)
        return self.control[OUTCOME], np.array(rows, dtype=np.int64).reshape(-1, width)

    def _grow(self) -> None:
        """Twice as many tokens, the new ones free."""
        t, before = self._tokens, len(self._tokens.at)
        new = max(before, LEAST_TOKENS)
        for name, column in zip(Tokens._fields, t, strict=True):
            column.extend([0] * (new * self.tables.translation.depth if name in FRAMED else new))
        spare = self.control[SPARE]
        t.free[spare : spare + new] = range(before, before + new)
        self.control[SPARE] += new

    def _stretch(self, end: int) -> None:
        t = self.tables
        run_lean(
            t.translation.instructions,
            t.translation.branches,
            t.translation.depth,
            t.translation.starts,
            self.arrivals,
            self.draws,
            t.stations,
            t.counts,
            t.choosers,
            t.limiters,
            self._tokens,
            self._pending,
            self.heap,
            self._stack,
            self.control,
            self.ended,
            self.statuses,
            self.stuck,
            end,
        )

    def tokens(self) -> Tokens:
        """See `Machine`."""
        return self._tokens._replace(free=self._tokens.free[: self.control[SPARE]])

    def move(self, token: int, row: int) -> None:
        """See `Machine`."""
        self._tokens.row[token] = row

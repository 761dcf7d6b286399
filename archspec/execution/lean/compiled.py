"""The lean kernel, compiled by numba (extra `fast`) from the source that also runs plain."""

import sys
from functools import cache
from heapq import heappop, heappush
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from archspec.errors import MissingExtraError
from archspec.execution import limiting
from archspec.execution.compiled import cache_folder, is_available
from archspec.execution.lean import code, kernel, losing
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
    Instruction,
    Stations,
    Tokens,
)
from archspec.execution.lean.kernel import run_lean
from archspec.execution.lean.machine import FRAMED, LEAST_TOKENS, Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


def stretch(
    program: Any,
    branches: Any,
    depth: int,
    starts: Any,
    arrivals: Any,
    draws: Any,
    stations: Any,
    counts: Any,
    choosers: Any,
    limiters: Any,
    tokens: Any,
    pending: Any,
    events: Any,
    waiting: Any,
    control: Any,
    ended: Any,
    statuses: Any,
    ends: Any,
    rows: Any,
) -> Any:
    """A run over arrays, noting what is counted at each end: how many it reached, the events, the stack, the stuck."""
    heap = [(events[i, 0], events[i, 1], events[i, 2], events[i, 3]) for i in range(len(events))]
    stack = numbers(waiting)
    stuck = [0 for _ in range(0)]
    reached, flat = 0, instructions(program)
    for end in ends:
        run_lean(
            flat,
            branches,
            depth,
            starts,
            arrivals,
            draws,
            stations,
            counts,
            choosers,
            limiters,
            tokens,
            pending,
            heap,
            stack,
            control,
            ended,
            statuses,
            stuck,
            end,
        )
        if control[OUTCOME] != REACHED:
            break
        place = 0
        for column in counts:
            rows[reached, place : place + len(column)] = column
            place += len(column)
        reached += 1
    left = [number for event in heap for number in event]
    return reached, np.array(left).reshape(-1, 4), np.array(stack), np.array(stuck)


def numbers(array: Any) -> list[int]:
    """An array as a list, which can grow."""
    return [value for value in array]  # noqa: C416 - list() of an array is nothing numba knows


def instructions(rows: Any) -> list[Instruction]:
    """A program, from its table."""
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


@cache
def _compiled_stretch() -> Any:
    """`stretch` as machine code, from the cache on disk where it has been compiled before."""
    if not is_available():
        raise MissingExtraError("compiled simulation", "fast")
    import numba

    home = ModuleType(f"{__name__}_kernel")
    sys.modules[home.__name__] = home  # numba looks it up when it reads from its cache
    names = vars(home)
    names.update(
        vars(limiting) | vars(losing) | vars(kernel) | vars(code),
        np=np,
        Tokens=Tokens,
        heappush=heappush,
        heappop=heappop,
    )
    with cache_folder((limiting, code, losing, kernel, sys.modules[__name__])):
        for function in (
            *(limiting.take_token, losing.lose, run_lean),
            *(numbers, instructions, stretch),
        ):
            twin = FunctionType(function.__code__, names, function.__name__)
            names[function.__name__] = numba.njit(cache=function is stretch, error_model="numpy")(twin)
    return names["stretch"]


class CompiledMachine:
    """A run in machine code, over arrays; see `Machine`."""

    stretch = 2**17

    def __init__(self, tables: Tables) -> None:
        t, nothing = tables.translation, _array([])
        self._stretch = _compiled_stretch()
        self._program = (_array(t.instructions), _array(t.branches), t.depth, _array(t.starts))
        self._stations: Any = Stations._make(_array(column) for column in tables.stations)
        self._counts: Any = Counts._make(_array(column) for column in tables.counts)
        self._choosers: Any = Choosers._make(_array(column) for column in tables.choosers)
        self._limiters = _array(tables.limiters)
        self._tokens: Any = Tokens._make(_array([]) for _ in Tokens._fields)
        self._pending = _array([number for flow in range(len(t.starts)) for number in (-1, flow)])
        self._heap = np.zeros((0, 4), dtype=np.int64)
        self._stack = nothing
        self._control = np.zeros(CONTROL_SIZE, dtype=np.int64)
        self._control[SEQUENCE] = len(t.starts)
        self._arrivals: Any = (nothing, nothing, nothing, 0)
        self.draws = nothing
        self.ended = np.full(tables.requests, -1, dtype=np.int64)
        self.statuses = np.full(tables.requests, 200, dtype=np.int64)
        self.stuck: list[int] = []

    def feed(self, moments: "Numbers", flows: "Numbers", rows: "Numbers", draws: "Numbers", *, last: bool) -> None:
        """See `Machine`."""
        if last:
            moments, flows, rows = np.append(moments, LATER), np.append(flows, 0), np.append(rows, 0)
        self._arrivals = (moments, flows, rows, int(self._control[NEXT]))
        self.draws = draws

    def run(self, ends: list[int]) -> tuple[int, "Numbers"]:
        """See `Machine`."""
        rows = np.zeros((len(ends), sum(len(column) for column in self._counts)), dtype=np.int64)
        reached = self._go(ends, rows)
        while self._control[OUTCOME] == NEEDS_TOKENS:
            self._grow()
            reached += self._go(ends[reached:], rows[reached:])
        return int(self._control[OUTCOME]), rows[:reached]

    def _grow(self) -> None:
        """Twice as many tokens, the new ones free."""
        before = len(self._tokens.at)
        new, spare = max(before, LEAST_TOKENS), int(self._control[SPARE])
        sizes = [new * self._program[2] if name in FRAMED else new for name in Tokens._fields]
        longer = (np.append(column, _zeros(size)) for column, size in zip(self._tokens, sizes, strict=True))
        self._tokens = Tokens._make(longer)
        self._tokens.free[spare : spare + new] = np.arange(before, before + new)
        self._control[SPARE] += new

    def _go(self, ends: list[int], rows: "Numbers") -> int:
        """Carry on as far as it goes; how many of the ends were reached."""
        reached, self._heap, self._stack, stuck = self._stretch(
            *self._program,
            *(Arrivals(*self._arrivals), self.draws, self._stations, self._counts, self._choosers, self._limiters),
            *(self._tokens, self._pending, self._heap, self._stack, self._control, self.ended, self.statuses),
            *(_array(ends), rows),
        )
        self.stuck += stuck.tolist()
        return int(reached)

    def tokens(self) -> Tokens:
        """See `Machine`."""
        used = self._tokens._replace(free=self._tokens.free[: int(self._control[SPARE])])
        return Tokens(*(column.tolist() for column in used))

    def move(self, token: int, row: int) -> None:
        """See `Machine`."""
        self._tokens.row[token] = row


def _zeros(count: int) -> "Numbers":
    return np.zeros(count, dtype=np.int64)


def _array(values: Any) -> "Numbers":
    return np.array(values, dtype=np.int64)

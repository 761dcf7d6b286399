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
from archspec.execution.lean import code, kernel
from archspec.execution.lean.code import (
    CONTROL_SIZE,
    LATER,
    NEXT,
    OUTCOME,
    SEQUENCE,
    Arrivals,
    Choosers,
    Instruction,
    Stations,
    Tokens,
)
from archspec.execution.lean.kernel import run_lean
from archspec.execution.lean.machine import Tables

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
    choosers: Any,
    limiters: Any,
    tokens: Any,
    pending: Any,
    events: Any,
    control: Any,
    ended: Any,
    statuses: Any,
    end: int,
) -> Any:
    """A stretch of a run over arrays; what grows is a list meanwhile. The events and tokens it ends with."""
    heap = [(events[i, 0], events[i, 1], events[i, 2]) for i in range(len(events))]
    t = Tokens(
        numbers(tokens.at),
        numbers(tokens.row),
        numbers(tokens.request),
        numbers(tokens.since),
        numbers(tokens.time),
        numbers(tokens.after),
        numbers(tokens.parent),
        numbers(tokens.left),
        numbers(tokens.status),
        numbers(tokens.place),
        numbers(tokens.entered),
        numbers(tokens.sent),
        numbers(tokens.free),
    )
    run_lean(
        instructions(program),
        branches,
        depth,
        starts,
        arrivals,
        draws,
        stations,
        choosers,
        limiters,
        t,
        pending,
        heap,
        control,
        ended,
        statuses,
        end,
    )
    left = [number for event in heap for number in event]
    return as_array(left).reshape(-1, 3), (
        as_array(t.at),
        as_array(t.row),
        as_array(t.request),
        as_array(t.since),
        as_array(t.time),
        as_array(t.after),
        as_array(t.parent),
        as_array(t.left),
        as_array(t.status),
        as_array(t.place),
        as_array(t.entered),
        as_array(t.sent),
        as_array(t.free),
    )


def numbers(array: Any) -> list[int]:
    """An array as a list, which can grow."""
    return [value for value in array]  # noqa: C416 - list() of an array is nothing numba knows


def as_array(values: list[int]) -> Any:
    """A list as an array."""
    return np.array(values)


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
    names.update(vars(limiting) | vars(kernel), np=np, Tokens=Tokens, heappush=heappush, heappop=heappop)
    with cache_folder((limiting, code, kernel, sys.modules[__name__])):
        for function in (
            *(limiting.take_token, kernel.add_token, kernel.new_branch, run_lean),
            *(numbers, as_array, instructions, stretch),
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
        self._choosers: Any = Choosers._make(_array(column) for column in tables.choosers)
        self._limiters = _array(tables.limiters)
        self._tokens: Any = Tokens._make(_array([]) for _ in Tokens._fields)
        self._pending = np.arange(len(t.starts), dtype=np.int64)
        self._heap = np.zeros((0, 3), dtype=np.int64)
        self._control = np.zeros(CONTROL_SIZE, dtype=np.int64)
        self._control[SEQUENCE] = len(t.starts)
        self._arrivals: Any = (nothing, nothing, nothing, 0)
        self.draws = nothing
        self.ended = np.full(tables.requests, -1, dtype=np.int64)
        self.statuses = np.full(tables.requests, 200, dtype=np.int64)

    def feed(self, moments: "Numbers", flows: "Numbers", rows: "Numbers", draws: "Numbers", *, last: bool) -> None:
        """See `Machine`."""
        if last:
            moments, flows, rows = np.append(moments, LATER), np.append(flows, 0), np.append(rows, 0)
        self._arrivals = (moments, flows, rows, int(self._control[NEXT]))
        self.draws = draws

    def run(self, end: int) -> int:
        """See `Machine`."""
        self._heap, tokens = self._stretch(
            *self._program,
            *(Arrivals(*self._arrivals), self.draws, self._stations, self._choosers, self._limiters, self._tokens),
            *(self._pending, self._heap, self._control, self.ended, self.statuses, end),
        )
        self._tokens = Tokens._make(tokens)
        return int(self._control[OUTCOME])

    def counts(self) -> Stations:
        """See `Machine`."""
        return Stations(*(column.tolist() for column in self._stations))

    def tokens(self) -> Tokens:
        """See `Machine`."""
        return Tokens(*(column.tolist() for column in self._tokens))

    def move(self, token: int, row: int) -> None:
        """See `Machine`."""
        self._tokens.row[token] = row


def _array(values: Any) -> "Numbers":
    return np.array(values, dtype=np.int64)

"""A program and a world as records that compiled code can hold, and the functions that stand only there.

The functions of this module are compiled together with the kernel; nobody calls them plain.
"""

from typing import Any

import numpy as np
from numba import types
from numba.experimental import function_type, structref
from numba.typed import Dict

from archspec.execution.kernel import run
from archspec.execution.layout import TASK_SIZE
from archspec.execution.program import Program
from archspec.execution.sampling import sampled
from archspec.execution.state import ASKED_END, ASKED_SIZE, TASKS_END

FIXED = (
    *("clock", "replicas", "queues", "counts", "edges", "messages", "limiters", "caches", "believed", "outstanding"),
    *("turns", "smooth", "streaks", "edge_cut", "edge_cut_since", "edge_slow", "edge_loss", "errors", "retries"),
    *("arrivals", "arrival_end", "next_arrival", "first_number", "last_arrival", "users", "timeline", "plans"),
    "timers",
    "scalers",
)
"""Tables of a world that keep their length: arrays."""
GROWING = ("free", "entries", "free_entries", "samples")
"""Tables that grow by appending: lists."""
TABLES = ("tasks", "asked", "blank")
"""Tables that grow by being copied: arrays, longer than what is in use, for lists are slower to reach."""
ROOM = 2**16
"""Tasks and requests that may begin in one happening."""
TUPLES = {"heap": 5, "agenda": 2, "log": 6, "wanted": 3, "waiting": 3}
"""Lists of tuples, with their width."""
DICTIONARIES = ("sticky", "keys", "flights", "rounds")
INTEGER = types.int64
BLOCK = types.UniTuple(types.int64, 3)
VALUES = types.Array(types.int64, 1, "C")
FIELDS = (*FIXED, *TABLES, *GROWING, *TUPLES, *DICTIONARIES, "blocks", "block_bits", "source", "buffer")


class ProgramRecord(structref.StructRefProxy):
    """A program in compiled code."""


class WorldRecord(structref.StructRefProxy):
    """A world in compiled code."""


@structref.register
class ProgramType(types.StructRef):
    """Numba's type of a program."""


@structref.register
class WorldType(types.StructRef):
    """Numba's type of a world."""


structref.define_constructor(ProgramRecord, ProgramType, list(Program._fields))
structref.define_constructor(WorldRecord, WorldType, list(FIELDS))


assert function_type is not None  # importing it teaches numba the type of `_FunctionAt`


class _FunctionAt(types.WrapperAddressProtocol):
    """A C function of three numbers, by its address."""

    def __init__(self, address: int) -> None:
        self._address = address

    def __wrapper_address__(self) -> int:
        return self._address

    def signature(self) -> Any:
        return types.int64(types.int64, types.int64, types.int64)


def function_at(address: int) -> Any:
    """What compiled code can call as a function of three numbers."""
    return _FunctionAt(address)


def draw(p: Any, w: Any, slot: int, number: int, occurrence: int) -> Any:
    """The compiled twin of `state.draw`: a block comes through the buffer."""
    value = p.constants[slot]
    if value >= 0:
        return value
    block = (slot, occurrence, number >> w.block_bits)
    if block not in w.blocks:
        w.source(slot, occurrence, number >> w.block_bits)
        w.blocks[block] = w.buffer.copy()
    return w.blocks[block][number & ((1 << w.block_bits) - 1)]


def new_task(w: Any) -> int:
    """The compiled twin of `state.new_task`."""
    task = w.clock[TASKS_END]
    w.clock[TASKS_END] += TASK_SIZE
    return task  # type: ignore[no-any-return]


def new_request(w: Any) -> int:
    """The compiled twin of `state.new_request`."""
    index = w.clock[ASKED_END]
    w.clock[ASKED_END] += ASKED_SIZE
    return index  # type: ignore[no-any-return]


def make_room(w: Any) -> None:
    """The compiled twin of `state.make_room`: nobody holds a table at this moment, so it can be replaced."""
    if len(w.tasks) - w.clock[TASKS_END] < ROOM * TASK_SIZE:
        w.tasks = longer(w.tasks)
    if len(w.asked) - w.clock[ASKED_END] < ASKED_SIZE:
        w.asked = longer(w.asked)


def longer(array: Any) -> Any:
    """A table twice as long."""
    grown = np.zeros(2 * len(array) + 2 * ROOM * TASK_SIZE, np.int64)
    grown[: len(array)] = array
    return grown


def numbers(array: Any) -> list[int]:
    """A list that grows."""
    return [value for value in array]  # noqa: C416 - list() of an array is nothing numba knows


def pairs_of(rows: Any) -> list[tuple[int, int]]:
    """A list of pairs."""
    return [(rows[i, 0], rows[i, 1]) for i in range(len(rows))]


def triples_of(rows: Any) -> list[tuple[int, int, int]]:
    """A list of triples."""
    return [(rows[i, 0], rows[i, 1], rows[i, 2]) for i in range(len(rows))]


def events_of(rows: Any) -> list[tuple[int, int, int, int, int]]:
    """A heap."""
    return [(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4]) for i in range(len(rows))]


def entries_of(rows: Any) -> list[tuple[int, int, int, int, int, int]]:
    """A log."""
    return [(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4], rows[i, 5]) for i in range(len(rows))]


def dictionary(rows: Any) -> Any:
    """A dictionary of whole numbers."""
    made = Dict.empty(INTEGER, INTEGER)
    for i in range(len(rows)):
        made[rows[i, 0]] = rows[i, 1]
    return made


def execute(
    program: Any,
    fixed: Any,
    tables: Any,
    growing: Any,
    tuples: Any,
    rounds: Any,
    block_bits: int,
    source: Any,
    buffer: Any,
    moments: Any,
    warm_up: int,
) -> Any:
    """Build the records, run through the moments, and give back what has grown, with the two samples."""
    p: Any = ProgramRecord(*program)
    nothing = rounds[:0]
    blocks = Dict.empty(BLOCK, VALUES)
    lists = (
        numbers(growing[0]),
        numbers(growing[1]),
        numbers(growing[2]),
        numbers(growing[3]),
        events_of(tuples[0]),
        pairs_of(tuples[1]),
        entries_of(tuples[2]),
        triples_of(tuples[3]),
        triples_of(tuples[4]),
    )
    rest = (dictionary(nothing), dictionary(nothing), dictionary(nothing), dictionary(rounds))
    w: Any = WorldRecord(*(fixed + tables + lists + rest + (blocks, block_bits, source, buffer)))
    w.clock[TASKS_END] = len(w.tasks)
    w.clock[ASKED_END] = len(w.asked)
    make_room(w)
    first = sampled(w)
    for moment in moments:
        run(p, w, moment)
        if moment == warm_up:
            first = sampled(w)
    log = np.zeros((len(w.log), 6), np.int64)
    for i in range(len(w.log)):
        entry = w.log[i]
        log[i, 0], log[i, 1], log[i, 2] = entry[0], entry[1], entry[2]
        log[i, 3], log[i, 4], log[i, 5] = entry[3], entry[4], entry[5]
    return (
        w.tasks[: w.clock[TASKS_END]],
        w.asked[: w.clock[ASKED_END]],
        np.array(w.samples),
        log,
        np.array(first),
        np.array(sampled(w)),
    )

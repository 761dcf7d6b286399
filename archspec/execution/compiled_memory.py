"""The memory of a compiled run: numpy arrays behind the headers of a program's and a world's tables."""

from ctypes import CFUNCTYPE, c_int64, c_void_p, cast
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from archspec.execution.choosing import scrambled
from archspec.execution.compiled_tables import ADDRESS, HEADER_SIZE, LENGTH, MORE, ROOM, WORD_BYTES, MapType, RecordType
from archspec.execution.compiled_world import EMPTY, EXTRA, WORLD
from archspec.execution.program import Program
from archspec.execution.state import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.int64]

LEAST_ROOM = 64
SEEN = ("clock", "replicas", "queues", "counts", "messages")
"""Tables that a sample looks at."""
AS_ARRAYS = ("tasks", "asked", "arrivals")
"""Tables that stay arrays after the run: they can be long."""


class Memory:
    """The tables of a record, each an array with room to grow."""

    def __init__(self, record: RecordType, source: Program | World, **other: Any) -> None:
        self._record = record
        self._arrays: dict[str, Words] = {}
        self._headers = np.zeros(len(record.places) * HEADER_SIZE, dtype=np.int64)
        self.error: BaseException | None = None
        """What has gone wrong in a function that compiled code called: it cannot pass through there."""
        self._make_room = CFUNCTYPE(c_int64, c_int64)(self._more)
        for name, table in record.tables.items():
            content = other[name] if name in other else getattr(source, name)
            array = _hashed_pairs(content) if isinstance(table, MapType) else _rows(content)
            self._set(name, array, len(content) if isinstance(table, MapType) else len(array) // table.width)

    @property
    def address(self) -> int:
        """Where the headers are."""
        return self._headers.ctypes.data

    def array(self, name: str) -> "Words":
        """The words of a table that are in use (of a dictionary: all)."""
        table = self._record.tables[name]
        length = self._headers[self._record.places[name] * HEADER_SIZE + LENGTH]
        array = self._arrays[name]
        return array if isinstance(table, MapType) else array[: length * table.width]

    def rows(self, name: str) -> list[Any]:
        """A table as a list of numbers or of tuples."""
        width = self._record.tables[name].width
        values = self.array(name)
        return values.tolist() if width == 1 else [tuple(row) for row in values.reshape(-1, width).tolist()]

    def dictionary(self, name: str) -> dict[int, int]:
        """A dictionary as one."""
        pairs = self._arrays[name].reshape(-1, 2)
        return dict(pairs[pairs[:, 0] != EMPTY].tolist())

    def replace(self, name: str, array: "Words") -> None:
        """Put another array, all of it in use, in the place of a table."""
        self._set(name, array, len(array) // self._record.tables[name].width)

    def reserve(self, name: str, count: int) -> None:
        """Have room for so many rows without growing."""
        length = len(self.array(name))
        array = np.zeros(max(count * self._record.tables[name].width, length), dtype=np.int64)
        array[:length] = self.array(name)
        self._set(name, array, length // self._record.tables[name].width)

    def close(self) -> None:
        """Let go of what compiled code called, which holds this memory in turn."""
        del self._make_room

    def _set(self, name: str, array: "Words", length: int) -> None:
        self._arrays[name] = array
        place = self._record.places[name] * HEADER_SIZE
        self._headers[place + ADDRESS] = array.ctypes.data
        self._headers[place + LENGTH] = length
        self._headers[place + ROOM] = len(array) // self._record.tables[name].width
        self._headers[place + MORE] = cast(self._make_room, c_void_p).value or 0

    def _more(self, header: int) -> int:
        """Double the room of a table, given the address of its header; called by compiled code."""
        try:
            self._lengthen((header - self.address) // WORD_BYTES // HEADER_SIZE)
        except BaseException as error:
            self.error = error
            return 1
        return 0

    def _lengthen(self, number: int) -> None:
        name = list(self._record.places)[number]
        length = int(self._headers[number * HEADER_SIZE + LENGTH])
        if isinstance(self._record.tables[name], MapType):
            self._set(name, _hashed_pairs(self.dictionary(name), len(self._arrays[name])), length)
        else:
            self.reserve(name, 2 * length + LEAST_ROOM)


def world_seen(w: World, memory: Memory) -> World:
    """A world whose tables are those of the memory, for functions that run plain and only look."""
    tables: dict[str, Any] = {name: memory.array(name) for name in SEEN}
    return replace(w, **tables)


def world_after(w: World, memory: Memory) -> World:
    """A world as compiled code has left it."""
    tables: dict[str, Any] = {}
    for name, table in WORLD.tables.items():
        if isinstance(table, MapType):
            tables[name] = memory.dictionary(name)
        elif name in AS_ARRAYS:
            tables[name] = memory.array(name)
        elif name not in EXTRA:
            tables[name] = memory.rows(name)
    return replace(w, **tables | {"heap": sorted(tables["heap"])})


def _rows(content: Any) -> "Words":
    return np.array(content, dtype=np.int64).reshape(-1)


def _hashed_pairs(pairs: dict[int, int], room: int = LEAST_ROOM) -> "Words":
    """A dictionary as a table with open addressing, at most half full."""
    while room < 2 * len(pairs):
        room *= 2
    table = np.full(2 * room, EMPTY, dtype=np.int64)
    for key, value in pairs.items():
        place = scrambled(key) & (room - 1)
        while table[2 * place] != EMPTY:
            place = (place + 1) & (room - 1)
        table[2 * place], table[2 * place + 1] = key, value
    return table

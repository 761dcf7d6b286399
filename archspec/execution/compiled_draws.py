"""Blocks of random draws for compiled code, which finds them in a table and asks here for what is not there."""

from ctypes import CFUNCTYPE, c_int64, c_void_p, cast

import numpy as np

from archspec.execution.compiled_memory import Memory
from archspec.execution.compiled_world import (
    INDEX_BLOCK,
    INDEX_OCCURRENCE,
    INDEX_PLACE,
    INDEX_SIZE,
    INDEX_SLOT,
    INDEX_USED,
    KNOWN_TIME,
    hashed,
)
from archspec.execution.layout import NONE
from archspec.execution.state import DrawSource

FIRST_ROOM = 64


class Blocks:
    """The blocks of a run: room for some; when it is full, the half that was not used for longest goes.

    A block is a function of what it is for, so it can be made again; where that happens too often, the room doubles.
    """

    def __init__(self, source: DrawSource) -> None:
        self._source = source
        self._size = 2 ** max(source.block_bits, default=0)
        self._room = FIRST_ROOM
        self._again = 0
        self._gone: set[tuple[int, ...]] = set()
        self._pointer = CFUNCTYPE(c_int64, c_int64, c_int64, c_int64)(self._fill)
        self._memory: Memory | None = None
        self._known = np.array([0, cast(self._pointer, c_void_p).value or 0], dtype=np.int64)
        self.tables = {
            "index": np.full(4 * FIRST_ROOM * INDEX_SIZE, NONE, dtype=np.int64),
            "drawn": np.zeros(FIRST_ROOM * self._size, dtype=np.int64),
            "known": self._known,
        }
        self._free = list(range(0, FIRST_ROOM * self._size, self._size))

    def close(self) -> None:
        """Let go of what compiled code called, which holds these blocks in turn."""
        del self._pointer

    def serve(self, memory: Memory) -> None:
        """Put what is drawn into this memory from now on."""
        self._memory = memory
        self._known = memory.array("known")

    def _fill(self, draw: int, occurrence: int, block: int) -> int:
        """Make a block and enter it in the index; called by compiled code."""
        assert self._memory is not None
        try:
            values = self._source.values(draw, occurrence, block)
            if not self._free:
                self._forget()
            place = self._free.pop()
            self._memory.array("drawn")[place : place + len(values)] = values
            self._known[KNOWN_TIME] += 1
            self._again += (draw, occurrence, block) in self._gone
            self._enter([draw, occurrence, block, place, int(self._known[KNOWN_TIME])])
        except BaseException as error:
            self._memory.error = error
            return 1
        return 0

    def _enter(self, row: list[int]) -> None:
        assert self._memory is not None
        index = self._memory.array("index").reshape(-1, INDEX_SIZE)
        place = hashed(row[INDEX_SLOT], row[INDEX_OCCURRENCE], row[INDEX_BLOCK]) & (len(index) - 1)
        while index[place, INDEX_PLACE] >= 0:
            place = (place + 1) & (len(index) - 1)
        index[place] = row

    def _forget(self) -> None:
        """Keep the half used last, or all where more than a quarter of the new ones had been there before."""
        assert self._memory is not None
        index = self._memory.array("index").reshape(-1, INDEX_SIZE)
        rows = index[index[:, INDEX_PLACE] >= 0]
        rows = rows[rows[:, INDEX_USED].argsort(kind="stable")]
        if 8 * self._again > self._room:
            drawn = self._memory.array("drawn")
            self._memory.replace("drawn", np.concatenate([drawn, np.zeros_like(drawn)]))
            self._free = list(range(self._room * self._size, 2 * self._room * self._size, self._size))
            self._room *= 2
            kept, gone = rows, rows[:0]
        else:
            kept, gone = rows[len(rows) // 2 :], rows[: len(rows) // 2]
            self._free = gone[:, INDEX_PLACE].tolist()
        self._again = 0
        self._gone = {tuple(row[: INDEX_BLOCK + 1]) for row in gone.tolist()}
        self._memory.replace("index", np.full(4 * self._room * INDEX_SIZE, NONE, dtype=np.int64))
        for row in kept.tolist():
            self._enter(row)

"""Blocks of random draws for compiled code, which finds them in a table and asks here for what is not there."""

from ctypes import CFUNCTYPE, c_int64, c_void_p, cast

import numpy as np

from archspec.execution.compiled_memory import Memory
from archspec.execution.compiled_world import (
    INDEX_BLOCK,
    INDEX_PLACE,
    INDEX_SIZE,
    INDEX_USED,
    KNOWN_BITS,
    KNOWN_FILL,
    KNOWN_SIZE,
    hashed,
)
from archspec.execution.layout import NONE
from archspec.execution.state import DrawSource

FIRST_ROOM = 64


class Blocks:
    """The blocks of a run: room for some; when it is full, those not used since the last time make room."""

    def __init__(self, source: DrawSource, bits: int) -> None:
        self._source = source
        self._size = 2**bits
        self._room = FIRST_ROOM
        self._pointer = CFUNCTYPE(c_int64, c_int64, c_int64, c_int64)(self._fill)
        self._memory: Memory | None = None
        self.tables = {
            "index": np.full(4 * FIRST_ROOM * INDEX_SIZE, NONE, dtype=np.int64),
            "drawn": np.zeros(FIRST_ROOM * self._size, dtype=np.int64),
            "known": np.zeros(KNOWN_SIZE, dtype=np.int64),
        }
        self.tables["known"][KNOWN_BITS] = bits
        self.tables["known"][KNOWN_FILL] = cast(self._pointer, c_void_p).value or 0
        self._free = list(range(0, FIRST_ROOM * self._size, self._size))

    def close(self) -> None:
        """Let go of what compiled code called, which holds these blocks in turn."""
        del self._pointer

    def serve(self, memory: Memory) -> None:
        """Put what is drawn into this memory from now on."""
        self._memory = memory

    def _fill(self, draw: int, occurrence: int, block: int) -> int:
        """Make a block and enter it in the index; called by compiled code."""
        assert self._memory is not None
        try:
            values = self._source.values(draw, occurrence, block)
            if not self._free:
                self._forget()
            place = self._free.pop()
            self._memory.array("drawn")[place : place + self._size] = values
            self._enter(np.array([draw, occurrence, block, place, 1], dtype=np.int64))
        except BaseException as error:
            self._memory.error = error
            return 1
        return 0

    def _enter(self, row: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
        assert self._memory is not None
        index = self._memory.array("index").reshape(-1, INDEX_SIZE)
        draw, occurrence, block = (int(number) for number in row[: INDEX_BLOCK + 1])
        place = hashed(draw, occurrence, block) & (len(index) - 1)
        while index[place, INDEX_PLACE] >= 0:
            place = (place + 1) & (len(index) - 1)
        index[place] = row

    def _forget(self) -> None:
        """Keep the blocks used since the last time; where those are more than half, double the room."""
        assert self._memory is not None
        index = self._memory.array("index").reshape(-1, INDEX_SIZE)
        kept = index[(index[:, INDEX_PLACE] >= 0) & (index[:, INDEX_USED] > 0)]
        drawn = self._memory.array("drawn")
        if 2 * len(kept) > self._room:
            self._room *= 2
            self._memory.replace("drawn", np.concatenate([drawn, np.zeros_like(drawn)]))
        self._memory.replace("index", np.full(4 * self._room * INDEX_SIZE, NONE, dtype=np.int64))
        kept[:, INDEX_USED] = 0
        for row in kept:
            self._enter(row)
        taken = {int(place) for place in kept[:, INDEX_PLACE]}
        self._free = [place for place in range(0, self._room * self._size, self._size) if place not in taken]

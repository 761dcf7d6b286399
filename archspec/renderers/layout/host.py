"""What Graphviz's WebAssembly module asks of its surroundings: memory and a place for messages. It gets no files."""

import struct
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from archspec.renderers.assets import asset_path
from archspec.webassembly import Compiler, compiled

if TYPE_CHECKING:
    from wasmtime import Memory

_EXPORTS = {
    "memory": "z",
    "start": "A",
    "allocate": "F",
    "read_graph": "I",
    "create_context": "V",
    "layout": "X",
    "render": "_",
}
"""The short names that this build gives to what it offers."""

_NO_SUCH_FILE, _BAD_DESCRIPTOR = -44, 8
_PAGE = 65_536
_MOST_BYTES = 2**31
_LONGEST_PIECE = 65_536


class AbortedError(Exception):
    """Graphviz ended itself: a failed assertion, or no memory."""


class Instance:
    """Graphviz, freshly started; `said` is what it complained of."""

    def __init__(self) -> None:
        from wasmtime import FuncType, Linker, Store

        code = compiled(asset_path("graphviz/graphviz.wasm"), Compiler.QUICK)
        self._engine = code.engine
        self._store = Store(self._engine)
        self.allow_until_next_epoch()
        self._said: list[str] = []
        linker = Linker(self._engine)
        answers = self._answers()
        for wanted in code.module.imports:
            name, kind = str(wanted.name), wanted.type
            if isinstance(kind, FuncType):
                linker.define_func(wanted.module, name, kind, answers[name])
        exports = linker.instantiate(self._store, code.module).exports(self._store)
        self._exports: dict[str, Any] = {name: exports[short] for name, short in _EXPORTS.items()}
        self._memory: Memory = self._exports["memory"]
        self.call("start")

    @property
    def said(self) -> str:
        """Errors and warnings so far, on one line."""
        return " ".join("".join(self._said).split())

    def call(self, name: str, *arguments: int) -> int:
        """The answer of one of the module's functions; addresses are numbers."""
        return int(self._exports[name](self._store, *arguments) or 0)

    def put(self, text: str) -> int:
        """Where the text stands in the module's memory from now on."""
        data = text.encode() + b"\0"
        address = self.call("allocate", len(data))
        self._memory.write(self._store, data, address)
        return address

    def text(self, address: int) -> str:
        """The text that ends with the first zero byte."""
        pieces: list[bytes] = []
        while True:
            piece = bytes(self._memory.read(self._store, address, address + _LONGEST_PIECE))
            end = piece.find(b"\0")
            if end >= 0:
                return b"".join((*pieces, piece[:end])).decode()
            pieces.append(piece)
            address += len(piece)

    def allow_until_next_epoch(self) -> None:
        """Let calls run until somebody says that an epoch ends."""
        self._store.set_epoch_deadline(1)

    def next_epoch(self) -> None:
        """Stop whatever runs."""
        self._engine.increment_epoch()

    def _answers(self) -> dict[str, Callable[..., Any]]:
        """The functions that Emscripten's library in C calls, by the short names of this build."""
        no_file, no_descriptor = partial(_always, _NO_SUCH_FILE), partial(_always, _BAD_DESCRIPTOR)
        return {
            **dict.fromkeys("abch", self._abort),  # __assert_fail, __cxa_throw, exit, abort
            "d": self._write,  # fd_write
            **dict.fromkeys("eir", no_descriptor),  # fd_close, fd_read, fd_seek
            **dict.fromkeys("fjlvwy", no_file),  # fcntl, ioctl, openat, newfstatat, fstat, faccessat
            "g": lambda: 0.0,  # the date: a layout must come out the same every time
            "k": self._grow,  # emscripten_resize_heap
            **dict.fromkeys("mn", no_file),  # mmap, munmap
            "o": partial(_always, 0),  # localtime
            "p": self._hear,  # Graphviz's own messages
            "q": lambda *_: None,  # tzset
            **dict.fromkeys("st", self._no_environment),  # environ_get, environ_sizes_get
            "u": self._no_chance,  # getentropy
            "x": self._no_time,  # clock_time_get
        }

    def _abort(self, *_: int) -> NoReturn:
        raise AbortedError

    def _write(self, _: int, vectors: int, count: int, written: int) -> int:
        total = 0
        for at in range(vectors, vectors + 8 * count, 8):
            start, length = struct.unpack("<II", self._memory.read(self._store, at, at + 8))
            self._said.append(bytes(self._memory.read(self._store, start, start + length)).decode(errors="replace"))
            total += length
        self._memory.write(self._store, struct.pack("<I", total), written)
        return 0

    def _hear(self, address: int) -> int:
        self._said.append(self.text(address))
        return 0

    def _grow(self, size: int) -> int:
        from wasmtime import WasmtimeError

        now = self._memory.data_len(self._store)
        wanted = min(_MOST_BYTES, max(size, now + now // 5))
        if size > _MOST_BYTES:
            return 0
        try:
            self._memory.grow(self._store, -(-(wanted - now) // _PAGE))
        except WasmtimeError:
            return 0
        return 1

    def _no_environment(self, first: int, second: int) -> int:
        for address in (first, second):
            self._memory.write(self._store, bytes(4), address)
        return 0

    def _no_chance(self, address: int, length: int) -> int:
        self._memory.write(self._store, b"\7" * length, address)
        return 0

    def _no_time(self, _clock: int, _precision: int, address: int) -> int:
        self._memory.write(self._store, bytes(8), address)
        return 0


def _always(answer: int, *_: int) -> int:
    return answer

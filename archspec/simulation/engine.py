"""The engine as Python sees it, and the only file that knows WebAssembly.

`engine.wasm` is built from `engine/` and has no imports: it reads nothing, writes nothing and knows no clock. Each run
has an instance of its own, whose memory is read in place; the lock of the interpreter is free while it works.
"""

import ctypes
from array import array
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.errors import DefectError, UsageError
from archspec.simulation.program import Program, Run
from archspec.simulation.program_text import text_of
from archspec.webassembly import Compiler, compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WASM = Path(__file__).with_name("engine.wasm")
SLICE = 100_000
"""Events between two looks at the keyboard: some hundredths of a second."""
STEPS_OF_PROGRESS = 100
MUCH = 2**30
"""Bytes of memory from which an end without a word is one for want of memory: WebAssembly ends at 4 GiB, and a table
that grows needs three times its size for a while."""
OVERFLOW = "capacity overflow"
"""What Rust says of a table beyond 2 GiB."""
Progress = Callable[[float], None]


class View(IntEnum):
    """What can be read of a run, by its number at the door."""

    LOG = 0
    SAMPLES = 1
    FIRST = 2
    """The sample at the end of the warm-up."""
    LAST = 3
    AT = 4
    UNTIL = 5
    NUMBER = 6
    FLOW = 7
    STATUS = 8
    CAUSE = 9
    DEGRADED = 10
    COUNTS = 11
    QUEUES = 12
    RETRIES = 13
    REPLICAS = 14
    FLOWS = 15
    FLOW_SAMPLES = 16
    SHOWN = 17
    ANSWER = 18
    POOLS = 19
    ALERTS = 20
    JOBS = 21
    SESSIONS = 22
    FUNCTIONS = 23
    FAILURES = 24


class Question(IntEnum):
    """What can be asked about the response times of a flow's requests of the window."""

    SUMMARY = 0
    """How many, their mean, and whether percentiles are times that occurred."""
    PERCENTILE = 1
    """Of a share."""
    MEANS = 2
    """Of 20 batches in order of arrival."""
    BEYOND = 3
    """Of 20 batches the shares of times above a value; then the shares of those not below it."""
    SUCCESSES = 4
    """Of 20 batches the shares of requests that ended well."""
    TALLY = 5
    """Between which times lie how many."""


class Engine:
    """One run of a Program, from its beginning to wherever it is let go."""

    def __init__(self, program: Program) -> None:
        """Begin a run.

        Raises:
            UsageError: there is no engine for this machine.
            DefectError: the engine refuses the Program, which is archspec's own mistake.

        """
        code = compiled(WASM, Compiler.OPTIMIZING)
        import wasmtime  # after `compiled`, which says in a sentence where there is none

        self._errors: tuple[type[Exception], ...] = (wasmtime.WasmtimeError, wasmtime.Trap)
        self._store = wasmtime.Store(code.engine)
        exports = wasmtime.Instance(self._store, code.module, []).exports(self._store)
        self._exports: dict[str, Any] = dict(exports.items())
        self._memory: wasmtime.Memory = self._exports["memory"]
        self._run = self._tell("start", program.to_json())

    def again(self, run: Run) -> None:
        """Begin another run of the same system, which is not read again; what is known of this one is forgotten.

        Raises:
            DefectError: the engine refuses it, which is archspec's own mistake.

        """
        self._tell("again", text_of(run), self._run)

    def advance(self, until: int | None, progress: Progress | None = None) -> None:
        """Let happen what happens up to and at `until` (nanoseconds), or until nothing is left.

        `progress` is called now and then with the share of that time that is over.

        Raises:
            UsageError: it needs more memory than there is.
            DefectError: the engine has stopped, which is archspec's own mistake.

        """
        told = 0
        while not self._call("advance", self._run, -1 if until is None else until, SLICE):
            step = self._call("now", self._run) * STEPS_OF_PROGRESS // until if until else 0
            if progress is not None and step > told:
                told = step
                progress(step / STEPS_OF_PROGRESS)
        if progress is not None:
            progress(1.0)

    def rows(self, view: View, width: int) -> list[tuple[int, ...]]:
        """The rows of a table of 64-bit numbers, as Python's own: what a short run is read by."""
        numbers = array("q", bytes(self._bytes(view)))
        return list(zip(*(numbers[column::width] for column in range(width)), strict=True))

    def ask(self, question: Question, flow: int, *, good: bool = True, value: float = 0.0) -> list[float]:
        """The answer to a question about the requests of a flow that ended well, or did not; empty of none."""
        self._call("ask", self._run, int(question), flow, int(good), value)
        return array("d", bytes(self._bytes(View.ANSWER))).tolist()

    def column(self, view: View, dtype: str) -> "NDArray[Any]":
        """A column as it lies in the engine's memory, until the run goes on."""
        import numpy as np

        found: NDArray[Any] = np.frombuffer(memoryview(self._bytes(view)), dtype=dtype)
        return found

    def table(self, view: View, width: int) -> "NDArray[np.int64]":
        """A table of 64-bit numbers as it lies in the engine's memory, until the run goes on."""
        found: NDArray[np.int64] = self.column(view, "int64").reshape(-1, width)
        return found

    def _bytes(self, view: View) -> "ctypes.Array[ctypes.c_ubyte]":
        size = self._place("view_length", self._run, int(view))
        place = self._place("view_pointer", self._run, int(view))
        found: ctypes.Array[ctypes.c_ubyte] = self._memory.get_buffer_ptr(self._store, size, place)
        found.keeps = self  # type: ignore[attr-defined]  # the memory lives as long as anybody looks at it
        return found

    def _tell(self, name: str, text: str, *first: int) -> int:
        """What the engine answers to a text."""
        told = text.encode()
        place = self._place("allocate", len(told))
        self._memory.write(self._store, told, place)
        answer = self._call(name, *first, place, len(told))
        self._call("release", place, len(told))
        if answer == 0:
            raise DefectError(f"the engine refuses a Program: {self._message()}")
        return answer

    def _place(self, name: str, *arguments: int) -> int:
        """What the engine answers, as the 32 bits without a sign that it means."""
        return self._call(name, *arguments) % 2**32

    def _call(self, name: str, *arguments: float) -> int:
        try:
            result: int | None = self._exports[name](self._store, *arguments)
        except self._errors as error:
            if self._memory.data_len(self._store) > MUCH and (OVERFLOW in self._message() or not self._message()):
                remedy = "shorten `duration`, or lower the rates."
                raise UsageError(
                    f"this run needs more memory than the 4 GiB that there are for one; {remedy}"
                ) from None
            raise DefectError(f"the engine has stopped: {self._message() or _first_line(error)}") from None
        return result or 0

    def _message(self) -> str:
        """What the engine says of a refusal, or of its end."""
        place, size = (self._exports[f"message_{part}"](self._store) % 2**32 for part in ("pointer", "length"))
        return bytes(self._memory.read(self._store, place, place + size)).decode("utf-8", "replace") if size else ""


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]

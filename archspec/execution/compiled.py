"""The same kernel, compiled: every function of it translated by numba, from the one source that also runs plain.

The functions of the kernel's modules are given to numba as they stand. Two things differ: a program and a world are
numba records over arrays and lists instead of tuples of lists, and a block of draws is asked for through a function
pointer, since numpy makes it either way. What is compiled is kept on disk, under a name that stands for the sources
and for numba's version.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, c_int64, c_void_p, cast
from functools import cache
from hashlib import blake2b
from heapq import heappop, heappush
from os import environ
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from archspec.errors import DefectError, MissingExtraError
from archspec.execution.program import Program
from archspec.execution.state import DrawSource, World

if TYPE_CHECKING:
    from numpy.typing import NDArray


SMALL = 400
"""Bytes of Python's code up to which a function is compiled into its callers."""
_USED = ("ProgramRecord", "WorldRecord", "Dict", "INTEGER", "BLOCK", "VALUES", "np")
"""What the compiled functions use beside each other and their constants."""


def is_available() -> bool:
    """Whether numba is there."""
    from importlib.util import find_spec

    return find_spec("numba") is not None


def kernel_modules() -> tuple[ModuleType, ...]:
    """The modules whose functions make up the kernel; none of their functions share a name."""
    from archspec.execution import (
        admission,
        answering,
        arriving,
        breaking,
        caching,
        calling,
        choosing,
        environment,
        health,
        kernel,
        limiting,
        messaging,
        network,
        remembering,
        replacing,
        rollout,
        sampling,
        sequencing,
        serving,
        settling,
        state,
        timing,
    )

    asking = (remembering, network, breaking, choosing, sequencing, caching, calling, settling)
    answering_ = (admission, limiting, serving, answering, messaging)
    by_the_clock = (timing, environment, health, replacing, rollout, arriving, sampling)
    return (state, *asking, *answering_, *by_the_clock, kernel)


@cache
def _functions() -> dict[str, Any]:
    """Every function of the kernel, compiled when it is first called, and the constants they use."""
    if not is_available():
        raise MissingExtraError("compiled simulation", "fast")
    import numba

    from archspec.execution import compiled_world, layout

    modules = kernel_modules()
    home = ModuleType(f"{__name__}_kernel")
    sys.modules[home.__name__] = home  # numba looks it up when it reads from its cache
    names = vars(home)
    for module in (layout, *modules, compiled_world):
        names.update(_constants(module))
    functions: dict[str, FunctionType] = {}
    for module in modules:
        for name, function in _own_functions(module):
            if name in functions:
                raise DefectError(f"two functions of the kernel are called `{name}`")
            functions[name] = function
    functions |= dict(_own_functions(compiled_world))
    names.update({name: getattr(compiled_world, name) for name in _USED})
    names.update(heappush=heappush, heappop=heappop)
    with cache_folder(modules):
        for name, function in functions.items():
            twin = FunctionType(function.__code__, names, name)
            inner = name != "execute"  # called by compiled code only, and kept as part of it
            compile_ = numba.njit(
                cache=not inner,
                error_model="numpy",
                no_cpython_wrapper=inner,
                no_cfunc_wrapper=inner,
                forceinline=inner and len(function.__code__.co_code) < SMALL,
            )
            names[name] = compile_(twin)
    return names


def _constants(module: ModuleType) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if isinstance(value, (int, tuple)) and name.isupper()}


def _own_functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in vars(module).items():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield name, value


@contextmanager
def cache_folder(modules: tuple[ModuleType, ...]) -> Iterator[None]:
    """Let numba keep what it compiles meanwhile in a folder that belongs to exactly these sources."""
    import numba
    from numba.core import config

    from archspec.execution import compiled_world, layout

    digest = blake2b(numba.__version__.encode(), digest_size=8)
    for module in (layout, compiled_world, *modules):
        digest.update(Path(module.__file__ or "").read_bytes())
    base = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    before = config.CACHE_DIR
    config.CACHE_DIR = str(base / "archspec" / f"kernel-{digest.hexdigest()}")
    try:
        yield
    finally:
        config.CACHE_DIR = before


class _Blocks:
    """A source of draws as a function pointer: fills a buffer with a block of values."""

    def __init__(self, source: DrawSource, size: int) -> None:
        import numpy as np

        self.buffer = np.zeros(size, dtype=np.int64)
        self._source = source
        self._pointer = CFUNCTYPE(c_int64, c_int64, c_int64, c_int64)(self._fill)

    def _fill(self, draw: int, occurrence: int, block: int) -> int:
        self.buffer[:] = self._source.block(draw, occurrence, block)
        return 0

    @property
    def address(self) -> int:
        """Where the function is."""
        return cast(self._pointer, c_void_p).value or 0


def run_compiled(p: Program, w: World, moments: list[int], warm_up: int) -> tuple[World, list[int], list[int]]:
    """Run a world through the moments as `kernel.run` does; the world after it, and two samples.

    The samples are those at the end of the warm-up and at the very end.

    Raises:
        MissingExtraError: numba is not installed.

    """
    import numpy as np

    functions = _functions()
    from archspec.execution.compiled_world import FIXED, GROWING, TABLES, TUPLES, function_at

    assert w.source is not None
    blocks = _Blocks(w.source, 2**w.block_bits)
    program = tuple(_array(table) for table in p)
    fixed = tuple(_array(getattr(w, name)) for name in FIXED)
    tables = tuple(_array(getattr(w, name)) for name in TABLES)
    growing = tuple(_array(getattr(w, name)) for name in GROWING)
    tuples = tuple(np.array(getattr(w, name), dtype=np.int64).reshape(-1, width) for name, width in TUPLES.items())
    pairs = np.array([*w.rounds.items()], dtype=np.int64).reshape(-1, 2)
    after = functions["execute"](
        program,
        fixed,
        tables,
        growing,
        tuples,
        pairs,
        w.block_bits,
        function_at(blocks.address),
        blocks.buffer,
        np.array(moments, dtype=np.int64),
        warm_up,
    )
    tasks, asked, samples, log, first, last = after
    changed = {name: array.tolist() for name, array in zip(FIXED, fixed, strict=True)}
    world = w._replace(
        **changed, tasks=tasks.tolist(), asked=asked, samples=samples.tolist(), log=[tuple(row) for row in log.tolist()]
    )
    return world, first.tolist(), last.tolist()


def _array(values: list[int]) -> "NDArray[Any]":
    import numpy as np

    return np.array(values, dtype=np.int64)

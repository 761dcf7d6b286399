"""The same kernel, compiled: every function of it translated by numba, from the one source that also runs plain.

The functions of the kernel's modules are given to numba as they stand. Two things differ: the tables of a program and
of a world lie in arrays of numpy, which compiled code reaches by their addresses; and a block of draws is asked for
through a function pointer, since numpy makes it either way. What is compiled is kept on disk, under a name that stands
for the sources and for numba's version.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from os import environ
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from archspec.errors import DefectError, MissingExtraError
from archspec.execution.program import Program
from archspec.execution.sampling import sampled
from archspec.execution.state import ASKED_SIZE, World

_USED = ("ask", "header", "make_room", "words", "program_at", "world_at")
"""What the compiled functions use beside each other and their constants."""
_ENTRY = "run_to"


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
        replicating,
        rollout,
        sampling,
        sequencing,
        serving,
        settling,
        state,
        timing,
    )

    asking = (remembering, network, breaking, choosing, sequencing, caching, calling, settling)
    answering_ = (admission, limiting, serving, answering, replicating, messaging)
    by_the_clock = (timing, environment, health, replacing, rollout, arriving, sampling)
    return (state, *asking, *answering_, *by_the_clock, kernel)


@cache
def _functions() -> dict[str, Any]:
    """Every function of the kernel, compiled when it is first called, and the constants they use."""
    if not is_available():
        raise MissingExtraError("compiled simulation", "fast")
    import numba

    from archspec.execution import compiled_library, compiled_tables, compiled_world, layout

    modules = kernel_modules()
    home = ModuleType(f"{__name__}_kernel")
    sys.modules[home.__name__] = home  # numba looks it up when it reads from its cache
    names = vars(home)
    for module in (layout, *modules, compiled_tables, compiled_world):
        names.update(_constants(module))
    functions: dict[str, FunctionType] = {}
    for module in modules:
        for name, function in _own_functions(module):
            if name in functions:
                raise DefectError(f"two functions of the kernel are called `{name}`")
            functions[name] = function
    functions |= dict(_own_functions(compiled_world))
    names.update({name: getattr(compiled_world, name) for name in _USED})
    with cache_folder((sys.modules[__name__], layout, compiled_tables, compiled_library, compiled_world, *modules)):
        for name, function in functions.items():
            twin = FunctionType(function.__code__, names, name)
            inner = name != _ENTRY
            twin.__qualname__ = f"{compiled_world.INNER}{name}" if inner else name
            compile_ = numba.njit(cache=not inner, error_model="numpy", no_cpython_wrapper=inner, no_cfunc_wrapper=True)
            names[name] = compiled_library.of_numbers_alone(compile_(twin))
    compiled_world.teach(names)
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

    digest = blake2b(numba.__version__.encode(), digest_size=8)
    for module in modules:
        digest.update(Path(module.__file__ or "").read_bytes())
    base = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    before = config.CACHE_DIR
    config.CACHE_DIR = str(base / "archspec" / f"kernel-{digest.hexdigest()}")
    try:
        yield
    finally:
        config.CACHE_DIR = before


def run_compiled(
    p: Program, w: World, moments: list[int], warm_up: int, progress: Callable[[float], None] | None = None
) -> tuple[World, list[int], list[int]]:
    """Run a world through the moments as `kernel.run` does; the world after it, and two samples.

    The samples are those at the end of the warm-up and at the very end. `progress` is called after each moment.

    Raises:
        MissingExtraError: numba is not installed.

    """
    run_to = _functions()[_ENTRY]
    from archspec.execution.compiled_draws import Blocks
    from archspec.execution.compiled_library import all_at_once
    from archspec.execution.compiled_memory import Memory, world_after, world_seen
    from archspec.execution.compiled_world import INNER, PROGRAM, WORLD

    assert w.source is not None
    blocks = Blocks(w.source)
    program = Memory(PROGRAM, p)
    world = Memory(WORLD, w, heap=sorted(w.heap), **blocks.tables)
    world.reserve("asked", len(w.arrivals) * ASKED_SIZE)
    blocks.serve(world)
    first = sampled(world_seen(w, world))
    try:
        with all_at_once(INNER, _ENTRY):
            for number, moment in enumerate(moments, start=1):
                run_to(program.address, world.address, moment)
                if moment == warm_up:
                    first = sampled(world_seen(w, world))
                if progress is not None:
                    progress(number / len(moments))
    except (MemoryError, RuntimeError):
        if world.error is not None:
            raise world.error from None
        raise
    finally:
        for part in (blocks, program, world):
            part.close()
    return world_after(w, world), first, sampled(world_seen(w, world))

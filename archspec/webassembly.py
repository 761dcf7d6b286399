"""WebAssembly modules, compiled for this machine once: wasmtime keeps the code in the user's cache folder."""

import atexit
import platform
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.errors import UsageError

if TYPE_CHECKING:
    from wasmtime import Engine, Module


class Compiler(Enum):
    """What makes machine code of a module."""

    OPTIMIZING = "Cranelift"
    QUICK = "Winch"
    """Takes a fifth of the time: for a large module of which most is never run. Elsewhere than on x86-64, Cranelift."""


_WINCH = 2
"""`WASMTIME_STRATEGY_WINCH` of wasmtime's C API."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A module, and the engine that it was compiled for, which stops its calls at the end of an epoch."""

    engine: "Engine"
    module: "Module"


@cache
def compiled(file: Path, compiler: Compiler) -> Compiled:
    """The module in a file, compiled once by each process.

    Raises:
        UsageError: wasmtime has no build for this kind of machine.

    """
    engine = _engine(compiler)
    from wasmtime import Module

    atexit.register(compiled.cache_clear)  # while wasmtime is still there to free it

    return Compiled(engine, Module.from_file(engine, str(file)))


def _engine(compiler: Compiler) -> "Engine":
    try:
        from wasmtime import Config, Engine, WasmtimeError, _ffi
    except (ImportError, OSError, RuntimeError) as error:
        raise UsageError("the Python package wasmtime has no build for this kind of machine.") from error
    config = Config()
    config.epoch_interruption = True
    with suppress(WasmtimeError):  # no folder that can be written to: each process compiles anew
        config.cache = True
    if compiler is Compiler.QUICK and platform.machine() in ("x86_64", "AMD64"):
        _ffi.wasmtime_config_strategy_set(config.ptr(), _WINCH)  # the package's own setter does not know it
    return Engine(config)

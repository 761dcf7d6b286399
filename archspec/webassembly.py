"""WebAssembly modules, translated for this machine once: the native code is kept in the user's cache folder."""

import atexit
import platform
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.native_code import kept

if TYPE_CHECKING:
    from wasmtime import Engine, Module


class Compiler(Enum):
    """What makes machine code of a module."""

    OPTIMIZING = "cranelift"
    QUICK = "winch"
    """Takes a fifth of the time: for a large module of which most is never run. Its calls can be stopped at the end of
    an epoch. Elsewhere than on x86-64 it is Cranelift too."""


_WINCH = 2
"""`WASMTIME_STRATEGY_WINCH` of wasmtime's C API."""


@frozen
class Compiled:
    """A module, and the engine that it was compiled for."""

    engine: "Engine"
    module: "Module"


@cache
def compiled(file: Path, compiler: Compiler) -> Compiled:
    """The module in a file, translated once by each process, and on each machine where its cache can be written.

    Raises:
        UsageError: wasmtime has no build for this kind of machine.

    """
    wasmtime = _library()
    atexit.register(compiled.cache_clear)  # while wasmtime is still there to free it
    engine, wasm = _engine(wasmtime, compiler), file.read_bytes()

    def translated() -> bytes:
        return bytes(wasmtime.Module(engine, wasm).serialize())

    name = f"{file.stem}-{sha256(wasm).hexdigest()[:16]}-{compiler.value}-{_version(wasmtime)}.native"
    try:
        return Compiled(engine, wasmtime.Module.deserialize(engine, kept(name, translated)))
    except wasmtime.WasmtimeError:  # kept by a machine with another processor
        return Compiled(engine, wasmtime.Module(engine, wasm))


def _library() -> Any:
    try:
        import wasmtime
    except (ImportError, OSError, RuntimeError):
        machine = f"{platform.system()}, {platform.machine()}"
        raise UsageError(
            f"nothing can be drawn, traced or simulated on this machine ({machine}): that needs the package wasmtime, "
            "which is made for Linux, macOS and Windows on x86-64 and ARM64; install it there."
        ) from None
    return wasmtime


def _engine(wasmtime: Any, compiler: Compiler) -> "Engine":
    config = wasmtime.Config()
    if compiler is Compiler.QUICK:
        config.epoch_interruption = True
        if platform.machine() in ("x86_64", "AMD64"):
            setter = wasmtime._ffi.wasmtime_config_strategy_set
            setter(config.ptr(), _WINCH)
    engine: Engine = wasmtime.Engine(config)
    return engine


def _version(wasmtime: Any) -> str:
    """The library's version, read off the folder beside it: to ask for it properly takes longer than a trace."""
    found = sorted(Path(wasmtime.__file__).parents[1].glob("wasmtime-*.dist-info"))
    return found[-1].name.split("-")[1].removesuffix(".dist") if found else "unknown"

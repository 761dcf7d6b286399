"""Modules are translated once by each process and once on each machine."""

import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest
import wasmtime

from archspec import webassembly
from archspec.errors import UsageError
from archspec.webassembly import Compiler, compiled


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The smallest module there is, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "small.wasm"
    path.write_bytes(wasmtime.wat2wasm('(module (func (export "two") (result i32) i32.const 2))'))
    return path


def two(found: webassembly.Compiled) -> int:
    """What the module's one function says."""
    store = wasmtime.Store(found.engine)
    store.set_epoch_deadline(1)
    function = wasmtime.Instance(store, found.module, []).exports(store)["two"]
    assert isinstance(function, wasmtime.Func)
    return int(function(store))


@pytest.mark.parametrize("compiler", Compiler)
def test_a_module_runs_the_first_time_and_from_what_is_kept(compiler: Compiler, module: Path) -> None:
    assert two(compiled(module, compiler)) == 2
    (kept,) = (module.parent / "cache" / "archspec").iterdir()
    assert kept.name.startswith("small-")
    assert kept.name.endswith(f"-{compiler.value}-{version('wasmtime')}.native")
    before = kept.stat().st_mtime_ns
    assert compiled(module, compiler) is compiled(module, compiler)
    compiled.cache_clear()
    assert two(compiled(module, compiler)) == 2
    assert kept.stat().st_mtime_ns == before


def test_what_another_processor_has_kept_is_translated_anew(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webassembly, "kept", lambda *_: b"of another processor")
    assert two(compiled(module, Compiler.OPTIMIZING)) == 2


def test_only_what_is_quickly_made_can_be_stopped(module: Path) -> None:
    spinning = wasmtime.wat2wasm('(module (func (export "spin") (loop (br 0))))')
    module.write_bytes(spinning)
    found = compiled(module, Compiler.QUICK)
    store = wasmtime.Store(found.engine)
    store.set_epoch_deadline(1)
    found.engine.increment_epoch()
    function = wasmtime.Instance(store, found.module, []).exports(store)["spin"]
    assert isinstance(function, wasmtime.Func)
    with pytest.raises(wasmtime.Trap, match="interrupt"):
        function(store)


def test_a_machine_without_wasmtime_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    with pytest.raises(UsageError, match="that needs the package wasmtime, which is made for Linux, macOS and Windows"):
        webassembly._library()


@pytest.mark.parametrize(
    ("folders", "told"),
    [([], "unknown"), (["wasmtime-9.0.1.dist-info"], "9.0.1"), (["wasmtime-9.0.1.dist-info", "wasmtime_x"], "9.0.1")],
)
def test_the_version_is_read_off_the_folder_beside_the_library(folders: list[str], told: str, tmp_path: Path) -> None:
    for name in (*folders, "wasmtime"):
        (tmp_path / name).mkdir()
    library = SimpleNamespace(__file__=str(tmp_path / "wasmtime" / "__init__.py"))
    assert webassembly._version(library) == told

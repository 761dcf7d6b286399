"""Trace files: found in folders and by patterns, opened as plain files, unpacked on the way."""

import gzip
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import glob, has_magic
from importlib import import_module
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from archspec.errors import UsageError
from archspec.observation.messages import LARGEST
from archspec.plain_file import open_plain_file
from archspec.values import listing

_SUFFIXES = (".json", ".jsonl", ".ndjson", ".prom", ".pb", ".binpb", ".gz", ".zst")


def trace_files(paths: Sequence[str]) -> tuple[str, ...]:
    """The files that paths mean: a file, a folder with all that lies in it, a pattern, or `-` for standard input.

    Raises:
        UsageError: one of them means nothing.

    """
    found: list[str] = []
    for path in paths:
        if path == "-" or Path(path).is_file():
            found.append(path)
        elif Path(path).is_dir():
            files = (file for file in Path(path).rglob("*") if file.suffix in _SUFFIXES and file.is_file())
            found += sorted(str(file) for file in files)
        elif has_magic(path):
            found += sorted(file for file in glob(path, recursive=True) if Path(file).is_file())  # noqa: PTH207 - an absolute pattern too
        else:
            found.append(path)  # opening it says what is wrong
    if not found:
        raise UsageError(f"no trace file in {listing(paths)}; name a .json or .jsonl file, also packed (.gz, .zst).")
    return tuple(dict.fromkeys(found))


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A trace file as a stream of its unpacked bytes.

    Raises:
        UsageError: it cannot be read.

    """
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        raw = open_plain_file(Path(name), within=None)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}; name a trace file.") from None
    with raw:
        match raw.read(4):
            case head if head[:2] == b"\x1f\x8b":
                raw.seek(0)
                yield cast("BinaryIO", gzip.GzipFile(fileobj=raw))
            case b"\x28\xb5\x2f\xfd":
                raw.seek(0)
                yield _zstd(name, raw)
            case _:
                raw.seek(0)
                yield raw


def _zstd(name: str, raw: BinaryIO) -> BinaryIO:
    module = _zstd_module()
    if module is None:
        raise UsageError(f"{name} is packed with zstd; pip install backports.zstd, or unpack it: `zstd -d {name}`.")
    return cast("BinaryIO", BufferedReader(module.ZstdFile(raw)))


def unpacked(data: bytes) -> bytes:
    """A message that is packed with zstd for itself.

    Raises:
        UsageError: there is nothing to unpack it with, or it is too large.

    """
    module = _zstd_module()
    if module is None:
        raise UsageError("messages are packed with zstd, each for itself; pip install backports.zstd.")
    found: bytes = module.ZstdDecompressor().decompress(data, LARGEST)
    if len(found) >= LARGEST:
        raise UsageError("a message is larger than 64 MiB when it is unpacked.")
    return found


def _zstd_module() -> Any:
    for name in ("compression.zstd", "backports.zstd"):  # the first is Python's own from 3.14 on
        try:
            return import_module(name)
        except ImportError:
            continue
    return None

"""Where results go: a file is written whole or not at all, what is no file is written through."""

import os
import stat
from pathlib import Path

from archspec.errors import UsageError
from archspec.plain_file import is_input
from archspec.whole_file import replace_whole


def write_file(path: Path, content: bytes | str, *, in_place: bool = False) -> None:
    """Write a file; a failure leaves the old one as it was. Links are followed and kept, devices and FIFOs written to.

    A file with several names (hard links) is written where it stands, so that all of them keep naming it: not in one
    step. With `in_place` the file may be one that this command has read.

    Raises:
        UsageError: the place cannot be written, or holds an input of this command.

    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not in_place:
        refuse_input(path)
    try:
        _write(path, data)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links; a NUL in the name
        raise cannot_write(path, error) from None


def refuse_input(path: Path) -> None:
    """Raise UsageError where a path names a file that this command has read."""
    if is_input(path):
        raise UsageError(f"{path} is what this command reads, and would be lost; choose another place.")


def cannot_write(path: Path, error: Exception) -> UsageError:
    """What to say of a place that cannot be written."""
    return UsageError(f"cannot write {path}: {getattr(error, 'strerror', None) or error}; choose another place.")


def _write(path: Path, data: bytes) -> None:
    try:
        status = path.stat()
    except FileNotFoundError:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(target, data)
        return
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(21, os.strerror(21), str(path))
    if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
        replace_whole(path.resolve(), data)
        return
    handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC | (os.O_TRUNC if not stat.S_ISREG(status.st_mode) else 0))
    with os.fdopen(handle, "wb", buffering=0) as file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        if stat.S_ISREG(status.st_mode):
            file.truncate(len(data))

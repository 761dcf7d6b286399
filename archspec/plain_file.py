"""The one way in which archspec opens a file that others wrote: a plain file, of a bounded size, within a folder.

A device has no end, a FIFO never begins, and a symbolic link may lead to what the reader of a stranger's pull request
never meant to show. Every file that takes part is noted, so that no output is written over it.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from archspec.errors import UsageError

SIZE_LIMIT = 16 * 2**20
"""The largest file that is read, in bytes: far above any real one, far below what would stop a machine."""

_INPUTS: ContextVar[set[Path] | None] = ContextVar("inputs", default=None)


_CONFINED_TO: list[Path] = []
"""Of the whole process: a confinement that a thread could leave would be none."""


@contextmanager
def confined_to(folder: Path) -> Iterator[None]:
    """Within it, this process reads no file that lies outside a folder once links are followed."""
    _CONFINED_TO.append(folder.resolve())
    try:
        yield
    finally:
        _CONFINED_TO.pop()


def may_be_read(path: Path) -> bool:
    """Whether a path, once links are followed, lies inside what this process is confined to."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):  # a ring of links; a NUL in the name
        return False
    return all(real.is_relative_to(folder) for folder in _CONFINED_TO)


@contextmanager
def inputs_noted() -> Iterator[None]:
    """Within it, every file that is read counts as an input of this command."""
    token = _INPUTS.set(set())
    try:
        yield
    finally:
        _INPUTS.reset(token)


def is_input(path: Path) -> bool:
    """Whether this command has read that file, by this name or another."""
    for read in _INPUTS.get() or ():
        try:
            if read.samefile(path):
                return True
        except OSError:
            continue
    return False


def read_plain_file(path: Path, *, within: Path | None, limit: int = SIZE_LIMIT) -> bytes:
    """The bytes of a file that is plain, at most `limit` long and, once links are followed, inside `within`.

    `within` is None where the person who runs archspec allows any place.

    Raises:
        OutsideError: it lies outside.
        UsageError: it is no plain file or too large.
        OSError: it is missing, a folder, or not readable.

    """
    with open_plain_file(path, within=within) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UsageError(f"`{path}` is larger than {limit / 2**20:g} MiB; make it smaller, or split it.")
    return data


def open_plain_file(path: Path, *, within: Path | None) -> BinaryIO:
    """A plain file inside `within`, to be read piece by piece by whoever bounds what it keeps.

    Raises:
        ConfinedError: it lies outside of what this process may read.
        OutsideError: it lies outside.
        UsageError: it is no plain file.
        OSError: it is missing, a folder, or not readable.

    """
    try:
        real = path.resolve()
        if not may_be_read(real):
            raise ConfinedError(path)
        if within is not None and not real.is_relative_to(within.resolve()):
            raise OutsideError(path)
        handle = os.open(real, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except (RuntimeError, ValueError) as error:  # a ring of links; a NUL in the name
        raise UsageError(f"`{path}` cannot be read: {error}; check its name.") from None
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(21, os.strerror(21), str(path))
        raise UsageError(f"`{path}` is not a plain file; name a file, or `-` for what is piped in.")
    inputs = _INPUTS.get()
    if inputs is not None:
        inputs.add(real)
    return os.fdopen(handle, "rb")


class OutsideError(UsageError):
    """A file lies outside the folder that it may be in."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` leads out of its folder; pass --allow-outside to read it all the same.")


class ConfinedError(UsageError):
    """A file lies outside the folder that this process may read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` lies outside the folder that archspec was started for; name a file inside it.")

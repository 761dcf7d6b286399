"""The engine's native code, kept in the user's cache folder, so that it is translated once and not at every start.

Whoever can write that file can run code as this user. So the folder and the file must be the user's own and nobody
else's to write, and what the file holds must have the digest that it begins with: anything else is passed over.
"""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from os import environ
from pathlib import Path

from archspec.whole_file import replace_whole

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
DIGEST = sha256().digest_size


def kept(name: str, translate: Callable[[], bytes]) -> bytes:
    """The native code that is kept under a name, else what `translate` makes, which is kept if that is possible."""
    with suppress(OSError):
        path = _folder() / name
        code = _read(path)
        if code is not None:
            return code
        code = translate()
        replace_whole(path, sha256(code).digest() + code)
        return code
    return translate()


def _folder() -> Path:
    """The folder, made if it was not there. Raises OSError where it is not the user's alone to write."""
    base = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    folder = (Path(base) if base else Path.home() / ".cache") / "archspec"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(folder.lstat()):
        raise PermissionError(folder)
    return folder


def _read(path: Path) -> bytes | None:
    """What is kept there; None of what is missing, damaged or another's."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        held = file.read() if stat.S_ISREG(found.st_mode) and _is_ours(found) else b""
    digest, code = held[:DIGEST], held[DIGEST:]
    return code if sha256(code).digest() == digest else None


def _is_ours(found: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and nobody else may write it. Windows keeps a profile private itself."""
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & OTHERS_MAY_WRITE and not stat.S_ISLNK(found.st_mode)

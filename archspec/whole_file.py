"""Files that are there whole or not at all, whatever ends the process that writes them."""

import os
from pathlib import Path
from tempfile import mkstemp


def replace_whole(path: Path, data: bytes) -> None:
    """Let `path` hold `data`, in one step: whoever looks sees the old file or the new one. It keeps mode and owner.

    The new file has no name until it is whole, where the system can do that (Linux, on most file systems).

    Raises:
        OSError: it cannot be written; the old file is as it was, and nothing else is left.

    """
    beside = path.with_name(f".{path.name[:200]}.archspec")
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o666)
    except (OSError, AttributeError):
        _by_name(path, data)
        return
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        _dress(handle, path)
        if not _named(handle, beside):
            _by_name(path, data)
            return
    _move(beside, path)


def _named(handle: int, beside: Path) -> bool:
    """Whether a file without a name has got one; one that a killed process has left there goes."""
    for _ in range(3):  # a process that is being killed may put its own there once more
        beside.unlink(missing_ok=True)
        try:
            os.link(f"/proc/self/fd/{handle}", beside, follow_symlinks=True)
        except FileExistsError:
            continue
        except OSError:
            return False
        return True
    return False


def _by_name(path: Path, data: bytes) -> None:
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name[:200]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(handle, 0o666 & ~_umask())
            _dress(handle, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _move(Path(name), path)


def _move(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise


def _dress(handle: int, path: Path) -> None:
    """Give the new file the mode and the owner of the old one."""
    try:
        old = path.stat()
    except FileNotFoundError:
        return
    os.fchmod(handle, old.st_mode & 0o7777)
    if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        try:
            os.fchown(handle, old.st_uid, old.st_gid)
        except PermissionError:
            os.fchmod(handle, old.st_mode & 0o777)  # the file is ours now: no bit that lends our rights


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

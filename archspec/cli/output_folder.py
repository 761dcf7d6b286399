"""A folder of results that replaces the one an earlier run wrote: all of it or nothing, and no more than that.

A manifest in the folder names what was written and its digest. What an earlier run wrote and this one does not is taken
away where it still is what that run wrote; what others put there stays.
"""

import ctypes
import json
import os
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from archspec.cli.output import cannot_write, refuse_input
from archspec.errors import UsageError
from archspec.plain_file import read_plain_file
from archspec.whole_file import replace_whole

MANIFEST = ".archspec-build.json"
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux: two names change places in one step."""

Manifest = dict[str, str]
"""SHA-256 of each file, by its path in the folder."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder; what an earlier run wrote there and this one does not is taken away.

    All are put down beside the folder first. Where it holds nothing of others, the two then change places in one step;
    else the files are moved into it one after the other.

    Raises:
        UsageError: a place cannot be written, or holds an input of this command; the old files are as they were.

    """
    for path in files:
        refuse_input(folder / path)
    try:
        real = folder.resolve()
        real.parent.mkdir(parents=True, exist_ok=True)
        beside = real.with_name(f".{real.name}.archspec-build")
        shutil.rmtree(beside, ignore_errors=True)
        try:
            _lay_down(beside, files)
            _put_in_place(real, beside, files)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise cannot_write(folder, error) from None


def _lay_down(beside: Path, files: Mapping[str, bytes]) -> None:
    for path, content in {**files, MANIFEST: _text(_manifest_of(files))}.items():
        place = beside / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _put_in_place(folder: Path, beside: Path, files: Mapping[str, bytes]) -> None:
    if not folder.exists():
        beside.rename(folder)
        return
    if not folder.is_dir():
        raise FileExistsError(17, os.strerror(17), str(folder))
    before = _read(folder)
    if _holds_only(folder, {*before, *files, MANIFEST}):
        shutil.copymode(folder, beside)
        if _exchanged(folder, beside):
            return
    # The manifest names old and new while they are moved, so that the next run can finish what this one could not.
    replace_whole(folder / MANIFEST, _text({**before, **_manifest_of(files)}))
    for path in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (beside / path).replace(folder / path)
    for path in before.keys() - files.keys():
        _take_away(folder, path, before[path])
    (beside / MANIFEST).replace(folder / MANIFEST)


def _holds_only(folder: Path, names: set[str]) -> bool:
    for place, folders, found in os.walk(folder):
        inside = Path(place).relative_to(folder)
        if any((inside / name).as_posix() not in names for name in found):
            return False
        if any(Path(place, name).is_symlink() for name in (*folders, *found)) or not (folders or found):
            return False
    return True


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here = -100  # AT_FDCWD
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)


def _take_away(folder: Path, path: str, digest: str) -> None:
    """Delete a file that is still what was written, and the folders that are empty without it."""
    place = folder / path
    if place.is_symlink() or not place.is_file() or sha256(place.read_bytes()).hexdigest() != digest:
        return
    place.unlink()
    for above in place.parents:
        if above == folder or any(above.iterdir()):
            return
        above.rmdir()


def _manifest_of(files: Mapping[str, bytes]) -> Manifest:
    return {path: sha256(content).hexdigest() for path, content in sorted(files.items())}


def _text(manifest: Manifest) -> bytes:
    return (json.dumps({"archspec-build": 1, "files": manifest}, indent=2) + "\n").encode()


def _read(folder: Path) -> Manifest:
    """What an earlier run wrote; nothing where there is no manifest, or one that is not ours."""
    try:
        files = json.loads(read_plain_file(folder / MANIFEST, within=folder))["files"]
        return {path: str(digest) for path, digest in files.items() if _is_inside(path)}
    except (OSError, UsageError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\0" not in path

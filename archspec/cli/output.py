"""Files are written whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from archspec.errors import UsageError


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file by way of a temporary one beside it: a failure leaves the old file as it was.

    Raises:
        UsageError: the place cannot be written.

    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}; choose another place.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode & 0o777)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {error.strerror or error}; choose another place.") from None
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write many files below a folder: all are put down beside their places first, then moved there together.

    Raises:
        UsageError: a place cannot be written; the old files are as they were.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".archspec-") as name:
            for path, content in files.items():
                for place in (Path(name) / path, folder / path):
                    place.parent.mkdir(parents=True, exist_ok=True)
                (Path(name) / path).write_bytes(content)
            for path in files:
                (Path(name) / path).replace(folder / path)
    except OSError as error:
        raise UsageError(f"cannot write {folder}: {error.strerror or error}; choose another place.") from None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

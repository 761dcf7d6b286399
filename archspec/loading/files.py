"""Spec files on disk and standard input."""

import difflib
import sys
from pathlib import Path

from archspec.errors import UsageError
from archspec.loading.document import Document, read_bytes
from archspec.loading.text import SIZE_LIMIT

ENDINGS = (".yaml", ".yml", ".json")


def read_spec(name: str) -> tuple[Document, Path]:
    """The document in a file (`-`: standard input), and the folder that its includes start from.

    Raises:
        UsageError: there is nothing to read; it says what there is instead.

    """
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(SIZE_LIMIT + 1), "<stdin>"), Path()
    path = Path(name)
    return read_bytes(contents(path), name), path.parent


def contents(path: Path) -> bytes:
    """The bytes of a spec file, at most one more than the limit.

    Raises:
        UsageError: it is missing, a folder, or not readable.

    """
    try:
        with path.open("rb") as stream:
            return stream.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file `{path}`; {_nearest(path)}") from None
    except IsADirectoryError:
        raise UsageError(f"`{path}` is a folder; {_within(path)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"`{path}` cannot be read: {reason}; check its name and its permissions.") from None


def specs_in(folder: Path) -> list[Path]:
    """The files of a folder that may be specs, sorted."""
    try:
        return sorted(item for item in folder.iterdir() if item.suffix in ENDINGS and not item.name.startswith("."))
    except OSError:
        return []


def _nearest(path: Path) -> str:
    names = [item.name for item in specs_in(path.parent)]
    near = difflib.get_close_matches(path.name, names, 1, 0.6)
    if near:
        return f"did you mean `{path.parent / near[0]}`?"
    return "`archspec init` writes a first spec." if path.parent.is_dir() else f"nor a folder `{path.parent}`."


def _within(folder: Path) -> str:
    found = specs_in(folder)
    if not found:
        return "give a YAML file; `archspec init` writes a first one."
    return f"give a file in it, such as `{found[0]}`."

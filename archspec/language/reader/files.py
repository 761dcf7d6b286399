"""Where spec files come from: the disk and standard input."""

import re
import sys
from pathlib import Path
from typing import Protocol

from archspec.errors import UsageError
from archspec.language.reader.document import Document, read_bytes
from archspec.language.suggestions import closest
from archspec.plain_file import SIZE_LIMIT, read_plain_file

ENDINGS = (".yaml", ".yml", ".json")
_VERSION = re.compile(r"""^\ufeff?["']?archspec["']?[ \t]*:""", re.MULTILINE)


def is_spec(text: str) -> bool:
    """Whether a text says the language's version at the top: a root file does, an included one need not."""
    return _VERSION.search(text) is not None


class SpecFiles(Protocol):
    """What includes are read from."""

    def holds(self, folder: Path, path: Path) -> bool:
        """Whether a path stays in a folder, as far as links can be followed."""

    def real(self, path: Path) -> Path:
        """The one name of a file, by whichever path it is reached."""

    def contents(self, path: Path, within: Path | None) -> bytes:
        """The bytes of a file; None: it may lie anywhere. Raises UsageError where it cannot be read."""

    def beside(self, path: Path) -> list[str]:
        """The names of the specs beside a file that is not there."""


class _Disk:
    """The files of this machine."""

    def holds(self, folder: Path, path: Path) -> bool:
        try:
            return path.absolute().resolve().is_relative_to(folder.resolve())
        except (OSError, RuntimeError, ValueError):
            return False

    def real(self, path: Path) -> Path:
        return path.resolve()

    def contents(self, path: Path, within: Path | None) -> bytes:
        return contents(path, within=within, allow_outside=within is None)

    def beside(self, path: Path) -> list[str]:
        return [item.name for item in specs_in(path.parent)]


DISK = _Disk()


def read_spec(name: str, *, allow_outside: bool = False) -> tuple[Document, Path]:
    """The document in a file (`-`: standard input), and the folder that its includes start from.

    Raises:
        UsageError: there is nothing to read; it says what there is instead.

    """
    if name == "-":
        return read_bytes(standard_input(), "<stdin>"), Path()
    path = Path(name)
    return read_bytes(contents(path, allow_outside=allow_outside), name), path.parent


def standard_input() -> bytes:
    """What is piped in, at most one byte more than the largest spec."""
    return sys.stdin.buffer.read(SIZE_LIMIT + 1)


def contents(path: Path, *, within: Path | None = None, allow_outside: bool = False) -> bytes:
    """The bytes of a spec file that lies in `within`, by default the folder it is named in.

    Raises:
        OutsideError: it leads out of there, and `allow_outside` is false.
        UsageError: it is missing, no plain file, too large, or not readable.

    """
    try:
        return read_plain_file(path, within=None if allow_outside else within or path.parent)
    except FileNotFoundError:
        raise UsageError(f"there is no file `{path}`; {_nearest(path)}") from None
    except IsADirectoryError:
        raise UsageError(f"`{path}` is a folder; {_within(path)}") from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}; check its name and its permissions.") from None


def specs_in(folder: Path) -> list[Path]:
    """The files of a folder that may be specs, sorted."""
    try:
        return sorted(item for item in folder.iterdir() if item.suffix in ENDINGS and not item.name.startswith("."))
    except OSError:
        return []


def _nearest(path: Path) -> str:
    names = [item.name for item in specs_in(path.parent)]
    near = closest(path.name, names)
    if near:
        return f"did you mean `{path.parent / near}`?"
    return "`archspec init` writes a first spec." if path.parent.is_dir() else f"nor a folder `{path.parent}`."


def _within(folder: Path) -> str:
    found = specs_in(folder)
    if not found:
        return "give a YAML file; `archspec init` writes a first one."
    return f"give a file in it, such as `{found[0]}`."

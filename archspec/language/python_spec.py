"""Specs in Python: runs the file and finds the one architecture that it makes."""

import linecache
import os
import sys
from collections.abc import Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from archspec.errors import ArchspecError, Problem, Span, SpecError, UsageError
from archspec.language.build import build
from archspec.language.reader.characters import decode, lines
from archspec.language.reader.files import contents
from archspec.model import SourceMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archspec.model import Architecture


@runtime_checkable
class PythonSpec(Protocol):
    """What a Python file is to make: the builder of `archspec.dsl` is one."""

    def as_spec(self) -> tuple[dict[str, Any], SourceMap]:
        """Data as YAML would give it, for the taker to change, and the lines that made it."""


def load_python(
    path: Path, *, allowed: bool, settings: Mapping[str, Any] | None = None, allow_outside: bool = False
) -> "Architecture":
    """The architecture that a Python file makes; its code is run. What it prints goes to standard error.

    Raises:
        SpecError: the code fails, or what it makes is invalid; each mistake points at its line.
        UsageError: the file cannot be read, may not be run, or makes no system or several.

    """
    if not allowed:
        raise UsageError(f"`{path}` is Python, and reading it would run it; pass `--python` to allow that.")
    text, problems = decode(contents(path, allow_outside=allow_outside), str(path))
    if problems:
        raise SpecError(problems, {str(path): text})
    names = _run(path, text)
    values = [value for value in names.values() if not isinstance(value, type)]  # a class has the method too
    made = {id(value): value for value in values if isinstance(value, PythonSpec)}
    if len(made) != 1:
        what = "makes no system" if not made else f"makes {len(made)} systems"
        raise UsageError(f'`{path}` {what}; write `with System("name") as system:` once.')
    return build(*next(iter(made.values())).as_spec(), settings)


def _run(path: Path, text: str) -> dict[str, Any]:
    """The names that the file's code leaves behind."""
    names: dict[str, Any] = {"__name__": "__archspec__", "__file__": str(path), "__builtins__": __builtins__}
    linecache.checkcache(str(path))
    with _importing_from(path.parent), redirect_stdout(sys.stderr):
        try:
            exec(compile(text, str(path), "exec"), names)
        except (SpecError, KeyboardInterrupt):
            raise
        except SyntaxError as error:
            raise SpecError((_syntax(error, path),), {str(path): text}) from None
        except (Exception, SystemExit) as error:
            raise SpecError((_failure(error, path, text),), {str(path): text}) from None
    return names


@contextmanager
def _importing_from(folder: Path) -> "Iterator[None]":
    """Lets a spec import the modules beside it, as it could if it were run by itself.

    They are forgotten afterwards: the next spec has modules of its own, and so has this one when it is read again.
    """
    place, known = str(folder.resolve()), set(sys.modules)
    sys.path.insert(0, place)
    try:
        yield
    finally:
        if place in sys.path:
            sys.path.remove(place)
        for name in set(sys.modules) - known:
            if _stands_beside(name, place):
                del sys.modules[name]


def _stands_beside(name: str, place: str) -> bool:
    """Whether a module, or the package that it is in, was found in the folder itself (and not in a `.venv` there)."""
    top = name.partition(".")[0]
    file = str(getattr(sys.modules[name], "__file__", None) or "")
    beside = str(Path(place) / top)
    return top != "archspec" and (file == f"{beside}.py" or file.startswith(beside + os.sep))


def _syntax(error: SyntaxError, path: Path) -> Problem:
    line, column = error.lineno or 1, max(error.offset or 1, 1)
    end = error.end_offset if error.end_offset and error.end_lineno in (None, line) else column + 1
    span = Span(str(path), line, column, line, max(end, column + 1))
    return Problem(f"this is not Python: {error.msg}", "fix the line.", span, "syntax")


def _failure(error: BaseException, path: Path, text: str) -> Problem:
    """What an exception says, at the last line of the spec that it passed through."""
    passed = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == str(path)]
    span = None
    if passed:
        line = passed[-1]
        written = lines(text)[line - 1]
        span = Span(str(path), line, len(written) - len(written.lstrip()) + 1, line, len(written.rstrip()) + 1)
    if isinstance(error, ArchspecError):
        message, _, remedy = str(error).partition("; ")
        return Problem(message, remedy or "fix this line.", span, "syntax")
    said = str(error).splitlines()[0] if str(error).strip() else ""
    message = type(error).__name__ + (f": {said}" if said else "")
    return Problem(message, "fix this line; the spec's own code raised it.", span, "syntax")

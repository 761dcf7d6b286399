"""What the functions of the face are given: a path, an Architecture or a builder.

A notebook shows an `Architecture` by the method that it gets here, so that the model knows nothing of pictures.
"""

from os import PathLike, fspath
from pathlib import Path

from archspec.dsl.builder import System
from archspec.errors import UsageError
from archspec.language import load, load_text
from archspec.model import Architecture

__all__ = [
    "MOST_DRAWN",
    "Architecture",
    "SystemLike",
    "architecture_of",
    "file_of",
    "keep_from",
    "load",
    "load_text",
    "place_of",
]
MOST_DRAWN = 300
"""An architecture of more components is not drawn unasked: who ends a cell with it waits for the picture."""
SystemLike = str | PathLike[str] | Architecture | System
"""A spec's path (`-`: standard input; the code of a `.py` is run), an `Architecture`, or a `System` under construction.
"""


def architecture_of(system: SystemLike) -> Architecture:
    """The architecture that is meant.

    Raises:
        SpecError: the spec is invalid; it carries every problem found.
        UsageError: it is nothing of the kind, or there is no such file.

    """
    if isinstance(system, Architecture):
        return system
    if isinstance(system, System):
        return system.build()
    if not isinstance(system, (str, PathLike)):
        raise UsageError(
            f"a system is a path, an Architecture or a System, and this is of type {type(system).__name__}; "
            "read a file with archspec.load, or a text with archspec.load_text."
        )
    path = fspath(system)
    if "\n" in path:
        raise UsageError("this is the text of a spec, not its path; read it with archspec.load_text.")
    return load(path)


def file_of(system: SystemLike) -> str:
    """The name of the file it was written in, as positions have it."""
    if isinstance(system, (str, PathLike)):
        return "<stdin>" if system == "-" else fspath(system)
    source = system.source if isinstance(system, Architecture) else system.as_spec()[1]
    span = source.value(())
    return span.file if span is not None else "<architecture>"


def place_of(system: SystemLike) -> Path:
    """Where it stands, for what is looked for beside it: in the working folder, where it is in no file.

    A notebook's cell has the name of a file that is not there.
    """
    path = Path(file_of(system))
    return path if path.exists() else Path(path.name)


def keep_from(place: Path, architecture: Architecture) -> None:
    """Raise UsageError where a place to write is a file that the architecture was read from."""
    if place.exists() and any(Path(name).exists() and place.samefile(name) for name in architecture.source.texts):
        raise UsageError(f"{place} is what the system was read from, and would be lost; choose another place.")


def _drawn(architecture: Architecture) -> str | None:
    """Its first view as SVG."""
    from archspec.face.pictures import render

    return render(architecture).text if 0 < len(architecture.components) <= MOST_DRAWN else None


Architecture._repr_svg_ = _drawn  # type: ignore[attr-defined]

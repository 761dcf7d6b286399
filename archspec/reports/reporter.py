"""How findings are written: one format per file of `reporters/`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from archspec.errors import DefectError
from archspec.validators.outcome import Run

PACKAGE = "archspec.reports.findings"


@dataclass(frozen=True, slots=True)
class Reporter:
    """A format: its name, what it is for, and the pure function from a run to its text (a line break at the end)."""

    name: str
    summary: str
    write: Callable[[Run], str]
    from_root: bool = False
    """Whether a server reads it, which knows files by their names from the repository's root."""


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted, without importing any."""
    return tuple(
        sorted(module.name for module in iter_modules(import_module(PACKAGE).__path__) if module.name != "text")
    )


def reporter(name: str) -> Reporter:
    """The format of a name that is among `formats()`."""
    found = getattr(import_module(f"{PACKAGE}.{name}"), "REPORTER", None)
    if not isinstance(found, Reporter) or found.name != name:
        raise DefectError(f"{PACKAGE}.{name} must hold a REPORTER of that name")
    return found

"""What an export is: one frozen value per file of `formats/`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from archspec.errors import UsageError
from archspec.exports.settings import Settings, strangers
from archspec.frozen import frozen
from archspec.language import named
from archspec.model import Architecture
from archspec.printable import one_line


@frozen
class Exporting:
    """What is to be written: a system, how its team measures and runs it, and which run is to be foretold."""

    architecture: Architecture
    file: str
    """The spec's name, for the first line."""
    settings: Settings = field(default_factory=Settings)
    scenario: str | None = None
    """Whose run `prometheus-tests` foretells; None: every flow at its own rate."""
    seed: int = 1
    duration: int | None = None
    """Of that run, in nanoseconds; None: the scenario's, else an hour."""


@dataclass(slots=True)
class Notes:
    """What a format could not express, each with the element and the reason."""

    told: list[str] = field(default_factory=list)

    def add(self, element: str, reason: str) -> None:
        """Note a reason, once."""
        note = f"{element}: {reason}"
        if note not in self.told:
            self.told.append(note)


@frozen
class Export:
    """A format: its name, what it is, how its file is called, and what writes it.

    `write` gives the whole content, empty where nothing of the spec can be expressed; `comment` is what a line that is
    none of the content begins with, None where the format has no comments.
    """

    name: str
    summary: str
    file: str
    write: Callable[[Exporting, Notes], str]
    comment: str | None = "# "


def export(format_: Export, exporting: Exporting) -> tuple[str, tuple[str, ...]]:
    """The content of a format's file, and what it could not express.

    Raises:
        UsageError: there is no such scenario, or nothing of the spec can be written in it.

    """
    if exporting.scenario is not None:
        named("scenario", exporting.scenario, exporting.architecture.scenarios)
    notes = Notes()
    for told in strangers(exporting.settings, exporting.architecture):
        notes.add(*told)
    content = format_.write(exporting, notes)
    if not content:
        reasons = "".join(f"\n  {note}" for note in notes.told) or " the spec holds nothing of the kind."
        raise UsageError(f"there is nothing to write as {format_.name}:{reasons}")
    if format_.comment is not None:
        source = one_line(exporting.file)  # a file's name may hold line breaks, and must not end the comment
        content = f"{format_.comment}written by `archspec export` from {source}, do not edit\n{content}"
    return content, tuple(notes.told)

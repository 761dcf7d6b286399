"""An import from end to end: files in, a spec's text and a report out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archspec.errors import DefectError, SpecError, UsageError
from archspec.frozen import frozen
from archspec.importers import importers
from archspec.importers.draft import Draft
from archspec.importers.facts import Fact, Hint, Section
from archspec.importers.gathering import gather
from archspec.importers.importer import Choices
from archspec.importers.joining import join
from archspec.importers.reporting import report
from archspec.importers.writing import write
from archspec.values import listing

if TYPE_CHECKING:
    from archspec.importers.importer import Reading


@frozen
class Imported:
    """What an import gives."""

    draft: Draft
    text: str
    """The spec."""
    report: tuple[str, ...]
    facts: tuple[Fact, ...]
    sources: tuple[str, ...]
    """The names of the files that were read."""


def import_files(
    paths: Sequence[str],
    piped: bytes = b"",
    *,
    format_: str | None = None,
    choices: Choices | None = None,
    guess: bool = False,
    everything: bool = False,
) -> Imported:
    """Read files of real systems and write a spec of what they say.

    Raises:
        UsageError: a file cannot be read, or there is no component in any.

    """
    known = importers()
    gathered = gather(paths, piped, format_)
    readings: dict[str, Reading] = {}
    for name, sources in gathered.sources.items():
        readings[known[name].title] = known[name].read(sources, choices or Choices())
    draft = join(list(readings.values()), guess=guess, everything=everything)
    lines = tuple(report(draft, readings, gathered.skipped))
    if not any(draft.of(Section.COMPONENTS)):
        said = "; ".join(line for line in lines if not line.startswith("wrote "))
        nothing = f"nothing in {listing(paths)} became a component; name files of a system that runs."
        raise UsageError(f"{nothing} The report: {said}." if said else nothing)
    names = tuple(dict.fromkeys(source.name for sources in gathered.sources.values() for source in sources))
    text = write(draft, names)
    _check(text)
    facts = tuple(fact for reading in readings.values() for fact in reading.facts)
    return Imported(draft, text, lines, facts, names)


def _check(text: str) -> None:
    """A spec that does not load must never leave."""
    from archspec.language import load_text

    try:
        load_text(text)
    except SpecError as error:
        raise DefectError(f"the spec that was imported is not valid: {error}") from None


def explained(facts: Sequence[Fact]) -> str:
    """Every fact with its grade and place, a line each."""
    lines = []
    for fact in facts:
        subject = " -> ".join(filter(None, (fact.subject.id, fact.subject.to)))
        field = fact.field.value if isinstance(fact.field, Hint) else fact.field
        place = fact.evidence.file + (f":{fact.evidence.line}" if fact.evidence.line else "")
        value = "" if fact.value is True else f" {_short(fact.value)}"
        lines.append(f"{place}: {subject}: {field}{value} ({fact.evidence.grade.name.lower()}: {fact.evidence.why})")
    return "\n".join(lines) + "\n"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"

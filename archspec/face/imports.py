"""`archspec.import_files`: a spec of what the files of a real system say."""

from collections.abc import Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path

from archspec.face.rows import Result
from archspec.frozen import frozen
from archspec.model import Architecture


@frozen
class ImportedSpec(Result):
    """A spec of a real system, as a text: keep it in a file, and read the system from there."""

    text: str
    """The spec in YAML, each line with its reason; where one was to be updated, that one with what is new."""
    report: tuple[str, ...]
    """What was read, what was left out, and what to look at, a sentence each."""
    sources: tuple[str, ...]
    """The names of the files that were read."""
    explanation: str
    """Every fact with its grade, its file and its line, a line each."""
    added: tuple[str, ...] = ()
    """What is new in the spec that was to be updated."""
    contradicted: tuple[str, ...] = ()
    """A line for each value that it has otherwise than the files; it is left as it is."""
    in_no_file: tuple[str, ...] = ()
    """Components of it that no file knows."""
    diff: str = ""
    """What is new in it, as a unified diff."""

    def load(self) -> Architecture:
        """The system that the text describes."""
        from archspec.language import load_text

        return load_text(self.text)

    def __repr__(self) -> str:
        return f"ImportedSpec({len(self.text.splitlines())} lines, from {', '.join(self.sources)})"


def import_files(
    paths: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    format: str | None = None,  # noqa: A002 - the command's word
    guess: bool = False,
    everything: bool = False,
    environment: str | None = None,
    profiles: Sequence[str] = (),
    update: str | PathLike[str] | None = None,
) -> ImportedSpec:
    """A spec of what files and folders of a real system say, as `archspec import` writes it. Nothing is run or fetched.

    `format` is what the files are, where their content does not tell. `guess` writes what only names suggest, too;
    `everything` takes in dashboards, exporters, load generators and jobs. `environment` is the deployment environment
    to take of a model, `profiles` are the profiles of Compose that are on. `update` is a spec to add to what is new:
    what is written there stays, and nothing is written to the file.

    Raises:
        SpecError: the spec to update is invalid.
        UsageError: a file cannot be read, or there is no component in any.

    """
    from archspec.importers import Choices
    from archspec.importers.imported import explained
    from archspec.importers.imported import import_files as run
    from archspec.importers.updating import update_of

    given = [paths] if isinstance(paths, (str, PathLike)) else paths
    choices = Choices(environment, tuple(profiles))
    found = run([fspath(each) for each in given], format_=format, choices=choices, guess=guess, everything=everything)
    made = ImportedSpec(found.text, found.report, found.sources, explained(found.facts))
    if update is None:
        return made

    spec = Path(fspath(update))
    new = update_of(spec, found.draft)
    diff = new.difference(str(spec))
    return replace(
        made, text=new.text, added=new.added, contradicted=new.contradicted, in_no_file=new.unknown, diff=diff
    )

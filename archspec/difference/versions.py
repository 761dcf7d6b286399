"""Which two versions are meant: files, or revisions of a file in git."""

from dataclasses import replace
from pathlib import Path

from archspec.difference.difference import Side
from archspec.errors import Problem, SpecError, UsageError
from archspec.frozen import frozen
from archspec.git_objects import NotInRevisionError, Revision, is_revision, revision
from archspec.language import load, load_revision, load_text


@frozen
class Version:
    """A file as it is on disk (`-`: standard input), or as it is in a revision."""

    file: str
    revision: Revision | None = None

    @property
    def name(self) -> str:
        """As it is asked for: `main:architecture.yaml`."""
        return f"{self.revision.name}:{self.file}" if self.revision else self.file


def versions(base: str, head: str | None = None, at: str | None = None) -> tuple[Version, Version]:
    """The two versions that a command line means.

    Each is a file, `REV:FILE`, or a revision alone of the other's file; without `head` it is the base's file as it is
    on disk, and with `at` the base is that revision of it.

    Raises:
        UsageError: there is no such revision, or both are the same file.

    """
    if at is not None:
        if head is not None:
            raise UsageError("--base says which revision is the base; name one file with it.")
        there = _version(base, None)
        return Version(there.file, revision(at, Path(there.file))), there
    if head is None:
        there = _version(base, None)
        if there.revision is None:
            raise UsageError(f"`{base}` is held against nothing; name another file, or a revision: --base main.")
        return there, Version(there.file)
    two = _version(head, None) if _is_file(head) or ":" in head else None
    one = _version(base, two.file if two else None)
    return one, two or _version(head, one.file)


def read(version: Version, *, allow_outside: bool = False) -> tuple[Side, tuple[str, ...]]:
    """One side, and what is to be said of it: of a file that its revision does not hold, that all of it is new.

    Raises:
        SpecError: the spec is invalid; positions name the revision too.
        UsageError: it cannot be read.

    """
    if version.revision is None:
        file = "<stdin>" if version.file == "-" else version.file
        return Side(version.name, file, load(version.file, allow_outside=allow_outside)), ()
    try:
        architecture = load_revision(version.revision, Path(version.file), allow_outside=allow_outside)
    except SpecError as error:
        raise _at(version.revision.name, error) from None
    except NotInRevisionError:
        nothing = load_text("{archspec: 1, name: nothing}")
        note = f"`{version.file}` is not in `{version.revision.name}`, so all of it is new."
        return Side(version.name, version.file, nothing), (note,)
    return Side(version.name, version.file, architecture), ()


def _version(name: str, other: str | None) -> Version:
    """`other` is the file that a revision alone is of."""
    if _is_file(name):
        return Version(name)
    commit, colon, file = name.partition(":")
    if colon and len(commit) > 1 and file:
        return Version(file, revision(commit, Path(file)))
    if other is not None and is_revision(name, Path(other)):
        return Version(other, revision(name, Path(other)))
    return Version(name)  # whoever reads it says that it is not there


def _is_file(name: str) -> bool:
    try:
        return name == "-" or Path(name).exists()
    except ValueError:  # a NUL in the name
        return False


def _at(name: str, error: SpecError) -> SpecError:
    """The same error, its places in the revision and not on disk."""
    problems = tuple(_problem_at(name, problem) for problem in error.problems)
    return SpecError(problems, {f"{name}:{file}": text for file, text in error.sources.items()})


def _problem_at(name: str, problem: Problem) -> Problem:
    span = problem.span and problem.span._replace(file=f"{name}:{problem.span.file}")
    related = tuple((place._replace(file=f"{name}:{place.file}"), word) for place, word in problem.related)
    return replace(problem, span=span, related=related)

"""Files by their names from a repository's root, as the servers that show findings know them."""

from dataclasses import replace
from os.path import abspath
from pathlib import Path

from archspec.errors import Span
from archspec.validators import Finding
from archspec.validators.outcome import Outcome, Run


def repository_root(place: Path) -> Path | None:
    """The nearest folder, from a file or folder upwards, that holds `.git`; None outside of every repository."""
    start = Path(abspath(place))  # noqa: PTH100 - links stay: a server knows a file by the name in the repository
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)


def from_root(run: Run) -> Run:
    """A run whose files are named from their repository's root; outside of one, names stay as they are."""
    return replace(run, outcomes=tuple(_outcome(outcome) for outcome in run.outcomes))


def _outcome(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        file=_name(outcome.file),
        findings=tuple(_finding(each, outcome.file) for each in outcome.findings),
        suppressed=tuple(_finding(each, outcome.file) for each in outcome.suppressed),
    )


def _finding(finding: Finding, file: str) -> Finding:
    element = _name(file) if finding.element == file else finding.element  # a mistake in an invalid spec
    related = tuple((_span(span), word) for span, word in finding.related)
    return replace(finding, element=element, span=finding.span and _span(finding.span), related=related)


def _span(span: Span) -> Span:
    return span._replace(file=_name(span.file))


def _name(file: str) -> str:
    if file == "<stdin>":
        return file
    place = Path(abspath(file))  # noqa: PTH100
    root = repository_root(place)
    return place.relative_to(root).as_posix() if root else file

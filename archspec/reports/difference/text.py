"""A difference for people at a terminal: what it does, then what changed."""

from archspec.difference.change import ChangeKind
from archspec.difference.consequence import Effect
from archspec.difference.difference import Difference
from archspec.reports import PAPER, Ink, Report, Screen, Subject, details, ordered, sections, summary, what, wrapped
from archspec.reports.table import table
from archspec.validators import Finding

_INKS = {Effect.WORSE.value: Ink.BAD, Effect.BETTER.value: Ink.GOOD}
_SIGNS = {ChangeKind.ADDED: Ink.GOOD, ChangeKind.REMOVED: Ink.BAD}
_TEXTS = frozenset(("figure", "of", "base", "head"))


def text(difference: Difference, screen: Screen = PAPER) -> str:
    """The sentence that matters, figures as a table, findings, changes with their signs."""
    lines = [screen.paint(Ink.BOLD, f"{difference.base.name} → {difference.head.name}: {summary(difference)}")]
    for title, body in (
        ("what it does", _consequences(difference, screen)),
        ("new findings", [_finding(each) for each in difference.new]),
        ("findings gone", [_finding(each) for each in difference.gone]),
        *((section, _changes(difference, section, screen)) for section in sections(difference)),
        ("notes", wrapped(difference.notes, screen)),
    ):
        if body:
            lines += ["", screen.paint(Ink.BOLD, title), *(f"  {line}" for line in body)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _consequences(difference: Difference, screen: Screen) -> list[str]:
    rows = [
        (each.verdict, each.figure, each.subject, each.base, each.head) for each in ordered(difference.consequences)
    ]
    if not rows:
        return []
    return table(
        ("", "figure", "of", "base", "head"), rows, 1, screen.within(2), lambda _, cell: _INKS.get(cell), texts=_TEXTS
    )


def _finding(finding: Finding) -> str:
    place = f"  ({finding.span.label})" if finding.span else ""
    return f"{finding.severity.value}[{finding.code}] {finding.element}: {finding.message}{place}"


def _changes(difference: Difference, section: str, screen: Screen) -> list[str]:
    lines = []
    for change in sections(difference)[section]:
        lines.append(screen.paint(_SIGNS.get(change.kind, Ink.WARNING), f"{change.kind.sign} {what(change)}"))
        lines += [f"    {line}" for line in details(change)]
    return lines


REPORT = Report("text", Subject.DIFFERENCE, (".txt",), text, text)

"""A difference in words, which every format lays out in its own way."""

from collections.abc import Iterable

from archspec.difference.change import SECTIONS, Change, ChangeKind
from archspec.difference.consequence import Consequence, Effect
from archspec.difference.difference import Difference
from archspec.difference.fields import spelled
from archspec.validators import Finding, Outcome, Run, Severity
from archspec.values import count

WORSE = "diff-worse"
"""What stands for figures that get worse among the codes of rules."""
_REMEDY = "undo that, or say in the change why it is worth it."


def summary(difference: Difference) -> str:
    """What matters, in a sentence without its end.

    `3 figures get worse, 1 gets better, 2 findings are new, 5 elements changed`
    """
    if difference.is_empty:
        return "nothing changed"
    worse, better = (_verdicts(difference, verdict) for verdict in (Effect.WORSE, Effect.BETTER))
    elements = len({(change.section, change.element) for change in difference.changes})
    parts = [
        f"{count(worse, 'figure')} {'get' if worse > 1 else 'gets'} worse" if worse else "no figure gets worse",
        f"{count(better, 'figure')} {'get' if better > 1 else 'gets'} better" if better else "",
        *_findings(difference),
        f"{count(elements, 'element')} changed" if elements else "no element changed",
    ]
    return ", ".join(part for part in parts if part)


def _verdicts(difference: Difference, verdict: Effect) -> int:
    return sum(each.verdict is verdict for each in difference.consequences)


def _findings(difference: Difference) -> list[str]:
    """How many findings are new and gone."""
    return [
        f"{count(len(found), 'finding')} {'are' if len(found) > 1 else 'is'} {word}"
        for found, word in ((difference.new, "new"), (difference.gone, "gone"))
        if found
    ]


def sections(difference: Difference) -> dict[str, list[Change]]:
    """The changes by section, in the order of telling."""
    found = {section: [each for each in difference.changes if each.section == section] for section in SECTIONS}
    return {section: changes for section, changes in found.items() if changes}


def what(change: Change) -> str:
    """What happened to an element, on one line without its sign and its details."""
    match change.kind:
        case ChangeKind.ADDED | ChangeKind.REMOVED:
            return f"{change.element}  {change.title}".rstrip()
        case ChangeKind.RENAMED | ChangeKind.REVERSED:
            word = f"{change.old} → {change.new} ({change.kind}"
            return f"{word}, {change.details[0]})" if change.details else f"{word})"
    values = "" if change.details else f" {spelled(change.old)} → {spelled(change.new)}"
    reached = f" ({_reached(change.reaches)})" if change.reaches else ""
    name = f"defaults.{change.element}" if change.section == "defaults" else change.element
    separator = "." if change.section == "defaults" else "  "
    return f"{name}{separator}{change.field}{values}{reached}"


def _reached(names: tuple[str, ...]) -> str:
    return f"reaches {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"


def details(change: Change) -> tuple[str, ...]:
    """Step by step what changed in a list."""
    return () if change.kind is ChangeKind.RENAMED else change.details


def judged(difference: Difference) -> Run:
    """The new findings, and for each subject what gets worse as one more, for tools that show findings."""
    by_subject: dict[str, list[Consequence]] = {}
    for each in difference.worse:
        by_subject.setdefault(each.subject, []).append(each)
    worse = [_finding(subject, told) for subject, told in by_subject.items()]
    return Run((Outcome(difference.head.file, (*worse, *difference.new)),), difference.rules)


def _finding(subject: str, told: list[Consequence]) -> Finding:
    figures = "; ".join(f"{each.figure} {each.base} → {each.head}" for each in told)
    message = f"`{subject}` gets worse: {figures}"
    return Finding(WORSE, Severity.WARNING, message, _REMEDY, subject, (), told[0].span)


def ordered(consequences: Iterable[Consequence]) -> list[Consequence]:
    """What gets worse first, and what is told of one subject together."""
    order = list(Effect)
    return sorted(consequences, key=lambda each: order.index(each.verdict))

"""A difference for programs."""

from typing import Any

from archspec.difference.change import Change
from archspec.difference.consequence import Consequence
from archspec.difference.difference import Difference
from archspec.errors import Span
from archspec.reports import Subject, json_report, summary
from archspec.validators import Finding


def data(difference: Difference) -> dict[str, Any]:
    """`changes`, `behaviour`, `findings` (`new`, `gone`), `summary`; what was renamed, by section, in `renames`."""
    return {
        "base": difference.base.name,
        "head": difference.head.name,
        "summary": summary(difference),
        "changes": [_change(change) for change in difference.changes],
        "behaviour": [_consequence(each) for each in difference.consequences],
        "findings": {"new": list(map(_finding, difference.new)), "gone": list(map(_finding, difference.gone))},
        "renames": {section: dict(names) for section, names in difference.names.items()},
        "notes": list(difference.notes),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind.value,
        "section": change.section,
        "element": change.element,
        "field": change.field or None,
        "path": list(change.path),
        "old": change.old,
        "new": change.new,
        "details": list(change.details),
        "reaches": list(change.reaches),
        "place": _place(change.span),
    }


def _consequence(each: Consequence) -> dict[str, Any]:
    return {
        "figure": each.figure.value,
        "subject": each.subject,
        "base": each.base,
        "head": each.head,
        "base_value": each.base_value,
        "head_value": each.head_value,
        "verdict": each.verdict.value,
        "place": _place(each.span),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.code,
        "severity": finding.severity.value,
        "element": finding.element,
        "message": finding.message,
        "remedy": finding.remedy,
        "place": _place(finding.span),
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return span._asdict() if span else None


REPORT = json_report(Subject.DIFFERENCE, data)

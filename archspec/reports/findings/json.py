"""Everything about a run, for programs."""

from typing import Any

from archspec import __version__
from archspec.errors import Span
from archspec.printable import Syntax
from archspec.reports import Report, Subject
from archspec.validators import Finding, Run, Severity, closing_line
from archspec.values import json_text


def write(run: Run) -> str:
    """One object: `specs`, `findings` (suppressed ones with their `reason`), `not_judged`, `summary`."""
    findings = sorted((*run.findings, *run.suppressed), key=lambda finding: finding.span or Span("", 0, 0, 0, 0))
    unknown = [each for outcome in run.outcomes for each in outcome.unknown]
    data = {
        "archspec": __version__,
        "specs": [{"file": outcome.file, "valid": outcome.valid} for outcome in run.outcomes],
        "findings": [_finding(finding, run) for finding in findings],
        "not_judged": [{"subject": each.subject, "element": each.element or None} for each in unknown],
        "summary": {
            **{severity.value: run.count(severity) for severity in Severity},
            "suppressed": len(run.suppressed),
            "text": run.summary,
            "not_judged": closing_line(unknown),
        },
    }
    return json_text(data)


def _finding(finding: Finding, run: Run) -> dict[str, Any]:
    rule = run.rules.get(finding.code)
    return {
        "rule": finding.code,
        "name": rule.name if rule else finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy,
        "element": finding.element,
        "path": list(finding.path),
        "place": _span(finding.span),
        "related": [{"place": _span(span), "text": word} for span, word in finding.related],
        "suppressed": finding.reason is not None,
        "reason": finding.reason,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return span._asdict() if span else None


REPORT = Report("json", Subject.FINDINGS, (".json",), write, syntax=Syntax.JSON)

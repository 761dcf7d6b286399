"""GitLab code quality: the report that merge requests show."""

from typing import Any

from archspec.printable import Syntax
from archspec.reports import Report, Subject
from archspec.reports.findings.sarif import fingerprint
from archspec.validators import Finding, Outcome, Run, Severity, from_root
from archspec.values import json_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(run: Run) -> str:
    """A list of issues; two on one element of one rule are told apart by a number."""
    seen: dict[str, int] = {}
    issues = [_issue(finding, outcome, seen) for outcome in from_root(run).outcomes for finding in outcome.findings]
    return json_text(issues)


def _issue(finding: Finding, outcome: Outcome, seen: dict[str, int]) -> dict[str, Any]:
    mark = fingerprint(finding)
    seen[mark] = seen.get(mark, 0) + 1
    span = finding.span
    lines = {"begin": span.line, "end": span.end_line} if span else {"begin": 1}
    return {
        "description": finding.text,
        "check_name": finding.code,
        "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}",
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": span.file if span else outcome.file, "lines": lines},
    }


REPORT = Report("gitlab", Subject.FINDINGS, (".gitlab.json",), write, syntax=Syntax.JSON)

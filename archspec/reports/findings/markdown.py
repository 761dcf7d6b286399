"""A table fit for the comment on a pull request."""

import re

from archspec.reports.report import Report, Subject
from archspec.validators.finding import Finding, Severity
from archspec.validators.outcome import Outcome, Run, closing_line

_MARKS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
_SPECIAL = re.compile(r"([\\*_\[\]<>|#~@])")


def write(run: Run) -> str:
    """A heading, a table of findings (none where there are none), and what was not judged."""
    rows = "".join(_row(finding, outcome, run) for outcome in run.outcomes for finding in outcome.findings)
    table = f"| | Rule | Where | What |\n|---|---|---|---|\n{rows}\n" if rows else ""
    rest = closing_line(each for outcome in run.outcomes for each in outcome.unknown)
    return f"### archspec: {run.summary}\n\n{table}{rest + chr(10) if rest else ''}"


def _row(finding: Finding, outcome: Outcome, run: Run) -> str:
    rule = run.rules.get(finding.code)
    code = f"{finding.code} {rule.name}" if rule else finding.code
    place = f"{finding.span.file}:{finding.span.line}" if finding.span else outcome.file
    message = f"{_text(finding.message)}; {_text(finding.remedy)}"
    return f"| {_MARKS[finding.severity]} | {_text(code)} | {_text(place)} | {message} |\n"


def _text(text: str) -> str:
    """A text in one cell: code in backticks stays, all else is taken literally."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        parts = ["'".join(parts)]
    shown = (part.replace("|", "\\|") if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))
    return "`".join(shown)


REPORT = Report("markdown", Subject.FINDINGS, (".md",), write)

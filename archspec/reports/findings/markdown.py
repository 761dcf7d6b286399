"""A table fit for the comment on a pull request."""

from archspec.reports import Report, Subject, cell
from archspec.validators import Finding, Outcome, Run, Severity, closing_line

_MARKS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}


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
    message = f"{cell(finding.message)}; {cell(finding.remedy)}"
    return f"| {_MARKS[finding.severity]} | {cell(code)} | {cell(place)} | {message} |\n"


REPORT = Report("markdown", Subject.FINDINGS, (".md",), write)

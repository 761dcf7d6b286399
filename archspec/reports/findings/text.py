"""Findings as text for people: a frame of the spec under each, and a line with their number."""

from collections.abc import Iterable

from archspec.reports import PAPER, Report, Screen, Subject
from archspec.validators import Finding, Outcome, Run


def text(run: Run, screen: Screen = PAPER) -> str:
    """The text report of a run: every finding with its frame, then the summary."""
    blocks = [_finding(finding, outcome, screen.colour) for outcome in run.outcomes for finding in outcome.findings]
    return "\n\n".join([*blocks, run.summary + ".\n"])


def _finding(finding: Finding, outcome: Outcome, colour: bool) -> str:
    from archspec.reports import frame

    return frame(
        finding.message,
        finding.span,
        outcome.sources,
        severity=finding.severity.value,
        code="" if finding.code in ("schema", "syntax") else finding.code,
        remedy=finding.remedy,
        related=finding.related,
        colour=colour,
    )


def statistics(findings: Iterable[Finding]) -> str:
    """How often each rule speaks: most often first.

    >>> statistics([])
    ''
    """
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:6}  {code}\n" for code, count in rows)


REPORT = Report("text", Subject.FINDINGS, (".txt",), text, text)

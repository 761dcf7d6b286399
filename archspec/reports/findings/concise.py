"""One line for each finding, as compilers write them and editors read them."""

from archspec.reports import Report, Subject
from archspec.validators import Run


def write(run: Run) -> str:
    """`file:line:column: error AVL01 message; remedy.`"""
    lines = []
    for outcome in run.outcomes:
        for finding in outcome.findings:
            place = finding.span.label if finding.span else outcome.file
            lines.append(f"{place}: {finding.severity.value} {finding.code} {_one_line(finding.text)}\n")
    return "".join(lines)


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


REPORT = Report("concise", Subject.FINDINGS, (), write)

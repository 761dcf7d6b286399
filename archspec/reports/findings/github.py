"""Annotations of GitHub Actions: one workflow command for each finding."""

from archspec.printable import Syntax
from archspec.reports import Report, Subject
from archspec.validators import Finding, Run, Severity, from_root

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(run: Run) -> str:
    """`::error file=…,line=…::message` for each finding, escaped as the runner unescapes."""
    return "".join(_command(finding) for finding in from_root(run).findings)


def _command(finding: Finding) -> str:
    properties = {"title": f"archspec {finding.code}"}
    if finding.span:
        span = finding.span
        place = {"file": span.file, "line": span.line, "endLine": span.end_line, "col": span.column}
        if span.line == span.end_line:
            place["endColumn"] = span.end_column
        properties = {key: str(value) for key, value in place.items()} | properties
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(finding.text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORT = Report("github", Subject.FINDINGS, (), write, syntax=Syntax.COMMANDS)

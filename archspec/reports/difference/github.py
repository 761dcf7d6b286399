"""Annotations of GitHub Actions on what gets worse, and on new findings."""

from archspec.difference.difference import Difference
from archspec.printable import Syntax
from archspec.reports import Report, Subject, judged
from archspec.reports.findings.github import write


def github(difference: Difference) -> str:
    """At the head's lines."""
    return write(judged(difference))


REPORT = Report("github", Subject.DIFFERENCE, (), github, syntax=Syntax.COMMANDS)

"""SARIF 2.1.0 of what gets worse, and of new findings."""

from archspec.difference.difference import Difference
from archspec.printable import Syntax
from archspec.reports import WORSE, Report, Subject, judged
from archspec.reports.findings.sarif import written


def sarif(difference: Difference) -> str:
    """At the head's lines; what gets worse has a code of its own."""
    return written(judged(difference), {WORSE: "A change makes figures worse."})


REPORT = Report("sarif", Subject.DIFFERENCE, (".sarif", ".sarif.json"), sarif, syntax=Syntax.JSON)

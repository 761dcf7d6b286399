"""JUnit XML: each spec a suite, each rule that spoke a test case with its failures; a clean spec one that passed."""

from xml.sax.saxutils import escape, quoteattr

from archspec.printable import Syntax
from archspec.reports import Report, Subject
from archspec.validators import Finding, Outcome, Run


def write(run: Run) -> str:
    """XML as Jenkins, GitLab and others read it."""
    failures = sum(len(outcome.findings) for outcome in run.outcomes)
    cases = sum(max(1, len(outcome.findings)) for outcome in run.outcomes)
    suites = "".join(_suite(outcome) for outcome in run.outcomes)
    head = f'<testsuites name="archspec" tests="{cases}" failures="{failures}">\n'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + head + suites + "</testsuites>\n"


def _suite(outcome: Outcome) -> str:
    found = outcome.findings
    name = quoteattr(_clean(outcome.file))
    cases = "".join(_case(finding, name) for finding in found)
    cases = cases or f'    <testcase name="design rules" classname={name}/>\n'
    head = f'  <testsuite name={name} tests="{max(1, len(found))}" failures="{len(found)}">\n'
    return head + cases + "  </testsuite>\n"


def _case(finding: Finding, suite: str) -> str:
    place = finding.span.label if finding.span else ""
    name = quoteattr(_clean(f"{finding.code} {finding.element}"))
    message = quoteattr(_clean(finding.message))
    body = escape(_clean(f"{place}\n{finding.text}"))
    failure = f'      <failure type="{finding.severity.value}" message={message}>{body}</failure>\n'
    return f"    <testcase name={name} classname={suite}>\n{failure}    </testcase>\n"


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 has no way to write."""
    return "".join(char if char >= " " or char in "\t\n" else "\ufffd" for char in text if not _is_surrogate(char))


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"


REPORT = Report("junit", Subject.FINDINGS, (".xml",), write, syntax=Syntax.MARKUP)

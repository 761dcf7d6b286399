"""What lint found, as the page shows it."""

from archspec.reports.frames import frame
from archspec.validators.finding import Finding
from archspec.validators.outcome import Outcome
from archspec.validators.registry import rules
from archspec.webpage.content import FindingContent, RulePage, Severity


def finding_contents(outcome: Outcome) -> tuple[FindingContent, ...]:
    """Every finding with the lines of the spec it points at."""
    return tuple(_finding(found, outcome) for found in outcome.findings)


def rule_pages(outcome: Outcome) -> tuple[RulePage, ...]:
    """The pages of the rules that found something, by code."""
    known = rules()
    codes = sorted({found.code for found in outcome.findings if found.code in known and known[found.code].page})
    pages = ((known[code], known[code].documentation) for code in codes)
    return tuple(RulePage(rule.code, rule.name, f"{page.summary}\n\n{page.markdown}") for rule, page in pages)


def _finding(found: Finding, outcome: Outcome) -> FindingContent:
    rule = rules().get(found.code)
    return FindingContent(
        code=found.code,
        name=rule.name if rule else "",
        severity=Severity(found.severity.value),
        message=found.text,
        place=found.span.label if found.span else "",
        frame=_lines(found, outcome),
        element=found.element,
        related=tuple(f"{span.label}: {word}" for span, word in found.related),
    )


def _lines(found: Finding, outcome: Outcome) -> str:
    """The frame of the place alone: message and remedy stand beside it."""
    if found.span is None or found.span.file not in outcome.sources:
        return ""
    return "\n".join(frame("", found.span, outcome.sources).split("\n")[3:])

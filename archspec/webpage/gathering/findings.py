"""What lint found, as the page shows it."""

from archspec.reports import frame
from archspec.validators import Finding, Outcome, Rule
from archspec.validators.registry import rules
from archspec.webpage import FindingContent


def finding_contents(outcome: Outcome) -> tuple[FindingContent, ...]:
    """Every finding with the lines of the spec it points at."""
    known = rules()
    return tuple(
        FindingContent(found, known[found.code].name if found.code in known else "", _lines(found, outcome))
        for found in outcome.findings
    )


def rules_that_spoke(outcome: Outcome) -> tuple[Rule, ...]:
    """The rules that found something and have a page, by code."""
    known = rules()
    codes = sorted({found.code for found in outcome.findings if found.code in known and known[found.code].page})
    return tuple(known[code] for code in codes)


def _lines(found: Finding, outcome: Outcome) -> str:
    """The frame of the place alone: message and remedy stand beside it."""
    if found.span is None or found.span.file not in outcome.sources:
        return ""
    return "\n".join(frame("", found.span, outcome.sources).split("\n")[3:])

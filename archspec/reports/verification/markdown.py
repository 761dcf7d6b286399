"""A verification as a table fit for the comment on a pull request."""

from archspec.reports import Report, Subject, cell
from archspec.verification.telling import headline, summary, told
from archspec.verification.values import FlowVerdict, Kept, Tried, Verification

_MARKS = {Kept.YES: "🟢", Kept.ALLOWED: "🟢", Kept.NO: "🔴", Kept.UNKNOWN: "🟡"}


def markdown(verification: Verification) -> str:
    """A row for each promise, and below it one for each fault that breaks it."""
    promised = [verdict for verdict in verification.flows if verdict.promises]
    rows = "".join(_rows(verdict) for verdict in promised)
    table = f"| | What | Again |\n|---|---|---|\n{rows}\n" if rows else ""
    notes = "".join(f"- {cell(note)}\n" for note in verification.notes)
    return f"### archspec verify: {summary(verification)}\n\n{table}{notes}"


def _rows(verdict: FlowVerdict) -> str:
    why = f": {'; '.join(verdict.why)}" if verdict.why else ""
    mark = _MARKS[verdict.kept or Kept.UNKNOWN]
    head = f"| {mark} | {cell(headline(verdict) + why)} | `{_command(verdict.command)}` |\n"
    return head + "".join(_fault(each) for each in verdict.breaking)


def _fault(tried: Tried) -> str:
    return f"| | {cell(told(tried))} | `{_command(tried.command)}` |\n"


def _command(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")


REPORT = Report("markdown", Subject.VERIFICATION, (".md",), markdown)

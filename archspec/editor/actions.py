"""What an editor offers to mend: what `archspec lint --fix` would do, one by one."""

import re
from collections.abc import Iterator, Mapping

from archspec.editor.snapshot import Snapshot
from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language import Edit, addition_edit, insertion
from archspec.language.reader.characters import lines
from archspec.validators import Finding, RuleSet
from archspec.validators.fixing.repair import suppression_edits
from archspec.validators.registry import rules

_IGNORED = re.compile(r"#\s*archspec:\s*ignore\[")
_REASON = "say why"


@frozen
class Action:
    """A change that is offered at a place. A `sure` one is right without a thought, as `--fix` does it."""

    title: str
    edit: Edit
    at: Span
    sure: bool = False


def actions(known: Snapshot) -> Iterator[Action]:
    """Every change that mends a finding of a spec, or hides it with a reason."""
    for edit in known.repairs:
        title = f"Change to `{edit.text}`" if edit.text.strip("\n") == edit.text else f"Add `{edit.text.strip()}`"
        yield Action(title, edit, edit.span, sure=True)
    for edit in suppression_edits(known.outcome.findings, known.texts):
        yield Action("Remove the idle suppression", edit, edit.span, sure=True)
    if known.architecture is not None:
        for finding in known.outcome.findings:
            added = addition_edit(finding.adds, known.architecture.source) if finding.adds else None
            if finding.adds and added:
                what = f"{finding.adds.path[-1]}{f': {finding.adds.value}' if finding.adds.value else ''}"
                yield Action(f"Add `{what}`", added, finding.span or added.span)
            yield from _suppression(finding, known.texts)


def _suppression(finding: Finding, texts: Mapping[str, str]) -> Iterator[Action]:
    """A comment that hides a finding; what the loader finds cannot be hidden."""
    rule, span = rules().get(finding.code), finding.span
    if rule is None or rule.in_set is RuleSet.LOADER or span is None or span.file not in texts:
        return
    row = lines(texts[span.file])[span.line - 1]
    there = _IGNORED.search(row)
    at, text = len(row.rstrip()) + 1, f"  # archspec: ignore[{finding.code}] {_REASON}"
    if there is not None:
        at, text = there.end() + 1, f"{finding.code}, "
    yield Action(f"Ignore {finding.code} here, with a reason", insertion(span.file, span.line, at, text), span)

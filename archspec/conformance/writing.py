"""Proposals written into the text of a spec: one figure in its place, nothing else touched."""

from collections import Counter
from collections.abc import Iterable

from archspec.conformance.proposals import Proposal, Verdict
from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language import Addition, Edit, addition_edit, insertion
from archspec.language.reader.characters import lines
from archspec.model import SourceMap


@frozen
class Written:
    """The edits, and the proposals that are left to people: their place says it for others too, or has no room."""

    edits: tuple[Edit, ...]
    left: tuple[Proposal, ...]


def written(proposals: Iterable[Proposal], source: SourceMap, day: str) -> Written:
    """The edits for what is new or changed; behind each line that had no comment stands how much speaks for it."""
    # An element of a list stands at its place and at its name: of both, the name.
    named = (span for path, span in source.values.items() if not isinstance(path[1] if len(path) > 1 else "", int))
    shared = Counter(named)
    edits: list[Edit] = []
    left: list[Proposal] = []
    noted: set[tuple[str, int]] = set()
    for proposal in proposals:
        if proposal.verdict is Verdict.KEPT:
            continue
        edit = _edit(proposal, source, shared)
        if edit is None:
            left.append(proposal)
            continue
        edits.append(edit)
        note = _note(edit, source, f"{proposal.seen.rpartition('n = ')[2].rstrip(')')}, {day}", noted)
        edits += [note] if note is not None else []
    return Written(tuple(edits), tuple(left))


def _edit(proposal: Proposal, source: SourceMap, shared: Counter[Span]) -> Edit | None:
    span = source.values.get(proposal.path)
    if span is None:
        return addition_edit(Addition(proposal.path, proposal.new), source)
    if shared[span] > 1:
        return None  # said once for several
    return Edit(span, proposal.new)


def _note(edit: Edit, source: SourceMap, text: str, noted: set[tuple[str, int]]) -> Edit | None:
    """`# n = 20, 2026-11-30` behind a line without a comment that holds a whole figure."""
    row = lines(source.texts[edit.file])
    line = edit.span.line
    if "\n" in edit.text or line > len(row) or "#" in row[line - 1] or (edit.file, line) in noted:
        return None
    noted.add((edit.file, line))
    return insertion(edit.file, line, len(row[line - 1].rstrip()) + 1, f"  # n = {text}")

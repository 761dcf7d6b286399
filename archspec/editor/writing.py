"""What an editor asks to write: completions, new names, the layout, and what lint would mend."""

import re
from collections.abc import Iterator, Mapping
from re import fullmatch

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from archspec.editor.cursor import cursor_at
from archspec.editor.hover import occurrence_at
from archspec.editor.offers import Offer, What, offers
from archspec.editor.positions import path_of
from archspec.editor.reading import spot
from archspec.editor.server import Server
from archspec.editor.snapshot import Snapshot
from archspec.errors import Span, SpecError
from archspec.frozen import frozen
from archspec.language import Edit, Occurrence, addition_edit, insertion
from archspec.language.formatter.format import format_text
from archspec.language.reader.characters import lines
from archspec.model.field_types import ID_PATTERN
from archspec.validators import Finding, RuleSet
from archspec.validators.fixing.repair import suppression_edits
from archspec.validators.registry import rules

FIX_ALL = "source.fixAll.archspec"
_QUICK = types.CodeActionKind.QuickFix
_SIGNS = {
    What.KEY: types.CompletionItemKind.Property,
    What.VALUE: types.CompletionItemKind.EnumMember,
    What.ELEMENT: types.CompletionItemKind.Reference,
    What.KIND: types.CompletionItemKind.Class,
    What.UNIT: types.CompletionItemKind.Unit,
    What.SNIPPET: types.CompletionItemKind.Snippet,
}


def register(server: Server) -> None:
    """Let the server answer what changes the text."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", ":", "[", "{", ",", ">", "."])
    )
    def completion(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
        path = path_of(params.text_document.uri)
        if path is None or ls.project.root_of(path) is None:
            return []
        rows = lines(ls.text_of(path))
        line, column = ls.positions.place(params.position, ls.text_of(path))
        cursor = cursor_at(rows, line, column)
        if cursor is None:
            return []
        data, names = ls.project.typed(path, line)
        start = column - len(cursor.word)
        row = Span("", line, start, line, column)
        where = ls.positions.range(row, ls.text_of(path))
        return [_item(index, each, where) for index, each in enumerate(offers(cursor, data, names))]

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        path = path_of(params.text_document.uri)
        if path is None or ls.project.root_of(path) is None:
            return []
        text = ls.text_of(path)
        try:
            after = format_text(text, str(path))
        except SpecError:  # what is wrong is told already
            return []
        return [types.TextEdit(ls.positions.whole(text), after)] if after != text else []

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.Range | None:
        here = await spot(ls, params)
        meant = occurrence_at(here.known, here.file, here.line, here.column) if here else None
        return ls.positions.range(meant.span, here.known.texts[meant.span.file]) if here and meant else None

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    async def rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
        here = await spot(ls, params)
        meant = occurrence_at(here.known, here.file, here.line, here.column) if here else None
        if here is None or meant is None:
            return None
        refusal = renaming_refused(here.known, meant, params.new_name)
        if refusal:
            raise JsonRpcInvalidParams(refusal)
        same = (each for each in here.known.occurrences if (each.section, each.name) == (meant.section, meant.name))
        return ls.edit(here.known, [Edit(each.span, params.new_name) for each in same])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([_QUICK, FIX_ALL]))
    async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        found = await ls.known_of(params.text_document.uri)
        file = found[1].file_named(found[0]) if found else None
        if found is None or file is None:
            return []
        known, wanted = found[1], params.context.only
        every = list(actions(known))
        near = [each for each in every if each.at.file == file and _touches(each.at, params.range)]
        offered = [
            types.CodeAction(each.title, _QUICK, edit=ls.edit(known, [each.edit]), is_preferred=each.sure or None)
            for each in near
        ]
        if sure := [each.edit for each in every if each.sure]:
            offered.append(types.CodeAction("Mend all that is safe", FIX_ALL, edit=ls.edit(known, sure)))
        return [each for each in offered if not wanted or any(_is_of(each.kind, kind) for kind in wanted)]


def renaming_refused(known: Snapshot, meant: Occurrence, name: str) -> str:
    """Why an element cannot get a name; empty where it can."""
    if any(finding.code == "syntax" for finding in known.outcome.findings):
        return "the spec cannot be read to its end, and a use may be missed; mend its syntax first."
    if not fullmatch(ID_PATTERN, name):
        return (
            f"`{name}` is not an id; begin with a letter, go on with letters, digits, `-` and `_`, at most 64 in all."
        )
    taken = next((each for each in known.declarations if each.name == name), None)
    if taken is not None and name != meant.name:
        return f"`{name}` is taken: {taken.span.label} declares it in `{taken.section}`; choose another."
    return ""


def _touches(span: Span, where: types.Range) -> bool:
    return span.line - 1 <= where.end.line and where.start.line <= span.end_line - 1


def _is_of(kind: object, wanted: object) -> bool:
    """Whether a kind of action is another, or below it."""
    return f"{_word(kind)}.".startswith(f"{_word(wanted)}.")


def _word(kind: object) -> str:
    return str(getattr(kind, "value", kind))


def _item(index: int, offer: Offer, where: types.Range) -> types.CompletionItem:
    is_snippet = offer.what is What.SNIPPET
    return types.CompletionItem(
        label=offer.label,
        kind=_SIGNS[offer.what],
        detail=offer.detail or None,
        documentation=offer.meaning or None,
        sort_text=f"{offer.rank}{index:05}",
        text_edit=types.TextEdit(where, offer.insert or offer.label),
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
    )


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

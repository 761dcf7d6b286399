"""What an editor asks to write: completions, new names, the layout."""

from lsprotocol import types

from archspec.editor.cursor import cursor_at
from archspec.editor.offers import Offer, What, offers
from archspec.editor.positions import path_of
from archspec.editor.server import Server
from archspec.errors import Span, SpecError
from archspec.language.formatter.format import format_text
from archspec.language.reader.characters import lines

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

"""What an editor asks to show: meanings, declarations, uses, an outline."""

from pathlib import Path
from typing import Protocol

from lsprotocol import types
from lsprotocol.types import DocumentSymbol, SymbolKind

from archspec.editor.buffers import readable
from archspec.editor.hover import element_text, field_text, findings_at, occurrence_at, rule_text
from archspec.editor.positions import Positions, path_of
from archspec.editor.server import Server
from archspec.editor.snapshot import Snapshot
from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language import Document, Occurrence, Pieces
from archspec.language.reader.characters import lines
from archspec.language.reader.merge import SECTIONS


class Asked(Protocol):
    """What every request about a place says."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


@frozen
class Spot:
    """A place in a file of a spec; `file` is the file's name in the spec's spans."""

    path: Path
    known: Snapshot
    file: str
    line: int
    column: int


async def spot(ls: Server, params: Asked) -> Spot | None:
    """The place that a request asks about; None in a file that is part of no spec."""
    found = await ls.known_of(params.text_document.uri)
    file = found[1].file_named(found[0]) if found else None
    if found is None or file is None:
        return None
    return Spot(*found, file, *ls.positions.place(params.position, ls.text_of(found[0])))


def register(server: Server) -> None:
    """Let the server answer what only reads."""

    async def same(ls: Server, params: Asked) -> list[tuple[Occurrence, types.Location]]:
        here = await spot(ls, params)
        meant = occurrence_at(here.known, here.file, here.line, here.column) if here else None
        if here is None or meant is None:
            return []
        texts = here.known.texts
        found = (each for each in here.known.occurrences if (each.section, each.name) == (meant.section, meant.name))
        return [(each, ls.positions.location(each.span, texts[each.span.file])) for each in found]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        here = await spot(ls, params)
        if here is None:
            return None
        meant = occurrence_at(here.known, here.file, here.line, here.column)
        data, _ = ls.project.typed(here.path, here.line)
        field = "" if meant else field_text(lines(ls.text_of(here.path)), here.line, here.column, data)
        found = findings_at(here.known, here.file, here.line, here.column)
        texts = [element_text(here.known, meant) if meant else field, *map(rule_text, found)]
        text = "\n\n---\n\n".join(filter(None, texts))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        return [place for each, place in await same(ls, params) if each.declares]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        wanted = params.context.include_declaration
        return [place for each, place in await same(ls, params) if wanted or not each.declares]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        here = path_of(params.text_document.uri)
        return [
            types.DocumentHighlight(place.range) for _, place in await same(ls, params) if path_of(place.uri) == here
        ]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        path = path_of(params.text_document.uri)
        if path is None or ls.project.root_of(path) is None:
            return []
        pieces = ls.project.outlined.setdefault(path, Pieces())
        return outline(readable(ls.text_of(path), str(path), pieces), ls.positions)


_SIGNS = {
    "groups": SymbolKind.Namespace,
    "components": SymbolKind.Class,
    "flows": SymbolKind.Function,
    "alerts": SymbolKind.Event,
    "pipelines": SymbolKind.Method,
    "views": SymbolKind.Interface,
    "scenarios": SymbolKind.Constant,
}


def outline(document: Document, positions: Positions) -> list[DocumentSymbol]:
    """Every section of a document with its elements, in the order of the text."""
    found = []
    for section in document.data if isinstance(document.data, dict) else ():
        symbol = _symbol(document, (section,), str(section), SymbolKind.Module, positions)
        if symbol is not None:
            elements = document.data[section] if section in SECTIONS else None
            within = (
                _symbol(document, (section, id_), str(id_), _SIGNS[section], positions, data)
                for id_, data in (elements.items() if isinstance(elements, dict) else ())
            )
            symbol.children = [each for each in within if each is not None]
            found.append(symbol)
    return found


def _symbol(
    document: Document, path: tuple[str, ...], name: str, sign: SymbolKind, positions: Positions, data: object = None
) -> DocumentSymbol | None:
    key, value = document.source.keys.get(path), document.source.values.get(path)
    if key is None or not name:
        return None
    end = value if value is not None and value[1:3] >= key[1:3] else key
    whole = Span(key.file, key.line, key.column, end.end_line, end.end_column)
    kind = data.get("kind") if isinstance(data, dict) else None
    ranges = positions.range(whole, document.text), positions.range(key, document.text)
    return DocumentSymbol(name, sign, *ranges, detail=kind if isinstance(kind, str) else None)

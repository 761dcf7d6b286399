"""The outline of a file: its sections, and what each declares."""

from lsprotocol.types import DocumentSymbol, SymbolKind

from archspec.editor.positions import Positions
from archspec.errors import Span
from archspec.language.reader.document import Document
from archspec.language.reader.merge import SECTIONS

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

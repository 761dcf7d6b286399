"""A text read again after a change: only its entries that changed are, each by itself.

An entry is one element of a section, one connection, or another top-level key with its value. What stands alone as a
whole mapping or list at its own indentation reads the same among others; whatever does not, or holds a mistake or an
anchor, has the text read as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import yaml

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language.reader.merge import SECTIONS
from archspec.language.reader.tree import VALUE_BUDGET, Builder, OverloadError
from archspec.model import Path, Plain, SourceMap

_SECTION = re.compile(rf"({'|'.join((*SECTIONS, 'connections'))}):[ ]*(?:#.*)?\r?\n?")
_LIST: Path = ("connections",)
_BLANK = ("", "#", "\r", "\n")
Spans = list[tuple[Path, Span]]


@frozen
class Cut:
    """The lines of an entry, the number of the first, and the path of the mapping or list that it is part of."""

    path: Path
    line: int
    text: str


@frozen
class Piece:
    """An entry as it was read: its data, and the spans of it and of all in it, where its text begins at `line`."""

    data: Any
    whole: Span
    keys: Spans
    values: Spans
    events: int
    is_full: bool
    """Whether each key in it has a value."""
    line: int = 1

    def at(self, line: int) -> "Piece":
        """The same further up or down."""
        down = line - self.line
        if not down:
            return self
        keys = [(path, _moved(span, down)) for path, span in self.keys]
        values = [(path, _moved(span, down)) for path, span in self.values]
        return Piece(self.data, _moved(self.whole, down), keys, values, self.events, self.is_full, line)


@dataclass(slots=True)
class Pieces:
    """The entries of a file when it was last read."""

    _known: dict[tuple[Path, str], Piece] = field(default_factory=dict)

    def read(self, text: str, file: str) -> tuple[Any, SourceMap] | None:
        """The data of a text without refused characters, with its source; None where it must be read as one."""
        found: list[tuple[Cut, Piece]] = []
        for cut in _cuts(text):
            piece = self._known.get((cut.path, cut.text)) or _read(cut, file)
            if piece is None:
                return None
            found.append((cut, piece.at(cut.line)))
        self._known = {(cut.path, cut.text): piece for cut, piece in found}
        if not found or sum(piece.events for _, piece in found) > VALUE_BUDGET:
            return None
        joined = _Joined(text, file)
        return (joined.data, joined.source) if all(joined.takes(*each) for each in found) else None


def copied(data: Any) -> Any:
    """A tree of one's own, to be changed."""
    if type(data) is dict:
        return {key: copied(value) if type(value) in (dict, list) else value for key, value in data.items()}
    return [copied(value) if type(value) in (dict, list) else value for value in data] if type(data) is list else data


def _moved(span: Span, down: int) -> Span:
    file, line, column, end_line, end_column = span
    return tuple.__new__(Span, (file, line + down, column, end_line + down, end_column))  # twice as fast


def _cuts(text: str) -> Iterator[Cut]:
    """The entries of a text; where it is cut wrongly, one of them is no whole value."""
    rows = text.splitlines(keepends=True)  # at the same ends as YAML, in a text without refused characters
    starts = [index for index, row in enumerate(rows) if row[0] not in " \t#\r\n" and not row.startswith("- ")]
    if starts and rows[starts[0]].rstrip() == "---":
        rows[starts.pop(0)] = "#"
    begun = any(row.lstrip(" ")[:1] not in _BLANK for row in rows[: starts[0] if starts else None])
    if begun or any(rows[start].startswith(("---", "...", "%")) for start in starts):
        return
    for start, end in pairwise([*starts, len(rows)]):
        section = _SECTION.fullmatch(rows[start])
        inner = _entries(rows, start + 1, end, is_list=section[1] in _LIST) if section else []
        if section is None or not inner:
            yield Cut((), start + 1, "".join(rows[start:end]))
            continue
        yield Cut((), start + 1, rows[start])
        for first, last in pairwise([*inner, end]):
            yield Cut((section[1],), first + 1, "".join(rows[first:last]))


def _entries(rows: list[str], start: int, end: int, *, is_list: bool) -> list[int]:
    """The first line of each entry of a section: those as far in as the first."""
    first = next((index for index in range(start, end) if rows[index].lstrip(" ")[:1] not in _BLANK), end)
    width = len(rows[first]) - len(rows[first].lstrip(" ")) if first < end else 0
    if width == 0 and not is_list:
        return []
    neither, indent = (*_BLANK, " "), " " * width
    return [i for i in range(first, end) if rows[i].startswith(indent) and rows[i][width : width + 1] not in neither]


def _read(cut: Cut, file: str) -> Piece | None:
    """One entry read by itself; None where it is not whole, or holds what concerns the rest of the text."""
    if not cut.path and _SECTION.fullmatch(cut.text):
        name = Plain(cut.text.partition(":")[0])
        key = Span(file, 1, 1, 1, len(name) + 1)
        return Piece({name: None}, key, [((name,), key)], [((name,), key)], 1, is_full=False)
    builder = Builder(cut.text, file, at=cut.path)
    try:
        builder.run(yaml.parse(cut.text, Loader=yaml.CLoader))
    except (OverloadError, yaml.MarkedYAMLError):
        return None
    is_whole = type(builder.data) is (list if cut.path == _LIST else dict) and len(builder.data) == 1
    if builder.problems or builder.has_anchors or not is_whole or cut.text.lstrip(" ")[0] in "?:":
        return None  # `? a` and `: b` are two lines of one entry
    data, spans = builder.data, builder.source
    whole = spans.values.pop(cut.path)
    return Piece(data, whole, [*spans.keys.items()], [*spans.values.items()], builder.events, _is_full(data))


def _is_full(data: Any) -> bool:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return data is not None and all(map(_is_full, inner))


class _Joined:
    """The data of all pieces as one mapping."""

    def __init__(self, text: str, file: str) -> None:
        self.data: dict[str, Any] = {}
        self.source = SourceMap(texts={file: text})

    def takes(self, cut: Cut, piece: Piece) -> bool:
        """Add a piece; false where its key is there already."""
        keys, values = self.source.keys, self.source.values
        self._reaches((), piece.whole, is_first=not self.data)
        if cut.path == _LIST:
            items = self.data["connections"] = self.data["connections"] or []
            self._reaches(_LIST, piece.whole, is_first=not items)
            here = ("connections", len(items))
            items.append(copied(piece.data[0]))
            keys.update((here + path[2:], span) for path, span in piece.keys)
            values.update((here + path[2:], span) for path, span in piece.values)
            self._is_as_written(here, cut, piece)
            return True
        holder = self.data
        if cut.path:
            section = str(cut.path[0])
            holder = self.data[section] = self.data[section] or {}
            self._reaches(cut.path, piece.whole, is_first=not holder)
        ((key, value),) = piece.data.items()
        if key in holder:
            return False
        holder[key] = copied(value)
        keys.update(piece.keys)
        values.update(piece.values)
        self._is_as_written((*cut.path, key), cut, piece)
        return True

    def _is_as_written(self, path: Path, cut: Cut, piece: Piece) -> None:
        if piece.is_full:
            self.source.entries[path] = cut.text

    def _reaches(self, path: Path, piece: Span, *, is_first: bool) -> None:
        """Let the span of a mapping or list reach to the end of a piece, from its start where it is the first."""
        values = self.source.values
        values[path] = piece if is_first else Span(*values[path][:3], *piece[3:])

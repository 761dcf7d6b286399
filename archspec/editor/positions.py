"""archspec's lines and columns (from 1, in characters) and those of editors (from 0, in units that were agreed on)."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lsprotocol.types import Location, Position, Range
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import PositionCodec

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language.reader.characters import lines


@frozen
class Positions:
    """Translates by the encoding that client and server agreed on: of UTF-16, an emoji is two units."""

    codec: PositionCodec

    def range(self, span: Span, text: str) -> Range:
        """A span of a text."""
        rows = _rows(text)
        return Range(self._position(rows, span.line, span.column), self._position(rows, span.end_line, span.end_column))

    def _position(self, rows: Sequence[str], line: int, column: int) -> Position:
        row = rows[line - 1] if 0 < line <= len(rows) else ""
        return Position(max(line - 1, 0), self.codec.client_num_units(row[: max(column - 1, 0)]))

    def location(self, span: Span, text: str) -> Location:
        """A span as a place in a file."""
        return Location(uri_of(span.file), self.range(span, text))

    def place(self, position: Position, text: str) -> tuple[int, int]:
        """The line and column of an editor's position in a text."""
        rows = _rows(text)
        if position.line >= len(rows):
            return len(rows), len(rows[-1]) + 1
        row, units = rows[position.line], 0
        for column, each in enumerate(row):
            if units >= position.character:
                return position.line + 1, column + 1
            units += self.codec.client_num_units(each)
        return position.line + 1, len(row) + 1

    def whole(self, text: str) -> Range:
        """All of a text."""
        rows = _rows(text)
        return Range(Position(0, 0), self._position(rows, len(rows), len(rows[-1]) + 1))


@lru_cache(maxsize=64)
def _rows(text: str) -> list[str]:
    """The lines of a text: hundreds of findings ask for those of the same one."""
    return lines(text)


def path_of(uri: str) -> Path | None:
    """The real path of a file; None for what is no file."""
    name = to_fs_path(uri)
    return Path(name).resolve() if name else None


def uri_of(file: str | Path) -> str:
    """How editors name a file."""
    return from_fs_path(str(Path(file).resolve())) or ""

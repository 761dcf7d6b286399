"""A file as a stream of JSON values, however it is laid out: lines, one array, one object that holds long lists.

What is kept at a time is one line, or one element of a list: a file may be larger than any memory.
"""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from gzip import GzipFile
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast

from pydantic_core import from_json

from archspec.errors import UsageError
from archspec.observation.files import unpacked
from archspec.observation.messages import HEAD, is_binary, messages
from archspec.observation.trace_format import Document

LINE = 8 * 2**20
"""A line up to this many bytes is read as a whole; longer ones element by element."""
LARGEST = 64 * 2**20
"""Characters of the largest element that is read."""
_CHUNK = 2**20
_BLANK = " \t\r\n"


def documents(stream: BinaryIO, name: str, note: Callable[[str], None]) -> Iterator[Document]:
    """The values in a stream; `note` is told of what is cut off or no JSON, and reading goes on.

    Raises:
        UsageError: one element is too large.

    """
    peekable = stream if isinstance(stream, BufferedReader | GzipFile) else BufferedReader(cast("RawIOBase", stream))
    head = peekable.peek(HEAD)[:HEAD]
    if is_binary(head):
        try:
            yield from messages(cast("BinaryIO", peekable), head, name, unpacked)
        except EOFError as error:
            note(f"it is cut off {error}" if str(error) == "in the middle" else str(error))
        return
    yield from _texts(cast("BinaryIO", peekable), name, note)


def _texts(stream: BinaryIO, name: str, note: Callable[[str], None]) -> Iterator[Document]:
    line = _first_line(stream)
    if line[:1] not in (b"{", b"["):
        yield from _text_lines(line, stream)
        return
    by_lines = False
    while line:
        whole = line.endswith(b"\n") or len(line) <= LINE
        value = _parsed(line) if whole else None
        if value is not None:
            by_lines = True
            yield value
        elif not whole or not by_lines:
            yield from _laid_out(line + stream.read(LINE), stream, name, note)
            return
        elif line.strip():
            note("a line of it is no JSON" if line.endswith(b"\n") else "it is cut off in its last line")
        line = stream.readline(LINE + 1)


def _first_line(stream: BinaryIO) -> bytes:
    """The first line that is not blank, without a mark of byte order."""
    line = stream.readline(LINE + 1).removeprefix(b"\xef\xbb\xbf")
    while line and not line.strip():
        line = stream.readline(LINE + 1)
    return line.lstrip()


def _parsed(line: bytes) -> Any:
    try:
        return from_json(line, cache_strings="keys")
    except ValueError:
        return None


def _laid_out(data: bytes, stream: BinaryIO, name: str, note: Callable[[str], None]) -> Iterator[Document]:
    """What is no JSON line by line: one value as a whole where it is small, else its elements."""
    value = _parsed(data) if len(data) <= LINE else None
    if value is not None:
        yield value
    else:
        yield from _Elements(data, stream, name, note).values()


def _text_lines(line: bytes, stream: BinaryIO) -> Iterator[str]:
    while line:
        yield line.decode("utf-8", "replace").rstrip("\r\n")
        line = stream.readline(LINE + 1)


class _Elements:
    """Values parsed piece by piece: of an array its elements, of an object those of the lists right inside it."""

    def __init__(self, start: bytes, stream: BinaryIO, name: str, note: Callable[[str], None]) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._stream, self._name, self._note = stream, name, note
        self._text, self._at = self._decode(start), 0
        self._json = json.JSONDecoder()

    def values(self) -> Iterator[Document]:
        """Every element in the wrapping that it had: `{"data": [element]}`."""
        try:
            while char := self._peek():
                if char == "{":
                    yield from self._object()
                elif char == "[":
                    yield from ([element] for element in self._array())
                else:
                    self._note("a part of it is no JSON")
                    return
        except EOFError:
            self._note("it is cut off in the middle")

    def _object(self) -> Iterator[Document]:
        self._at += 1
        while self._must_peek() != "}":
            key = self._value()
            self._take(":")
            if self._must_peek() == "[":
                yield from ({key: [element]} for element in self._array())
            else:
                yield {key: self._value()}
            if self._must_peek() == ",":
                self._at += 1
        self._at += 1

    def _array(self) -> Iterator[Any]:
        self._at += 1
        while self._must_peek() != "]":
            yield self._value()
            if self._must_peek() == ",":
                self._at += 1
        self._at += 1

    def _take(self, char: str) -> None:
        if self._must_peek() != char:
            raise EOFError
        self._at += 1

    def _value(self) -> Any:
        self._must_peek()
        wanted = _CHUNK
        while True:
            try:
                value, self._at = self._json.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                if len(self._text) - self._at > LARGEST:
                    raise UsageError(f"`{self._name}` holds an element of more than 64 MiB; split it.") from None
                if not self._fill(wanted):
                    raise EOFError from None
                wanted *= 2
            else:
                return value

    def _must_peek(self) -> str:
        char = self._peek()
        if not char:
            raise EOFError
        return char

    def _peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill(_CHUNK):
                return ""

    def _fill(self, wanted: int) -> bool:
        data = self._stream.read(wanted)
        self._text, self._at = self._text[self._at :] + self._decode(data, not data), 0
        return bool(data)

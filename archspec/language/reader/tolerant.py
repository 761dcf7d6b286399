"""A document in the midst of being typed: read as though the line with the cursor were whole."""

import re

from archspec.language.reader.characters import LINE_END, lines
from archspec.language.reader.document import Document, read_text
from archspec.language.reader.pieces import Pieces

_CLOSING = {"[": "]", "{": "}"}
_QUOTED = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'""")


def tolerant(text: str, file: str, line: int) -> Document:
    """The document in a text that cannot be read to its end, perhaps because of a line (from 1) being typed.

    What that line leaves open is closed; where this does not help, the line is left out. Positions stay. Where the
    text still cannot be read, the document is not `complete`.
    """
    document = read_text(text, file)
    return document if document.complete else closed(text, file, line) or document


def closed(text: str, file: str, line: int, pieces: Pieces | None = None) -> Document | None:
    """The document in a text that cannot be read, with one line closed or left out; None where that does not help."""
    rows = lines(text)
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    for instead in dict.fromkeys((f"{row}{left_open(row)}", " " * len(row))):
        document = read_text(_with_row(text, line, instead), file, pieces=pieces) if row else None
        if document is not None and document.complete:
            return document
    return None


def left_open(row: str) -> str:
    """What closes the quotes and brackets that a row opens, innermost first.

    >>> left_open("zones: [a, 'b"), left_open("api: {zones: [a], kind: ser")
    ("']", '}')
    """
    plain = _QUOTED.sub(lambda match: "x" * len(match[0]), row).split(" #")[0]
    quote = next((each for each in plain if each in "\"'"), "")
    before = plain.partition(quote)[0] if quote else plain
    waiting: list[str] = []
    for each in before:
        if each in _CLOSING:
            waiting.append(_CLOSING[each])
        elif waiting and each == waiting[-1]:
            waiting.pop()
    return quote + "".join(reversed(waiting))


def _with_row(text: str, line: int, row: str) -> str:
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    start = starts[line - 1]
    return text[:start] + row + text[start + len(lines(text)[line - 1]) :]

r"""Text that cannot steer what shows it: a terminal, a log that reads commands, a page, a reader's eye.

A control character moves a terminal's cursor; a mark of direction lets `a` be read as `b`; what has no width hides; a
line that begins with `::`, or holds `##[`, is a command to the runner of a workflow. What others wrote (names, files'
names, keys) is put on one line where it is read, and every text that leaves is gone through once more at the door.
"""

import re
from collections.abc import Callable
from enum import Enum

SUBSTITUTE = "\ufffd"
_BITMAPS = frozenset({"png", "pdf"})
_LINE_BREAK = re.compile("[ \t]*[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\\s*")
_STEERING = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, separators of lines, marks of direction, what takes no room, and what is no character; joiners
stay, which scripts need."""

_OUR_COLOURS = re.compile("\x1b\\[[0-9;]{1,12}m")
_COMMAND = re.compile(r"(?m)^([ \t]*:)(?=:[A-Za-z])|#(?=#(?:\[|vso\[|teamcity\[))")


class Syntax(Enum):
    """How a text is read by what shows it, and so how a character is written that must not stand there itself."""

    PLAIN = "plain"
    COLOURED = "coloured"
    """Plain, with colours of our own."""
    COMMANDS = "commands"
    """Commands of ours to the runner of a workflow."""
    JSON = "json"
    MARKUP = "markup"


def one_line(text: str) -> str:
    r"""A text on one line: a break and the blanks round it are one blank; what steers is replaced.

    >>> one_line("a \n  b\x1b[31m")
    'a b\ufffd[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub(SUBSTITUTE, _LINE_BREAK.sub(" ", text.strip()).replace("\t", " "))


def harmless(text: str, syntax: Syntax) -> str:
    r"""The whole of a report, with nothing in it that steers. In JSON and markup it says the same as before.

    >>> harmless("::error::x", Syntax.PLAIN), harmless('"a\u202eb"', Syntax.JSON)
    (': :error::x', '"a\\u202eb"')
    """
    if syntax is Syntax.COLOURED:
        shown = _OUR_COLOURS.split(text)
        ours = [*_OUR_COLOURS.findall(text), ""]
        return "".join(harmless(part, Syntax.PLAIN) + colour for part, colour in zip(shown, ours, strict=True))
    escaped = _STEERING.sub(_ESCAPES[syntax], text)
    if syntax is Syntax.COMMANDS or ("::" not in escaped and "##" not in escaped):
        return escaped
    return _COMMAND.sub(_HASHES.get(syntax, _parted), escaped)


def syntax_of(kind: str) -> Syntax:
    """How a text is read, by its file's suffix or its media type."""
    if kind.endswith("json"):
        return Syntax.JSON
    return Syntax.MARKUP if kind.endswith(("html", "svg", "xml", "mxfile", "drawio", "graphml")) else Syntax.PLAIN


def harmless_file(path: str, content: bytes) -> bytes:
    """The content of a file that is known by its suffix, harmless where it is a text."""
    suffix = path.rpartition(".")[2]
    return content if suffix in _BITMAPS else harmless(content.decode(), syntax_of(suffix)).encode()


def harmless_text(content: str, syntax: Syntax) -> str:
    """A text with one line break at its end and nothing that steers."""
    return harmless(content if content.endswith("\n") or not content else f"{content}\n", syntax)


def _parted(match: re.Match[str]) -> str:
    return f"{match[0]} "


def _json(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        return SUBSTITUTE
    return "".join(f"\\u{unit:04x}" for unit in _units(match[0]))


def _units(char: str) -> list[int]:
    data = char.encode("utf-16-be")
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]


def _markup(match: re.Match[str]) -> str:
    code = ord(match[0])
    forbidden = code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)
    return SUBSTITUTE if forbidden else f"&#{code};"


def _substitute(_: re.Match[str]) -> str:
    return SUBSTITUTE


_ESCAPES: dict[Syntax, Callable[[re.Match[str]], str]] = {
    Syntax.PLAIN: _substitute,
    Syntax.COMMANDS: _substitute,
    Syntax.JSON: _json,
    Syntax.MARKUP: _markup,
}
_HASHES: dict[Syntax, Callable[[re.Match[str]], str]] = {
    Syntax.JSON: lambda match: "\\u0023" if match[0] == "#" else match[0],
    Syntax.MARKUP: lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};",
}

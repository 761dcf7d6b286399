"""Bytes of a file to text: encodings, line ends, and the characters that no spec may contain."""

import codecs
import re
from collections.abc import Iterator

from archspec.errors import Problem, Span
from archspec.frozen import frozen
from archspec.plain_file import SIZE_LIMIT

_SHOWN_AT_MOST = 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
LINE_END = re.compile(r"\r\n|\r|\n")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+")
_SEPARATORS = "\x85\u2028\u2029"


def decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text in `data`: UTF-8, or what a byte order mark says. Bytes that are none become U+DC80 to U+DCFF.

    The text is empty where nothing of it can be used (too large, or no text at all); the problem says why.
    """
    if len(data) > SIZE_LIMIT:
        size = f"{len(data) / 2**20:.1f} MiB"
        remedy = f"split it into files of at most {SIZE_LIMIT // 2**20} MiB and `include` them."
        return "", (Problem(f"the file is too large: {size}", remedy, Span(file, 1, 1, 1, 1), "syntax"),)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding in ("utf-16", "utf-32"):
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError as error:
            message = f"the byte order mark says {encoding.upper()}, but byte {error.start} does not fit it"
            return "", (Problem(message, "save the file as UTF-8.", Span(file, 1, 1, 1, 1), "syntax"),)
    if b"\0" in data:
        wide = data[1:2] == b"\0" or data[:1] == b"\0"
        message = (
            "this looks like UTF-16 without a byte order mark" if wide else "this is not text: it contains NUL bytes"
        )
        remedy = "save the file as UTF-8." if wide else "give a YAML file."
        place = data[: data.index(b"\0")].decode("utf-8", "replace")
        return "", (Problem(message, remedy, Span(file, *position(place, len(place)) * 2), "syntax"),)
    return data.decode(encoding, "surrogateescape"), ()


@frozen
class Form:
    """How a file holds its text: what an editor keeps when it saves."""

    mark: bytes
    """The byte order mark, empty where there is none."""
    encoding: str
    line_end: str

    def bytes_of(self, text: str) -> bytes:
        """A text with plain line ends, as this file would hold it."""
        return self.mark + text.replace("\n", self.line_end).encode(self.encoding)


def form_of(data: bytes) -> Form:
    r"""The form of a file's bytes; line ends are as the first one is.

    >>> form_of(b"\xef\xbb\xbfa: 1\r\n")
    Form(mark=b'\xef\xbb\xbf', encoding='utf-8', line_end='\r\n')
    """
    mark = next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")
    encoding = _WITHOUT_MARK.get(mark, "utf-8")
    first = data.decode(encoding, "replace").partition("\n")
    return Form(mark, encoding, "\r\n" if first[1] and first[0].endswith("\r") else "\n")


def plain_ends(text: str) -> str:
    """The text with every line ended by a line feed alone, and without a byte order mark."""
    return re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))


def position(text: str, index: int) -> tuple[int, int]:
    r"""Line and column, from 1, of the character at `index`.

    >>> position("a\r\nbc", 4)
    (2, 2)
    """
    line, start = 1, 0
    for match in LINE_END.finditer(text, 0, index):
        line, start = line + 1, match.end()
    return line, index - start + 1


def lines(text: str) -> list[str]:
    r"""The lines of a text as YAML and editors count them, without their ends.

    >>> lines("a\r\nb\n")
    ['a', 'b', '']
    """
    return LINE_END.split(text)


def cleaned(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with every refused character replaced by U+FFFD (positions stay), and a problem for each run of them."""
    if _REFUSED.search(text) is None:
        return text, ()
    return _REFUSED.sub(lambda match: "\ufffd" * len(match[0]), text), tuple(_refused(text, file))


def _refused(text: str, file: str) -> Iterator[Problem]:
    for count, match in enumerate(_REFUSED.finditer(text)):
        line, column = position(text, match.start())
        span = Span(file, line, column, line, column + len(match[0]))
        if count == _SHOWN_AT_MOST:
            yield Problem("there are more such characters", "save the file as plain UTF-8 text.", span, "syntax")
            return
        code = ord(match[0][0])
        if 0xDC80 <= code <= 0xDCFF:
            yield Problem(f"byte 0x{code - 0xDC00:02x} is not UTF-8", "save the file as UTF-8.", span, "syntax")
        elif match[0][0] in _SEPARATORS:
            remedy = f'delete it, or write it as "\\u{code:04x}" in a quoted text.'
            yield Problem(f"a line separator U+{code:04X} that editors do not show", remedy, span, "syntax")
        else:
            yield Problem(f"a control character U+{code:04X}", "delete it.", span, "syntax")

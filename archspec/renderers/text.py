"""Text measured with the bundled font, cleaned, wrapped and shortened. No font library at run time."""

import re
import unicodedata
from enum import IntEnum
from functools import cache
from itertools import pairwise

from archspec.frozen import frozen
from archspec.renderers.assets import asset

FAMILY = "Inter, 'Helvetica Neue', Arial, sans-serif"
ELLIPSIS = "…"
_BREAK_AFTER = " -/_.,:;|)]}>&=?"
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
"""Signs of Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean."""
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DIRECTION_CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Weight(IntEnum):
    """The weights that are bundled."""

    REGULAR = 400
    SEMIBOLD = 600


@frozen
class Style:
    """Size in px and weight of a text."""

    size: float
    weight: Weight = Weight.REGULAR


@frozen
class TextBlock:
    """A text broken into lines that fit a width. `width` is that of the widest line, in px."""

    lines: tuple[str, ...]
    width: float


def clean(text: str) -> str:
    r"""The text as one line that every format can hold: white space made single blanks, and without control
    characters, lone surrogates, non-characters and marks that turn the reading direction of what follows.

    >>> clean("a\x00b\n\tc \u202egnp.exe")
    'a b c gnp.exe'
    """
    if text.isascii() and text.isprintable():  # most texts, and all long ones: pictures as data URIs
        return " ".join(text.split())
    kept = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text if _is_shown(char))
    return " ".join("".join(kept).split())


def clean_text(text: str) -> str:
    """As `clean`, but lines stay lines: for descriptions and tool tips."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return "\n".join(line for line in (clean(part) for part in text.splitlines()) if line)


def _is_shown(char: str) -> bool:
    return (
        char not in _DIRECTION_CONTROLS
        and unicodedata.category(char) != "Cs"
        and (ord(char) & 0xFFFE) != 0xFFFE
        and not 0xFDD0 <= ord(char) <= 0xFDEF
    )


@cache
def _advances(weight: Weight) -> dict[str, float]:
    import json

    table = json.loads(asset("fonts/advances.json"))[str(int(weight))]
    return {
        chr(first + offset): advance / table["units_per_em"]
        for first, *advances in table["runs"]
        for offset, advance in enumerate(advances)
    }


def _guess(char: str) -> float:
    """Width in em of a character that the bundled font lacks, rather too wide than too narrow."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.25 if unicodedata.east_asian_width(char) in "WF" else 0.85


def is_bundled(text: str) -> bool:
    """Whether every character is in the bundled font, so that its measured width is exact."""
    table = _advances(Weight.REGULAR)
    return all(char in table for char in text)


def width(text: str, style: Style) -> float:
    """Width of one line in px.

    >>> width("", Style(14))
    0.0
    >>> round(width("archspec", Style(14)), 2)
    61.01
    """
    table = _advances(style.weight)
    return float(sum(table[char] if char in table else _guess(char) for char in text) * style.size)


def shorten(text: str, limit: float, style: Style) -> str:
    """The text, or as much of it as fits `limit` px with an ellipsis.

    >>> shorten("a very long name", 60, Style(14))
    'a very l…'
    """
    if width(text, style) <= limit:
        return text
    room = limit - width(ELLIPSIS, style)
    return text[: _fitting(text, room, style)].rstrip() + ELLIPSIS


def _fitting(text: str, limit: float, style: Style) -> int:
    """How many of the first characters fit; a combining mark, having no width, stays with its letter."""
    total = 0.0
    for index, char in enumerate(text):
        total += width(char, style)
        if total > limit:
            return index
    return len(text)


def wrap(text: str, limit: float, style: Style, max_lines: int) -> TextBlock:
    """The text in at most `max_lines` lines of at most `limit` px, the last one shortened if need be.

    Lines break after blanks and the punctuation of identifiers and URLs, between the signs of scripts without blanks,
    and where a word would not fit at all before its capitals; what is still too long is shortened, never cut in two.

    >>> wrap("Payment gateway", 70, Style(14), 2).lines
    ('Payment', 'gateway')
    >>> wrap("recommendations next", 70, Style(14), 2).lines
    ('recomm…', 'next')
    """
    rest, lines = clean(text), list[str]()
    while rest and len(lines) < max_lines - 1 and width(rest, style) > limit:
        end = _line_end(rest, limit, style)
        lines.append(shorten(rest[:end].rstrip(), limit, style))
        rest = rest[end:].lstrip()
    last = shorten(rest, limit, style)
    if last:
        lines.append(last)
    longest = max((width(line, style) for line in lines), default=0.0)
    return TextBlock(tuple(lines), longest)


def widest_word(text: str, style: Style) -> float:
    """Width in px of the longest piece that `wrap` would not break of its own accord.

    >>> widest_word("Payment gateway", Style(14)) == width("Payment", Style(14))
    True
    """
    cleaned = clean(text)
    ends = [0, *_ends(cleaned), len(cleaned)]
    return max(width(cleaned[a:b].rstrip(), style) for a, b in pairwise(ends))


def _ends(text: str) -> list[int]:
    """Where a line may end within the text, as numbers of characters."""
    return [
        at
        for at in range(1, len(text))
        if (text[at - 1] in _BREAK_AFTER or _WITHOUT_BLANKS.match(text[at - 1]))
        and (text[at].isascii() or not unicodedata.category(text[at]).startswith("M"))
    ]


def _line_end(text: str, limit: float, style: Style) -> int:
    """How many characters go on the first line; more than fit where the first word is too long."""
    fitting = max(1, _fitting(text, limit, style))
    if fitting < len(text) and text[fitting] == " ":
        return fitting
    ends = [*_ends(text), len(text)]
    whole = [end for end in ends if end <= fitting]
    capitals = [at.start() for at in _CAPITAL.finditer(text[:fitting])]
    return (whole or capitals or [ends[0]])[-1]

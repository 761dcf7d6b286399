"""SVG to PNG with the bundled fonts, so that it looks the same on every machine; what they lack the system's write."""

import re
import struct
import unicodedata
import zlib
from html import unescape
from math import sqrt

from archspec.errors import UsageError
from archspec.renderers.assets import asset_path
from archspec.renderers.renderer import Output
from archspec.renderers.text import FAMILY, is_bundled

LARGEST, MOST = 16_000, 32_000_000
"""Pixels of the longer side, and of the whole: what is painted takes four bytes each, several times over."""
_CELL, _NAMED = 24, 24
_SIZE = re.compile(r'(?:width|height)="([\d.]+)"')
_TEXT = re.compile(r"<text\b[^>]*>([^<]*)</text>")
_UNSEEN = ("Cf", "Zs")
"""Categories of characters that leave no ink; nor do selectors of variants."""
_VARIANTS = range(0xFE00, 0xFE10)


def bitmap(svg: str, scale: float = 1.0) -> Output:
    """The SVG as PNG, `scale` px per px of it, or as many as make a picture that can be painted, which a note says.

    Raises:
        UsageError: the scale is not above 0.

    """
    if scale <= 0:
        raise UsageError(f"a scale of {scale:g} shows nothing; give a number above 0.")
    width, height = size(svg)
    rounding = max(width, height) / min(width, height)  # resvg rounds the shorter side and keeps the proportions
    most = min((LARGEST - rounding) / max(width, height), sqrt(MOST / (width * height)))
    notes = list(unwritable(svg))
    if scale > most:
        sizes = f"{width * scale:,.0f} x {height * scale:,.0f} px are too many for a bitmap"
        notes.append(f"{sizes}: it is drawn at a scale of {most:.2g} instead of {scale:g}; svg shows every detail.")
    scale = min(scale, most)
    return Output(_painted(svg, max(1, round(width * scale)), max(1, round(height * scale))), tuple(notes))


def size(svg: str) -> tuple[float, float]:
    """Width and height of one of our pictures, in px."""
    width, height = (float(found) for found in _SIZE.findall(svg)[:2])
    return width, height


def unwritable(svg: str) -> tuple[str, ...]:
    r"""A note on the characters of a picture that neither a bundled font nor one of this machine has, none if there is
    no such character.

    >>> unwritable("<svg><text>na\u00efve</text></svg>")
    ()
    >>> unwritable("<svg><text>\U000f0000</text></svg>")
    ('no font on this machine has U+F0000, which stays blank; svg leaves it to the reader.',)
    """
    missing = _without_ink(strange(svg))
    if not missing:
        return ()
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    names = " ".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in missing[:_NAMED])
    one = len(missing) == 1
    blank = "which stays blank; svg leaves it" if one else "which stay blank; svg leaves them"
    return (f"no font on this machine has {names}{more}, {blank} to the reader.",)


def strange(svg: str) -> tuple[str, ...]:
    """The characters of a picture's texts that the bundled fonts lack, each once, in the order in which they come."""
    chars = dict.fromkeys(char for text in _TEXT.findall(svg) for char in unescape(text))
    return tuple(char for char in chars if not is_bundled(char))


def _without_ink(chars: tuple[str, ...]) -> list[str]:
    """Those that come out blank when each is painted into rows of its own, with empty ones before and after."""
    tried = [char for char in chars if unicodedata.category(char) not in _UNSEEN and ord(char) not in _VARIANTS]
    if not tried:
        return []
    step = 3 * _CELL
    texts = "".join(
        f'<text x="{_CELL}" y="{step * row + 2 * _CELL}" font-size="{_CELL}">&#{ord(char)};</text>'
        for row, char in enumerate(tried)
    )
    size = f'width="{step}" height="{step * len(tried)}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}">{texts}</svg>'
    rows = _filtered_rows(_painted(svg, step, step * len(tried)))
    return [char for row, char in enumerate(tried) if not any(map(any, rows[step * row + 1 : step * (row + 1)]))]


def _filtered_rows(png: bytes) -> list[bytes]:
    """The rows of a PNG as its filters left them: whichever they are, a row of zeros below zeros is all zeros."""
    packed, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    data = zlib.decompress(packed)
    stride = len(data) // int.from_bytes(png[20:24])
    return [data[start + 1 : start + stride] for start in range(0, len(data), stride)]


def _painted(svg: str, width: int, height: int) -> bytes:
    from resvg_py import svg_to_bytes

    fonts = [str(asset_path(f"fonts/Inter-{name}.otf")) for name in ("Regular", "SemiBold")]
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            skip_system_fonts=not strange(svg),
            font_files=fonts,
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )

"""Code frames: the line of a spec with a caret under the culprit, as compilers show it."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from archspec.errors import Problem, Span, SpecError
from archspec.frozen import frozen
from archspec.language.reader.characters import lines
from archspec.printable import one_line

_TAB = 4
_WIDTH = 100
"""Columns of a line that are shown; a longer one is cut around the culprit."""

_RED, _BLUE, _CYAN, _YELLOW, _BOLD, _END = "\x1b[1;31m", "\x1b[1;34m", "\x1b[1;36m", "\x1b[1;33m", "\x1b[1m", "\x1b[0m"
_HEADS = {"error": _RED, "warning": _YELLOW, "info": _CYAN}


@frozen
class _Painter:
    """Puts colour round a text, or leaves it as it is."""

    colour: bool

    def __call__(self, text: str, style: str) -> str:
        return f"{style}{text}{_END}" if self.colour and text else text


def spec_error(error: SpecError, *, colour: bool = False) -> str:
    r"""Every problem of an invalid spec, each with its frame, and a last line with their number.

    >>> text = "name: A\nanme: B"
    >>> twice = Problem("unknown key `anme`", "did you mean `name`?", Span("a.yaml", 2, 1, 2, 5))
    >>> print(spec_error(SpecError((twice,), {"a.yaml": text})))
    error: unknown key `anme`
     --> a.yaml:2:1
      |
    2 | anme: B
      | ^^^^
      = help: did you mean `name`?
    <BLANKLINE>
    1 problem found.
    """
    shown = [problem(each, error.sources, colour=colour) for each in error.problems]
    count = len(shown)
    return "\n\n".join([*shown, f"{count} problem{'s' if count != 1 else ''} found."])


def problem(found: Problem, sources: Mapping[str, str], *, colour: bool = False) -> str:
    """One problem: its message, the line with a caret, related places, and what to do."""
    code = "" if found.code in ("schema", "syntax") else found.code
    return frame(
        found.message,
        found.span,
        sources,
        code=code,
        remedy=found.remedy,
        related=found.related,
        colour=colour,
    )


def frame(
    message: str,
    span: Span | None,
    sources: Mapping[str, str],
    *,
    severity: str = "error",
    code: str = "",
    remedy: str = "",
    related: Iterable[tuple[Span, str]] = (),
    colour: bool = False,
) -> str:
    """A message with its place in the source.

    `severity` is `error`, `warning` or `info`; `code` a rule's code; `sources` the text of each file by its
    name in the spans (a file that is not among them is named without its line).
    """
    paint = _Painter(colour)
    others = list(related)
    places = [place for place in (span, *(place for place, _ in others)) if place is not None]
    gutter = len(str(max((place.line for place in places), default=1)))
    head = paint(f"{severity}[{code}]" if code else severity, _HEADS[severity])
    rows = [f"{head}{paint(': ' + one_line(message), _BOLD)}"]
    if span is not None:
        rows.append(" " * gutter + paint("--> ", _BLUE) + one_line(span.label))
        rows += _excerpt(span, sources, gutter, paint, ("^", "", _HEADS[severity]))
    for place, word in others:
        rows.append(" " * gutter + paint("::: ", _BLUE) + one_line(place.label))
        rows += _excerpt(place, sources, gutter, paint, ("-", word, _BLUE))
    if remedy:
        rows.append(f"{' ' * (gutter + 1)}{paint('=', _BLUE)} {paint('help', _BOLD)}: {one_line(remedy)}")
    return "\n".join(rows)


def _excerpt(
    span: Span, sources: Mapping[str, str], gutter: int, paint: _Painter, mark: tuple[str, str, str]
) -> list[str]:
    """The rows of one place: a bar, the line, the underline."""
    text = sources.get(span.file)
    if text is None:
        return []
    all_lines = _rows(text)
    line = all_lines[span.line - 1] if span.line <= len(all_lines) else ""
    start = min(span.column - 1, len(line))
    last = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    line, start, last = _near(line, start, last)
    shown, before, width = _window(line, start, max(last, start + 1))
    char, word, style = mark
    bar = paint("|", _BLUE)
    number = paint(str(span.line).rjust(gutter), _BLUE)
    under = paint(char * width + (f" {one_line(word)}" if word else ""), style)
    blank = " " * gutter
    return [f"{blank} {bar}", f"{number} {bar} {shown}".rstrip(), f"{blank} {bar} {' ' * before}{under}"]


@lru_cache(maxsize=8)
def _rows(text: str) -> tuple[str, ...]:
    """The lines of a source, split once however many problems it has."""
    return tuple(lines(text.removeprefix("\ufeff")))


def _near(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a line that can be shown, and where the culprit stands in it: a line may be a megabyte long."""
    first = max(0, start - 4 * _WIDTH)
    return line[first : start + 4 * _WIDTH], start - first, min(end, start + 4 * _WIDTH) - first


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A line as shown, the columns before the culprit and the columns under it, cut to the width of a frame."""
    cells = [_cell(char) for char in line]
    first, stop = 0, len(cells)
    if sum(width for _, width in cells) > _WIDTH:
        culprit = sum(width for _, width in cells[start:end])
        room = max(_WIDTH - culprit, _WIDTH // 2)
        first = _back(cells, start, room // 2)
        stop = _ahead(cells, first, _WIDTH)
    lead = "…" if first > 0 else ""
    tail = "…" if stop < len(cells) else ""
    shown = lead + "".join(text for text, _ in cells[first:stop]) + tail
    before = len(lead) + sum(width for _, width in cells[first:start])
    return shown, before, max(1, sum(width for _, width in cells[start : min(end, stop)]))


def _back(cells: list[tuple[str, int]], index: int, columns: int) -> int:
    """The first cell of those that fill so many columns up to `index`."""
    while index > 0 and columns - cells[index - 1][1] >= 0:
        index -= 1
        columns -= cells[index][1]
    return index


def _ahead(cells: list[tuple[str, int]], index: int, columns: int) -> int:
    """The cell behind those that fill so many columns from `index`."""
    while index < len(cells) and columns - cells[index][1] >= 0:
        columns -= cells[index][1]
        index += 1
    return index


def _cell(char: str) -> tuple[str, int]:
    """A character as shown in a terminal, and the columns it takes there."""
    if " " <= char <= "~":
        return char, 1
    if char == "\t":
        return " " * _TAB, _TAB
    category = unicodedata.category(char)
    if category in ("Mn", "Me") or char == "\u200d":
        return char, 0
    if category[0] == "C" or category in ("Zl", "Zp"):
        return "\ufffd", 1
    return char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1

"""Where a Markdown file asks for something of archspec: markers on lines of their own, outside of code."""

import re
from collections.abc import Sequence

from archspec.errors import Problem, Span, SpecError
from archspec.frozen import frozen

_MARKER = re.compile(r"( {0,3})<!--\s*(/?)archspec(?![\w-])(.*?)-->[ \t\r]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


@frozen
class Block:
    """One command of a file. What it gives stands between the lines `first` and `last`, counted from 0; `last` is the
    line of the closing marker.
    """

    command: str
    first: int
    last: int
    indent: str
    span: Span


def lines_of(text: str) -> list[str]:
    r"""The lines of a text with their ends, which no other character than a line feed makes.

    >>> lines_of("a\r\nb\x0bc\n")
    ['a\r\n', 'b\x0bc\n']
    """
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def blocks(lines: Sequence[str], file: str) -> tuple[Block, ...]:
    """The blocks of a file, in order.

    Raises:
        SpecError: a marker is not closed, closes nothing, or says nothing; each with its place.

    """
    found: list[Block] = []
    problems: list[Problem] = []
    opened: tuple[str, int, str, Span] | None = None
    fence = ""
    for number, line in enumerate(lines):
        fence, is_code = _fenced(line, fence)
        match = None if is_code else _MARKER.fullmatch(line.rstrip("\n"))
        if match is None:
            continue
        indent, closes, said = match.groups()
        span = Span(file, number + 1, len(indent) + 1, number + 1, len(line.rstrip()) + 1)
        if closes and opened is not None and not said.strip():
            command, first, before, at = opened
            found.append(Block(command, first, number, before, at))
            opened = None
        elif closes:
            problems.append(_problem("this marker closes nothing", span))
        elif opened is not None:
            problems.append(_problem("a block begins within another one, which is not closed before", span))
        elif not said.startswith(":") or not said[1:].strip():
            problems.append(_problem("this marker does not say what to embed", span))
        else:
            opened = (said[1:].strip(), number + 1, indent, span)
    if opened is not None:
        problems.append(_problem("this block is never closed", opened[3]))
    if problems:
        raise SpecError(tuple(problems), {file: "".join(lines)})
    return tuple(found)


def _problem(message: str, span: Span) -> Problem:
    remedy = "write `<!-- archspec: render SPEC -->` on a line of its own, and `<!-- /archspec -->` below."
    return Problem(message, remedy, span, "syntax")


def _fenced(line: str, fence: str) -> tuple[str, bool]:
    """The fence that is open after a line, and whether the line is part of code."""
    match = _FENCE.fullmatch(line.rstrip("\r\n"))
    if match is None:
        return fence, bool(fence)
    marks, rest = match.groups()
    if not fence:
        is_inline = marks[0] == "`" and "`" in rest
        return ("", False) if is_inline else (marks, True)
    closes = marks[0] == fence[0] and len(marks) >= len(fence) and not rest.strip()
    return ("" if closes else fence), True

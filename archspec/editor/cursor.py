"""Where in a spec the cursor is, by indentation and brackets alone: the text may be broken anywhere else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archspec.frozen import frozen
from archspec.model import Path

_FAR = 200
"""So many lines above a bracket is looked for that the cursor's line goes on in."""
_BLOCK = re.compile(r"( *)((?:- +|-$)*)")
_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s#"'\[{,][^#]*?)\s*:(?=\s|$)""")
_WORD = re.compile(r"[A-Za-z0-9_.%/-]*$")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")


@frozen
class Cursor:
    """What is being written: a key of the mapping at `path`, or the value at `path` (in a list: its item).

    `text` is what is written of it so far, `word` the end of that. `is_item` says that a list's item begins here,
    which may become a value or a mapping.
    """

    path: Path
    writes_key: bool
    text: str
    is_item: bool = False

    @property
    def word(self) -> str:
        """The end of what is written, from the last character on that no id, number or unit has."""
        match = _WORD.search(self.text)
        return match[0] if match else ""


def cursor_at(rows: Sequence[str], line: int, column: int) -> Cursor | None:
    """The cursor at a line and column, both from 1; None in a comment, or behind a value that is complete.

    >>> cursor_at(["components:", "  api: {kind: server, zo"], 2, 25)
    Cursor(path=('components', 'api'), writes_key=True, text='zo', is_item=False)
    >>> cursor_at(["flows:", "  ask:", "    steps:", "    - call: a", "    - call: d"], 5, 14).path
    ('flows', 'ask', 'steps', 1, 'call')
    """
    head = rows[line - 1][: column - 1] if line <= len(rows) else ""
    if re.search(r"(?:^|\s)#", _QUOTED.sub("x", head)):
        return None
    head, first = _whole(rows, line - 1, head)
    block = _BLOCK.match(head)
    assert block is not None  # it matches the empty text
    content, at = head[block.end() :], block.end()
    path = _above(rows, first, _dashes(block), at)
    key = _KEY.match(content)
    value = content[key.end() :].lstrip() if key else content
    here = (*path, _plain(key[1])) if key else path
    if value[:1] in ("{", "["):
        return _in_flow(value, here)
    if key is None:
        return Cursor(here, True, content, is_item=bool(_dashes(block)))
    return Cursor(here, False, value) if content[key.end() :] else None


def _whole(rows: Sequence[str], index: int, head: str) -> tuple[str, int]:
    """The line up to the cursor with the lines above whose brackets it stands in, and the index of the first."""
    indent, first = len(head) - len(head.lstrip()), index
    between = head.lstrip()
    for above in range(index - 1, max(-1, index - _FAR), -1):
        row = rows[above].split(" #")[0].rstrip()
        depth = len(row) - len(row.lstrip())
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        if depth < indent or (depth == indent and row.endswith(("{", "[", ","))):
            if not _is_open(f"{row} {between}") or not _is_open(row):
                if depth < indent:
                    break
            else:
                between, indent, first = f"{row.lstrip()} {between}", depth, above
                continue
        between = f"{row.strip()} {between}" if first == index or not _is_open(between) else between
    return (" " * indent + between, first) if first != index else (head, index)


def _is_open(text: str) -> bool:
    """Whether a bracket stays open at the end of a text."""
    plain = _QUOTED.sub("x", text)
    return sum(plain.count(each) for each in "[{") > sum(plain.count(each) for each in "]}")


def _dashes(block: re.Match[str]) -> list[int]:
    """The columns (from 0) of the dashes that begin a line."""
    return [match.start() for match in re.finditer("-", block[0])]


def _plain(key: str) -> str:
    return key.strip().strip("\"'")


def _entries(row: str) -> Iterator[tuple[int, str | None]]:
    """The column and key of what a line begins, the innermost first; a dash has no key."""
    block = _BLOCK.match(row)
    if block is None or not row[block.end() :].strip() or row[block.end()] == "#":
        dashes = _dashes(block) if block and "-" in row else []
    else:
        key = _KEY.match(row, block.end())
        if key is not None:
            yield block.end(), _plain(key[1])
        dashes = _dashes(block)
    yield from ((column, None) for column in reversed(dashes))


def _above(rows: Sequence[str], index: int, dashes: list[int], at: int) -> Path:
    """The way from the top to what a line holds at a column, by the lines above it."""
    way = _Way(at)
    for column in reversed(dashes):
        way.meet(column, None)
    for row in range(index - 1, -1, -1):
        if way.limit <= 0:
            break
        for column, key in _entries(rows[row]):
            way.meet(column, key)
    return tuple(reversed(way.parts))


@dataclass(slots=True)
class _Way:
    """A path that grows from its end, while the lines above are met one by one."""

    limit: int
    """What stands at this column or further right belongs to another branch."""
    parts: list[str | int] = field(default_factory=list)
    dash: int | None = None
    """The column of the list whose item leads here, until its key is met."""

    def meet(self, column: int, key: str | None) -> None:
        if key is None and column == self.dash:
            self.parts[-1] = int(self.parts[-1]) + 1
        elif column < self.limit:
            self.parts.append(0 if key is None else key)
            self.dash = column if key is None else None
            self.limit = column + 1 if key is None else column


def _in_flow(text: str, path: Path) -> Cursor | None:
    """What is being written at the end of a text that begins with a bracket."""
    stack: list[str | int | None] = []
    kinds: list[str] = []
    start, quote = 0, ""
    for index, each in enumerate(text):
        if quote:
            quote = "" if each == quote else quote
        elif each in "\"'" and not text[start:index].strip():
            quote = each
        elif each in "{[":
            kinds.append(each)
            stack.append(0 if each == "[" else None)
            start = index + 1
        elif each in "}]":
            if not kinds or each != {"{": "}", "[": "]"}[kinds.pop()]:
                return None
            stack.pop()
            start = index + 1
        elif each == "," and kinds:
            last = stack[-1]
            stack[-1] = last + 1 if isinstance(last, int) else None
            start = index + 1
        elif each == ":" and kinds and kinds[-1] == "{" and stack[-1] is None and text[index + 1 : index + 2] in " ":
            stack[-1] = _plain(text[start:index])
            start = index + 1
    if not kinds:
        return None
    written = text[start:].lstrip()
    return Cursor((*path, *(part for part in stack if part is not None)), stack[-1] is None, written.lstrip("\"'"))

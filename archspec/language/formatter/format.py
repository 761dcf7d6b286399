"""One layout for every spec: edits to the text itself, so that comments and what people aligned stay.

Trailing blanks go; levels are indented by two; one blank line parts the sections; braces and brackets hug
their content; a distribution's arguments are parted by blanks; `a -> b` has one blank on each side; quotes
that change nothing go. The data before and after are the same, which is checked.
"""

from bisect import bisect_right
from copy import deepcopy
from typing import Any

from archspec.errors import DefectError, SpecError
from archspec.language import Document, Problems, plain_ends, read_text
from archspec.language.dump import dump
from archspec.language.formatter.layout import Layout
from archspec.language.formatter.long_form import bare_rates, long_connections, long_rates
from archspec.language.formatter.spacing import spacing
from archspec.language.formatter.spelling import Edit, arrow_spelling, function_spelling, groups_of, spelling
from archspec.language.reader.includes import no_mapping
from archspec.language.shorthand import GROUP
from archspec.model import Path, SourceMap

__all__ = ["dump", "format_text"]

_ROUNDS = 20


def format_text(text: str, file: str = "<text>", expand: bool = False) -> str:
    r"""The text in its one layout; formatting it again changes nothing. With `expand`, shorthands are written long.

    Raises:
        SpecError: the text is no readable YAML; it carries every problem found.

    >>> format_text("a:   {b : [1,2] ,c: x}   # why")
    'a: {b: [1, 2], c: x}   # why\n'

    """
    document = _readable(plain_ends(text), file)
    meaning = _meaning(document.data, expand)
    if expand:
        document = _readable(long_rates(document), file)
        document = _readable(long_connections(document), file)
    for _ in range(_ROUNDS):
        after = _once(document)
        if after == document.text:
            break
        document = _readable(after, file)
    if _meaning(document.data, expand) != meaning:
        raise DefectError("formatting would change the data")
    return document.text


def _readable(text: str, file: str) -> Document:
    document = read_text(text, file)
    wrong = document.problems or (() if isinstance(document.data, dict) else (no_mapping(document),))
    if wrong:
        raise SpecError(wrong, document.source.texts)
    return document


def _once(document: Document) -> str:
    """The text with one round of edits; a round may make room for the next."""
    layout = Layout(document.text)
    if layout.is_unusual:
        return document.text
    words = sorted(spelling(document))
    starts = [start for start, _, _ in words]
    edits = words + [edit for edit in (*spacing(layout), *layout.edits()) if not _within(edit, words, starts)]
    return apply(document.text, edits)


def _within(edit: Edit, words: list[Edit], starts: list[int]) -> bool:
    """Whether an edit lies in a scalar that is written anew."""
    place = bisect_right(starts, edit[0]) - 1
    return place >= 0 and edit[0] < words[place][1] and edit[1] > words[place][0]


def apply(text: str, edits: list[Edit]) -> str:
    """The text with each stretch (start, end) replaced; stretches do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, replacement in sorted(edits):
        parts += [text[at:start], replacement]
        at = end
    return "".join([*parts, text[at:]])


def _meaning(data: Any, expand: bool) -> Any:
    """The data with every spelling that formatting may change made one."""
    if expand and isinstance(data, dict):
        data = deepcopy(data)
        for path in bare_rates(data):
            _put(data, path)
        if isinstance(data.get("connections"), list):
            data["connections"] = _pairs(data["connections"])
    return _same(data, (), groups_of(data))


def _put(data: Any, path: Path) -> None:
    """Write the bare rate at a path as its mapping."""
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = {"rate": data[path[-1]]}


def _pairs(items: list[Any]) -> list[Any]:
    from archspec.language.shorthand import expand

    pairs = [pair for item in items for pair in expand(item, (), Problems(SourceMap()))]
    return [[pair.from_, pair.to, pair.fields] for pair in pairs]


def _same(value: Any, path: tuple[Any, ...], groups: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return [(_same(key, (*path, "key"), groups), _same(item, (*path, key), groups)) for key, item in value.items()]
    if isinstance(value, list):
        return [_same(item, (*path, 0), groups) for item in value]
    if isinstance(value, str):
        plain = str(value)
        if path[:1] == ("connections",) and len(path) in (2, 3):
            plain = arrow_spelling(plain, groups)
        if path[:1] == ("connections",) and path[2:3] == ("to",) and plain in groups:
            plain = f"{GROUP}{plain}"
        return str(function_spelling(plain))
    return value

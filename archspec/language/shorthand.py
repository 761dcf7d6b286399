"""Connections in short, middle and long form become one mapping for each ordered pair and name."""

import re
from itertools import pairwise
from typing import Any

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language.problems import Problems
from archspec.model import Path
from archspec.model.field_types import ID_PATTERN

MOST_PAIRS = 10_000
"""Pairs that one item may stand for."""

_TARGETS = re.compile(r"\[([^\[\]]*)\]")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_ID = re.compile(ID_PATTERN)
GROUP = "group:"
"""What may stand before the id of a group that an arrow ends at."""


@frozen
class Pair:
    """One ordered pair of a connection item: the fields written for it, and where its two ids stand."""

    from_: str
    to: str
    fields: dict[str, Any]
    at: Path
    """Path of the item's fields in the spec."""
    from_span: Span | None
    to_span: Span | None
    is_to_group: bool
    """Whether the text says that `to` is a group; a group's bare id means the same."""

    @property
    def data(self) -> dict[str, Any]:
        """The connection in its long form."""
        return {"from": self.from_, "to": self.to, **self.fields}


def hops_of(text: str) -> list[str]:
    """What stands between the arrows of a connection: an arrow has blanks on both sides.

    >>> hops_of("a  -> [b,c]"), hops_of("a->b"), hops_of("-> a -> b")
    (['a', '[b,c]'], ['a->b'], ['-> a', 'b'])
    """
    text = text.strip()
    parts, start = [], 0
    arrow = text.find("->")
    while arrow >= 0:
        if text[arrow - 1 : arrow].isspace() and text[arrow + 2 : arrow + 3].isspace():
            parts.append(text[start:arrow].strip())
            start = arrow + 2
        arrow = text.find("->", arrow + 2)
    return [*parts, text[start:].strip()]


def expand(item: Any, path: Path, problems: Problems) -> list[Pair]:
    """The pairs that one item of `connections` stands for; its mistakes are noted."""
    if isinstance(item, str):
        return _arrow(item, {}, path, path, problems)
    if isinstance(item, dict) and ("from" in item or "to" in item):
        return _long(item, path, problems)
    if isinstance(item, dict) and len(item) == 1:
        arrow, value = next(iter(item.items()))
        return _arrow(str(arrow), _fields(value), (*path, arrow), path, problems)
    problems.add(path, "this is not a connection", "write `- a -> b`, or `{from: a, to: b}`.")
    return []


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"protocol": value}


def _long(item: dict[str, Any], path: Path, problems: Problems) -> list[Pair]:
    missing = [key for key in ("from", "to") if key not in item]
    for key in missing:
        problems.add(path, f"this connection has no `{key}`", f"add `{key}: <component>`.", at_key=True)
    if missing:
        return []
    fields = {key: value for key, value in item.items() if key not in ("from", "to")}
    pairs = []
    asking = _ends(item["from"], (*path, "from"), "", problems)
    asked = _ends(item["to"], (*path, "to"), GROUP, problems)
    if len(asking) * len(asked) > MOST_PAIRS:
        problems.add(path, *_too_many(len(asking) * len(asked)), at_key=True)
        return []
    for from_, from_path in asking:
        for to, to_path in asked:
            spans = problems.source.value(from_path), problems.source.value(to_path)
            pairs.append(Pair(from_, to.removeprefix(GROUP), fields, path, *spans, to.startswith(GROUP)))
    return pairs


def _ends(value: Any, path: Path, before: str, problems: Problems) -> list[tuple[str, Path]]:
    values = [(v, (*path, i)) for i, v in enumerate(value)] if isinstance(value, (list, tuple)) else [(value, path)]
    for end, where in values:
        if not isinstance(end, str) or not _ID.fullmatch(end.removeprefix(before)):
            problems.add(where, f"`{end}` is not an id of a component", "name one component, or a list of them.")
            return []
    return values


def _arrow(text: str, fields: dict[str, Any], at: Path, item: Path, problems: Problems) -> list[Pair]:
    """`a -> b`, `a -> [b, c]`, `a -> b -> c`."""
    hops = hops_of(text)
    remedy = _wrong_arrow(text, hops)
    if remedy:
        problems.add(item, f"`{text}` is not a connection", remedy)
        return []
    span = problems.source.keys.get(at) or problems.source.values.get(at) or problems.source.value(item)
    names = [_names(hop) for hop in hops]
    count = sum(len(left) * len(right) for left, right in pairwise(names))
    if count > MOST_PAIRS:
        problems.add(item, *_too_many(count))
        return []
    places: dict[str, int] = {}
    for match in _WORD.finditer(text):
        places.setdefault(match[0], match.start())
    return [
        _pair(text, from_, to, fields, at, span, places)
        for left, right in pairwise(names)
        for from_ in left
        for to in right
    ]


def _pair(
    text: str, from_: str, end: str, fields: dict[str, Any], at: Path, span: Span | None, places: dict[str, int]
) -> Pair:
    to = end.removeprefix(GROUP)
    from_span, to_span = (_within(span, text, places.get(id_)) for id_ in (from_, to))
    return Pair(from_, to, fields, at, from_span, to_span, end.startswith(GROUP))


def _too_many(count: int) -> tuple[str, str]:
    message = f"this item describes {count} connections, and {MOST_PAIRS} are the most"
    return message, "connect them through something between."


def _names(hop: str) -> list[str]:
    match = _TARGETS.fullmatch(hop)
    return [name for name in re.split(r"[\s,]+", match[1]) if name] if match else [hop]


def _wrong_arrow(text: str, hops: list[str]) -> str | None:
    """What to do about a text that is no connection; None where it is one."""
    if "<->" in text or "<-" in text:
        return "answers need no arrow back: write one connection `a -> b`, or two."
    if any(arrow in text for arrow in ("-->", "=>", "→")):
        return "the arrow is written `->`: `a -> b`."
    if "->" not in text:
        return "write `a -> b`: who asks, an arrow, who answers."
    if len(hops) < 2 or any(not hop for hop in hops):
        return "put spaces around the arrow and an id on both sides: `a -> b`."
    if hops[0].startswith("["):
        return f"a list on the left is written long: `{{from: {hops[0]}, to: {hops[-1]}}}`."
    for index, hop in enumerate(hops):
        ids = [name.removeprefix(GROUP) if index else name for name in _names(hop)]
        if ids and all(map(_ID.fullmatch, ids)) and (len(hops) - 1 == index or not hop.startswith("[")):
            continue
        if hop.startswith(GROUP):
            return "an arrow ends at a group, and begins at a component: `a -> group:orders`."
        if ":" in hop:
            return f"put a space after the colon: `{text.replace(':', ': ', 1)}`."
        if hop.startswith("["):
            return "a list may only be at the end of a connection, and holds ids."
        return f"`{hop}` is not an id: letters, digits, `-` and `_`."
    return None


def _within(span: Span | None, text: str, start: int | None) -> Span | None:
    """The stretch of the id that starts so far in an arrow's text."""
    if span is None or span.line != span.end_line or start is None:
        return span
    match = _WORD.match(text, start)
    assert match is not None
    quoted = span.end_column - span.column - len(text) >= 2
    column = span.column + start + quoted
    return Span(span.file, span.line, column, span.line, column + len(match[0]))

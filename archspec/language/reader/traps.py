"""What YAML reads differently from what people mean, seen in the tree and mended, or told with its remedy."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from archspec.errors import Problem, Span
from archspec.model import Path, Plain, SourceMap

_PIECES = 16
"""How many pieces a function inside a list is looked for: more arguments than any has."""

_WORD = re.compile(r"[a-z][a-z0-9_.]*")
_MISSING_BLANK = re.compile(r"([A-Za-z_][\w.-]*):(\S.*)")
_ARROW_COLON = re.compile(r"(.*->\s*(?!group:)[\w-]+):(\S.*)")
SELECTORS = ("flow", "pipeline", "group", "kind", "tag", "near")


class Entry(NamedTuple):
    """A key and its value in a flow collection, with the events that brought them."""

    key: Any
    key_event: Any
    value_event: Any


def _opened(text: str) -> int:
    """How many brackets a text opens and does not close."""
    return text.count("(") - text.count(")")


def _open_bracket(value: Any) -> bool:
    return type(value) is Plain and "(" in value and _opened(value) > 0


def _problem(message: str, remedy: str, span: Span | None) -> Problem:
    return Problem(message, remedy, span, "syntax")


def mend_flow_mapping(
    values: dict[str, Any], entries: list[Entry], path: Path, text: str, source: SourceMap
) -> tuple[dict[str, Any], list[Problem]]:
    """Join functions that YAML cut at a comma, `{takes: uniform(2ms, 9ms)}`; tell where it cut a text.

    Works on `values` in place: an entry that was a piece of a value is taken out.
    """
    if None not in values.values():
        return values, []
    whole: Entry | None = None
    end: Any = None
    opened = 0
    problems = []
    for entry in [*entries, None]:
        is_piece = entry is not None and values[entry.key] is None and _lacks_colon(entry, text)
        if entry is not None and is_piece and opened > 0:
            del values[entry.key]
            opened += _opened(entry.key)
            end = entry.key_event.end_mark
            continue
        if whole is not None and end is not None:
            values[whole.key] = _joined(whole, end, (*path, whole.key), text, source)
        end, opened = None, 0
        if entry is None:
            break
        if not is_piece:
            whole = entry
            opened = _opened(values[entry.key]) if type(values[entry.key]) is Plain else 0
        else:
            before = str(values[whole.key]) if whole and type(values[whole.key]) is Plain else None
            del values[entry.key]
            problems.append(_cut(entry.key, whole.key if whole else None, before, source.keys[(*path, entry.key)]))
            _mend_pair(values, entry.key, path, source)
    return values, problems


def _lacks_colon(entry: Entry, text: str) -> bool:
    """Whether a key of a flow mapping stands alone: no colon, no value."""
    if entry.key_event is None:
        return False
    end = entry.key_event.end_mark.index
    following = text[end : end + 200].lstrip()
    return following[:1] in (",", "}") or (following[:1] == "#")


def _mend_pair(values: dict[str, Any], written: str, path: Path, source: SourceMap) -> None:
    """Read `kind:server`, a blank missing, as what is meant, so that nothing else is said of it."""
    missing = _MISSING_BLANK.fullmatch(written)
    if missing is not None and missing[1] not in values:
        key = Plain(missing[1])
        values[key] = Plain(missing[2])
        source.keys[(*path, key)] = source.values[(*path, key)] = source.keys[(*path, written)]


def _joined(whole: Entry, end: Any, place: Path, text: str, source: SourceMap) -> Plain:
    """The text from the value of `whole` to the mark `end`, its span widened."""
    source.values[place] = source.values[place]._replace(end_line=end.line + 1, end_column=end.column + 1)
    return Plain(" ".join(text[whole.value_event.start_mark.index : end.index].split()))


def _cut(key: str, before_key: str | None, before: str | None, span: Span) -> Problem:
    missing = _MISSING_BLANK.fullmatch(key)
    if missing is not None:
        return _problem(f"`{key}` has no value", f"put a space after the colon: `{missing[1]}: {missing[2]}`.", span)
    quoted = f'`{before_key}: "{before}, {key}"`'
    if before is None or before_key is None:
        return _problem(f"`{key}` has no value", f"write `{key}: …`.", span)
    if _WORD.fullmatch(key):
        remedy = f"write `{key}: …`; where the comma belongs to the text before it, quote that: {quoted}."
        return _problem(f"`{key}` has no value", remedy, span)
    remedy = f"quote the text: {quoted}."
    return _problem(f"the comma before `{key}` cuts the text `{before}`", remedy, span)


def mend_flow_list(
    values: list[Any], entries: list[Entry], path: Path, text: str, source: SourceMap
) -> tuple[list[Any], list[Problem]]:
    """Join functions that YAML cut at a comma inside `[…]`. Never a problem: a list may hold any text."""
    if not any(map(_open_bracket, values)):
        return values, []
    mended: list[Any] = []
    index = 0
    while index < len(values):
        last = _closing_piece(values, index)
        place = (*path, len(mended))
        if len(mended) != index:
            _move(values[index], (*path, index), place, source)
        if last > index:
            mended.append(_joined(entries[index], entries[last].value_event.end_mark, place, text, source))
        else:
            mended.append(values[index])
        index = last + 1
    return mended, []


def _closing_piece(values: list[Any], index: int) -> int:
    """The item that closes the bracket which item `index` opens; `index` itself where none near by does."""
    if not _open_bracket(values[index]):
        return index
    depth = 0
    for last, piece in enumerate(values[index : index + _PIECES], index):
        if type(piece) is not Plain:
            break
        depth += piece.count("(") - piece.count(")")
        if depth <= 0:
            return last
    return index


def _move(value: Any, old: Path, new: Path, source: SourceMap) -> None:
    """Let the spans of a value and all inside it stand below another path."""
    waiting = [(value, old, new)]
    while waiting:
        value, old, new = waiting.pop()
        for spans in (source.keys, source.values):
            if old in spans:
                spans[new] = spans.pop(old)
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting += [(item, (*old, key), (*new, key)) for key, item in items]


def mend_connection_list(values: list[Any], source: SourceMap) -> Iterator[Problem]:
    """`a -> b:https` (a blank is missing) and `- a -> b: https` with more keys below it."""
    for index, value in enumerate(values):
        path = ("connections", index)
        if type(value) is Plain:
            missing = _ARROW_COLON.fullmatch(value)
            if missing is not None:
                values[index] = Plain(missing[1])
                remedy = f"put a space after the colon: `{missing[1]}: {missing[2]}`."
                yield _problem(f"`{value}` is read as one name", remedy, source.value(path))
        elif isinstance(value, dict) and len(value) > 1:
            arrow = next((key for key in value if "->" in key), None)
            if arrow is not None:
                yield _beside_arrow(values, index, value, arrow, source)


def _beside_arrow(values: list[Any], index: int, value: dict[str, Any], arrow: str, source: SourceMap) -> Problem:
    other = next(key for key in value if key != arrow)
    span = source.key(("connections", index, other))
    values[index] = {arrow: value[arrow]}
    if "->" in other:
        return _problem(
            f"`{other}` is a second connection in one item", "begin it with `- ` on a line of its own.", span
        )
    said = value[arrow]
    known = f"protocol: {said}, " if isinstance(said, str) else ""
    shown = value[other] if isinstance(value[other], str) else "…"
    remedy = f"put the fields into braces: `- {arrow}: {{{known}{other}: {shown}}}`."
    return _problem(f"`{other}` is written beside the connection, not in it", remedy, span)


def mend_selectors(values: list[Any], path: Path, source: SourceMap) -> Iterator[Problem]:
    """`include: [flow: x]`: a blank after the colon makes a mapping of a selector."""
    if path[2] not in ("include", "exclude"):
        return
    for index, value in enumerate(values):
        if not isinstance(value, dict) or len(value) != 1:
            continue
        key, name = next(iter(value.items()))
        if key in SELECTORS and isinstance(name, str):
            values[index] = Plain(f"{key}:{name}")
            span = source.value((*path, index))
            yield _problem(f"`{key}: {name}` is a mapping, not a selector", f"remove the space: `{key}:{name}`.", span)

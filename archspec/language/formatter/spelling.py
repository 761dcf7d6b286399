"""The one spelling of scalars: functions with blanks, arrows, and quotes only where they matter."""

import re
from collections.abc import Iterator
from typing import Any

from archspec.language import Document
from archspec.language.shorthand import GROUP, hops_of
from archspec.model import Path, Plain, core

Edit = tuple[int, int, str]

_FUNCTION = re.compile(
    r"(constant|exponential|lognormal|normal|uniform|erlang|hyperexponential|empirical|zipf)\s*\(([^()]*)\)"
)
_SAFE = re.compile(r"[A-Za-z/](?:[A-Za-z0-9 _./+%=()-]*[A-Za-z0-9_./+%=)-])?")
_LIST = re.compile(r"\[([^\[\]]*)\]")


def function_spelling(text: str) -> str:
    """A distribution or back-off with its arguments parted by single blanks; any other text as it is.

    >>> function_spelling("lognormal(p50=3ms,  p99=25ms)")
    'lognormal(p50=3ms p99=25ms)'
    """
    match = _FUNCTION.fullmatch(text.strip())
    return f"{match[1]}({' '.join(_parts(match[2]))})" if match else text


def groups_of(data: Any) -> frozenset[str]:
    """The groups that a file declares."""
    groups = data.get("groups") if isinstance(data, dict) else None
    return frozenset(groups) if isinstance(groups, dict) else frozenset()


def arrow_spelling(text: str, groups: frozenset[str] = frozenset()) -> str:
    """A connection with one blank on each side of its arrows, which say `group:` where they end at one; any other text
    as it is.

    >>> arrow_spelling("a  ->   [b,c]"), arrow_spelling("a -> c", frozenset("c"))
    ('a -> [b, c]', 'a -> group:c')
    """
    if "->" not in text:
        return text
    first, *hops = hops_of(text)
    ends = (_LIST.sub(lambda match: f"[{', '.join(_end(part, groups) for part in _parts(match[1]))}]", h) for h in hops)
    return " -> ".join([first, *(_end(end, groups) for end in ends)])


def _end(name: str, groups: frozenset[str]) -> str:
    return f"{GROUP}{name}" if name in groups else name


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", text) if part]


def spelling(document: Document) -> list[Edit]:
    """The edits that give every scalar of a document its one spelling. JSON keeps its quotes."""
    if document.file.endswith(".json"):
        return []
    starts, groups = _line_starts(document.text), groups_of(document.data)
    edits = []
    for path, text, span in _scalars(document):
        if span.line != span.end_line and not _FUNCTION.fullmatch(text):
            continue
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        written = document.text[start:end]
        wanted = _wanted(path, text, written, groups)
        if wanted != written:
            edits.append((start, end, wanted))
    return edits


def _wanted(path: Path, text: str, written: str, groups: frozenset[str]) -> str:
    if written[:1] in "&*!|>":
        return written
    plain = _is_plain(text, written)
    if path[:1] == ("connections",) and path[2:3] == ("to",) and plain:
        return _end(text, groups) if text in groups else written
    if path[:1] == ("connections",) and len(path) in (2, 3) and plain:
        return arrow_spelling(text, groups) if "->" in text else written
    if plain:
        return function_spelling(text) if _FUNCTION.fullmatch(text) else written
    unquoted = function_spelling(text)
    needless = _SAFE.fullmatch(unquoted) and isinstance(core(Plain(unquoted)), str) and len(written) == len(text) + 2
    return unquoted if needless else written


def _is_plain(text: str, written: str) -> bool:
    return type(text) is Plain and written[:1] not in "\"'"


def _scalars(document: Document) -> Iterator[tuple[Path, str, Any]]:
    """Every key and value that is a text, with its path and span; what an alias repeats comes with its original."""
    waiting: list[tuple[Path, Any]] = [((), document.data)]
    keys, values = document.source.keys, document.source.values
    seen = set()
    while waiting:
        path, value = waiting.pop()
        if path in keys and keys[path] not in seen:
            seen.add(keys[path])
            yield path, path[-1], keys[path]  # type: ignore[misc]
        if isinstance(value, dict):
            waiting += [((*path, key), item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), item) for index, item in enumerate(value)]
        elif isinstance(value, str) and values[path] not in seen:
            seen.add(values[path])
            yield path, value, values[path]


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]

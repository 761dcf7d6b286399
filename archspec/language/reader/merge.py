"""An included document merged into the root's tree: sections side by side, every id once."""

from typing import Any, TypeVar

from archspec.errors import Problem, Span
from archspec.language.reader.document import Document
from archspec.model import Path, SourceMap

SECTIONS = ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios")
ROOT_ONLY = ("name", "set", "description", "owner", "lint")
T = TypeVar("T")


def merge(data: dict[str, Any], source: SourceMap, included: Document) -> list[Problem]:
    """Put an included document's sections into `data` and its spans into `source`; what cannot be is a problem."""
    problems: list[Problem] = []
    offset = len(data["connections"]) if isinstance(data.get("connections"), list) else 0
    dropped: set[Path] = {("include",), ("archspec",)}
    for section, value in included.data.items():
        here: Path = (section,)
        if section in ROOT_ONLY:
            remedy = "move it to the root file; an included file has sections only."
            problems.append(Problem(f"`{section}` belongs in the root file", remedy, included.source.key(here)))
            dropped.add(here)
        elif section == "archspec":
            if value != "1":
                span = included.source.value(here)
                problems.append(Problem(f"`{value}` is not a version of the language", "write `archspec: 1`.", span))
        elif section not in data or data[section] is None:
            data[section] = value
        elif section == "connections" and isinstance(value, list) and isinstance(data[section], list):
            data[section] += value
        elif section in (*SECTIONS, "defaults") and isinstance(value, dict) and isinstance(data[section], dict):
            problems += _entries(data[section], value, here, source, included, dropped)
        elif section != "include" and value is not None:
            message = f"`{section}` of two files cannot be joined"
            form = "a list" if section == "connections" else "a mapping"
            problems.append(Problem(message, f"write it as {form} in both.", included.source.value(here)))
            dropped.add(here)
    _take_spans(source, included.source, dropped, offset)
    return problems


def _entries(
    mine: dict[str, Any], theirs: dict[str, Any], here: Path, source: SourceMap, included: Document, dropped: set[Path]
) -> list[Problem]:
    problems: list[Problem] = []
    for key, value in theirs.items():
        place = (*here, key)
        if key not in mine:
            mine[key] = value
        elif len(here) == 1 and here[0] == "defaults" and isinstance(value, dict) and isinstance(mine[key], dict):
            problems += _entries(mine[key], value, place, source, included, dropped)
        else:
            first = source.key(place)
            related: tuple[tuple[Span, str], ...] = ((first, "first here"),) if first else ()
            where = f" in {first.file}, line {first.line}" if first else ""
            remedy = f"give one of them another id, or keep one; the first is{where}."
            span = included.source.key(place)
            problems.append(Problem(f"`{key}` of `{here[0]}` is declared twice", remedy, span, "STR02", related))
            dropped.add(place)
    return problems


def _take_spans(mine: SourceMap, theirs: SourceMap, dropped: set[Path], offset: int) -> None:
    """Take over every span but those of dropped values; connections stand behind those that are there."""
    _take(mine.keys, theirs.keys, dropped, offset)
    _take(mine.values, theirs.values, dropped, offset)
    _take(mine.entries, theirs.entries, dropped, offset)


def _take(here: dict[Path, T], there: dict[Path, T], dropped: set[Path], offset: int) -> None:
    for path, said in there.items():
        if any(path[:size] in dropped for size in (1, 2, 3)):
            continue
        if len(path) > 1 and path[0] == "connections" and isinstance(path[1], int):
            here[("connections", path[1] + offset, *path[2:])] = said
        elif len(path) > 1 or path not in here:
            here[path] = said

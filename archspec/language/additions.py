"""Writing a missing key, connection or component into a spec as a person would."""

import re

from archspec.frozen import frozen
from archspec.language.edits import Edit, insertion
from archspec.language.reader.characters import lines
from archspec.model import Path, SourceMap


@frozen
class Addition:
    """What one could write to mend a finding: a key with its value, a component, or a connection.

    `path` leads to the missing key, `value` is its YAML; a path of two parts that begins with `connections` is a
    connection of its own, without a value.
    """

    path: Path
    value: str = ""


_FIRST_KEYS = {"components": "kind", "alerts": "metric", "groups": "kind", "flows": "from"}
"""The key below which another is written, by section."""


def addition_edit(addition: Addition, source: SourceMap) -> Edit | None:
    """The edit that writes an addition; None where the spec is laid out in a way that is left to people."""
    path = addition.path
    if path[0] == "components" and len(path) == 2:
        return _new_component(str(path[1]), addition.value, source)
    if path[0] == "connections":
        name = str(path[1])
        return _new_connection(name, source) if len(path) == 2 else _to_connection(path, addition.value, source)
    return _to_mapping(path, addition.value, source)


def _to_mapping(path: Path, value: str, source: SourceMap) -> Edit | None:
    """A key into `{…}` before its end, or into a block on a line of its own below the first key."""
    parent, key = path[:-1], path[-1]
    whole = source.values.get(parent)
    if whole is None:
        return None
    rows = lines(source.texts[whole.file])
    if rows[whole.line - 1][whole.column - 1 :].startswith("{"):
        inside = rows[whole.line - 1][whole.column :].lstrip()
        comma = "" if inside.startswith("}") else ", "
        return insertion(whole.file, whole.end_line, whole.end_column - 1, f"{comma}{key}: {value}")
    first = (*parent, "call" if isinstance(parent[-1], int) else _FIRST_KEYS.get(str(parent[0]), ""))
    name, below = source.keys.get(first), source.values.get(first)
    if name is None or below is None or below.end_line != name.line or name.line < whole.line:
        return None
    return insertion(name.file, name.line + 1, 1, f"{' ' * (name.column - 1)}{key}: {value}\n")


def _to_connection(path: Path, value: str, source: SourceMap) -> Edit | None:
    """A field into a connection in its short, middle or long form, where it stands on one line."""
    place = source.keys.get(path[:2])
    if place is None:
        return None
    line = lines(source.texts[place.file])[place.line - 1]
    arrow = re.escape(str(path[1])).replace(r"\ ->\ ", r"\s*->\s*")
    field = f"{path[2]}: {value}"
    if match := re.fullmatch(rf"(\s*-\s+{arrow})(\s*(?:#.*)?)", line):
        return insertion(place.file, place.line, match.end(1) + 1, f": {{{field}}}")
    if match := re.fullmatch(rf"(\s*-\s+(?:{arrow}:\s*)?\{{[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*)\}}\s*(?:#.*)?", line):
        return insertion(place.file, place.line, match.end(1) + 1, f", {field}")
    if match := re.fullmatch(rf"(\s*-\s+{arrow}:\s+)([\w+.-]+)(\s*(?:#.*)?)", line):
        start, end = match.span(2)
        at = place._replace(column=start + 1, end_line=place.line, end_column=end + 1)
        return Edit(at, f"{{protocol: {match[2]}, {field}}}")
    if match := re.fullmatch(r"(\s*-\s+)from:.*", line):
        return insertion(place.file, place.line + 1, 1, f"{' ' * len(match[1])}{field}\n")
    return None


def _new_connection(name: str, source: SourceMap) -> Edit | None:
    """A connection below the last one of a block list."""
    places = [span for path, span in source.keys.items() if path[:1] == ("connections",) and len(path) == 2]
    if not places:
        return None
    last = max(places)
    rows = lines(source.texts[last.file])
    match = re.match(r"(\s*)-\s+", rows[last.line - 1])
    if match is None:
        return None
    below = last.line
    while below < len(rows) and _indent(rows[below]) > len(match[1]):
        below += 1
    return insertion(last.file, below + 1, 1, f"{match[0]}{name}\n")


def _new_component(name: str, value: str, source: SourceMap) -> Edit | None:
    """A component below the last one of a block mapping."""
    places = [(span, path) for path, span in source.keys.items() if path[:1] == ("components",) and len(path) == 2]
    if not places:
        return None
    key, path = max(places)
    below = source.values.get(path)
    indent = lines(source.texts[key.file])[key.line - 1][: key.column - 1]
    if below is None or indent.strip():
        return None
    last = below.end_line if below.end_column > 1 else below.end_line - 1
    return insertion(key.file, max(last, key.line) + 1, 1, f"{indent}{name}: {value}\n")


def _indent(row: str) -> int:
    """Blanks before the text of a row; 0 for an empty one."""
    return len(row) - len(row.lstrip()) if row.strip() else 0

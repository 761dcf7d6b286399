"""YAML and JSON texts as plain data that knows its lines: scalars stay texts, nothing is guessed.

A foreign file is read by its own rules (a `yes` is a flag in one place and a name in another), so every scalar is the
text as it stands, a `Scalar` with its line; only an empty or `null` plain scalar is None. Mappings are `Map`, lists
`Seq`. Tags other than Compose's `!reset` and `!override` are passed over.
"""

import json
import json.decoder
import json.scanner
from bisect import bisect_right
from typing import Any

from archspec.frozen import frozen

MOST_NODES = 2_000_000
"""Nodes of one file, with those that aliases repeat: far above any real one, below what would stop a machine."""

MOST_NESTED = 200

MOST_TAGS = frozenset({"!reset", "!override"})


class UnreadableError(Exception):
    """A text is neither YAML nor JSON; says where and why, without quoting what stands there."""


class Scalar(str):
    """A scalar as it is written, with its line; `quoted` texts are never numbers, flags or null."""

    __slots__ = ("line", "quoted")
    line: int
    quoted: bool

    def __new__(cls, text: str, line: int, quoted: bool = True) -> "Scalar":  # noqa: D102
        self = super().__new__(cls, text)
        self.line = line
        self.quoted = quoted
        return self


class Map(dict[str, Any]):
    """A mapping with the line that it begins on, the lines of its keys where they are known, and its file."""

    __slots__ = ("file", "keys_at", "line")

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.keys_at: dict[str, int] = {}
        self.file = ""

    def line_of(self, key: str) -> int:
        """The line of a key, else of the mapping."""
        return self.keys_at.get(key, self.line)

    def empty_copy(self) -> "Map":
        """A mapping without its values, that stands where this one does."""
        made = Map(self.line)
        made.keys_at = dict(self.keys_at)
        made.file = self.file
        return made


class Seq(list[Any]):
    """A list with the line that it begins on."""

    __slots__ = ("line",)

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line


@frozen
class Tagged:
    """A value under one of Compose's tags."""

    tag: str
    value: Any


def documents(text: str) -> tuple[Any, ...]:
    r"""Every document of a text, JSON or a stream of YAML; empty ones are left out.

    Raises:
        UnreadableError: it is neither.

    >>> documents("a: [1, yes]\n---\nb: ~")
    ({'a': ['1', 'yes']}, {'b': None})

    """
    if text.lstrip()[:1] in ("{", "["):
        try:
            return (_json(text),)
        except ValueError:  # a YAML flow mapping, perhaps
            pass
        except RecursionError:
            raise UnreadableError("it is nested too deeply") from None
    return tuple(each for each in _yaml(text) if each is not None)


def _json(text: str) -> Any:
    starts = [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]
    decoder: Any = json.JSONDecoder(parse_int=str, parse_float=str)
    library: Any = json.decoder
    whole_object, whole_array = library.JSONObject, library.JSONArray

    def mapping(state: Any, strict: bool, scan: Any, hook: Any, _: Any, memo: Any = None) -> Any:
        made = Map(bisect_right(starts, state[1] - 1))
        pairs, end = whole_object(state, strict, scan, hook, list, memo)
        made.update(pairs)
        return made, end

    def sequence(state: Any, scan: Any) -> Any:
        made = Seq(bisect_right(starts, state[1] - 1))
        values, end = whole_array(state, scan)
        made.extend(values)
        return made, end

    decoder.parse_object = mapping
    decoder.parse_array = sequence
    decoder.scan_once = json.scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]
    return decoder.decode(text)


def _yaml(text: str) -> list[Any]:
    import yaml

    found: list[Any] = []
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                builder = _Builder()
            elif isinstance(event, yaml.DocumentEndEvent):
                found.append(builder.root)
            else:
                builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnreadableError(f"line {line}: {error.problem}") from None
    except yaml.YAMLError as error:
        raise UnreadableError(f"it holds a character that YAML does not allow: {type(error).__name__}") from None
    return found


class _Builder:
    """Builds one document out of the parser's events, without recursion."""

    def __init__(self) -> None:
        self.root: Any = None
        self.open: list[tuple[Any, str | None]] = []
        self.keys: list[Any] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.begun: list[tuple[str | None, int]] = []
        self.nodes = 0

    def take(self, event: Any) -> None:
        """Take in the next event of the document."""
        import yaml

        match event:
            case yaml.ScalarEvent():
                plain = not event.style
                value = Scalar(event.value, _line(event), not plain)
                null = plain and event.value in ("", "~", "null", "Null", "NULL")
                self._place(None if null and event.tag is None else value, event.tag, event.anchor, 1)
            case yaml.MappingStartEvent():
                self._begin(Map(_line(event)), event)
            case yaml.SequenceStartEvent():
                self._begin(Seq(_line(event)), event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                value, tag = self.open.pop()
                anchor, before = self.begun.pop()
                self.keys.pop()
                if isinstance(value, Map):
                    _merge(value)
                self._place(value, tag, None, 0)
                if anchor is not None:
                    self.anchors[anchor] = (value, self.nodes - before)
            case yaml.AliasEvent():
                if event.anchor not in self.anchors:
                    raise UnreadableError(f"line {_line(event)}: an alias without its anchor, or within it")
                value, size = self.anchors[event.anchor]
                self._place(value, None, None, size)
            case _:
                pass

    def _begin(self, value: Any, event: Any) -> None:
        if len(self.open) >= MOST_NESTED:
            raise UnreadableError(f"line {_line(event)}: it is nested too deeply")
        self.open.append((value, event.tag))
        self.begun.append((event.anchor, self.nodes))
        self.keys.append(_NO_KEY)

    def _place(self, value: Any, tag: str | None, anchor: str | None, size: int) -> None:
        self.nodes += size
        if self.nodes > MOST_NODES:
            raise UnreadableError("it holds too many values; its aliases repeat too much")
        if anchor is not None:
            self.anchors[anchor] = (value, size)
        if tag in MOST_TAGS:
            value = Tagged(str(tag), value)
        if not self.open:
            self.root = value
            return
        container = self.open[-1][0]
        if isinstance(container, Seq):
            container.append(value)
        elif self.keys[-1] is _NO_KEY:
            self.keys[-1] = value
        else:
            key = self.keys[-1]
            self.keys[-1] = _NO_KEY
            name = "" if key is None else str(key) if isinstance(key, str) else "?"
            if name == "<<" and "<<" in container:  # a second merge into one mapping
                merged = container["<<"] if isinstance(container["<<"], _Merges) else _Merges(_as_list(container["<<"]))
                merged += _as_list(value)
                value = merged
            container[name] = value
            container.keys_at[name] = getattr(key, "line", container.line)


class _Merges(list[Any]):
    """What several `<<` of one mapping name."""


_NO_KEY = object()


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _merge(into: Map) -> None:
    """Take in what `<<` names: own keys win, then the earlier of several mappings."""
    if "<<" not in into:
        return
    for each in _as_list(into.pop("<<")):
        if isinstance(each, Map):
            for key, value in each.items():
                if key not in into:
                    into[key] = value
                    into.keys_at[key] = each.line_of(key)

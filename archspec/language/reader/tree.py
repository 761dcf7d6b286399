"""YAML events to a tree of plain values with the position of every key and value. No recursion, no tags."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from archspec.errors import MOST_PROBLEMS, Problem, Span
from archspec.language.reader.traps import (
    Entry,
    mend_connection_list,
    mend_flow_list,
    mend_flow_mapping,
    mend_selectors,
)
from archspec.model import Path, Plain, SourceMap
from archspec.model.scalar import NULLS, UNPRINTABLE

DEPTH_LIMIT = 100
"""Collections inside collections; counted while events stream, so that 50,000 open brackets cost nothing."""

VALUE_BUDGET = 400_000
"""Values and brackets in one file: a system of ten thousand components has 390,000 of them. 500,000 in a megabyte of
text take 370 MB of memory."""

ALIAS_BUDGET = 10_000
"""Nodes that all aliases of a file may add together."""

_NO_KEY = object()
_made = tuple.__new__


@dataclass(slots=True, eq=False)
class Frame:
    """A collection that is still open."""

    path: Path
    start: Span
    flow: bool
    anchor: str | None
    values: Any
    is_mapping: bool
    entries: list[Entry] = field(default_factory=list)
    """The entries of a flow collection, for the traps."""
    key: Any = _NO_KEY
    key_event: Any = None
    place: Path = ()
    """The path of the value to come, once its key is read."""
    merged: dict[str, Any] = field(default_factory=dict)
    """What `<<` would bring: refused, but nothing else is said of its absence."""
    dropped: bool = False
    """The value to come is read but not kept: a second equal key, a merge key."""


class OverloadError(Exception):
    """The document would not end well; the builder's last problem says why."""


class Builder:
    """Takes events one by one; afterwards `data`, `source` and `problems` hold what they said.

    The text may be a part of one, that stands `at` a path.
    """

    def __init__(self, text: str, file: str, *, is_file: bool = False, at: Path = ()) -> None:
        self.text = text
        self.file = file
        self.events = 0
        self._at = at
        self._is_file = is_file
        self.data: Any = None
        self.source = SourceMap(texts={file: text})
        self.problems: list[Problem] = []
        self._stack: list[Frame] = []
        self._top: Frame | None = None
        self._last = Span(file, 1, 1, 1, 1)
        """What was read last: a block collection ends where it ends."""
        self._anchors: dict[str, tuple[Path, Any]] = {}
        self._budget = ALIAS_BUDGET
        self._documents = 0

    def run(self, events: Iterable[Any]) -> None:
        """Read all events. Raises OverloadError at once where a limit is passed."""
        for self.events, event in enumerate(events):
            if self.events > VALUE_BUDGET:
                remedy = "split it into several specs."
                self._problem(f"the file holds more than {VALUE_BUDGET} values", remedy, self._span(event))
                raise OverloadError
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, {})
            elif kind is yaml.SequenceStartEvent:
                if self._top is None and self._is_file:  # whatever is in it, a spec is a mapping
                    self.data, self.source.values[()] = [], self._span(event)
                    return
                self._open(event, [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents == 2:
                    self._problem("a second document begins here", "keep one document in each file.", self._span(event))
                    raise OverloadError

    @property
    def has_anchors(self) -> bool:
        """Whether an alias may mean something in this text."""
        return bool(self._anchors)

    # Nodes

    def _scalar(self, event: Any) -> None:
        start, end, top = event.start_mark, event.end_mark, self._top
        expects_key = top is not None and top.key is _NO_KEY and top.is_mapping
        span = _made(Span, (self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        value: Any = event.value
        if event.tag is not None:
            self._tag(event, span)
        elif event.implicit[0]:
            if not expects_key and value in NULLS:
                self._nothing(span, is_written=start.index < end.index, event=event)
                return
            value = Plain(value)
            if end.line > start.line and not expects_key:
                value = self._items_below(value, span, start, end)
        elif event.style in ("|", ">"):
            span = self._trimmed(span, start, end)
        elif event.style == '"' and UNPRINTABLE.search(value):
            code = ord(UNPRINTABLE.search(value)[0])  # type: ignore[index]
            self._problem(f"an escape for the control character U+{code:04X}", "leave it out.", span)
            value = UNPRINTABLE.sub("\ufffd", value)
        self._last = span
        if expects_key:
            self._key(event, value, span)
        else:
            self._add(value, span, event.anchor, event)

    def _nothing(self, span: Span, *, is_written: bool, event: Any) -> None:
        """No value; one that is not even written stands at its key."""
        if is_written:
            self._last = span
        else:
            span = self.source.keys.get(self._next_path(), span)
        self._add(None, span, event.anchor, event)

    def _items_below(self, value: Plain, span: Span, start: Any, end: Any) -> Any:
        """A dash below a value makes no list, YAML reads the lines as one text: told, and read as what is meant."""
        for offset, row in enumerate(self.text[start.index : end.index].splitlines()):
            if offset and row.lstrip().startswith("- "):
                column = len(row) - len(row.lstrip()) + 1
                line = span.line + offset
                place = Span(self.file, line, column, line, len(row.rstrip()) + 1)
                remedy = "end the line above after its colon and write every item below it, or quote the text."
                self._problem("a list item below a value is read as part of its text", remedy, place)
                return [Plain(item) for item in re.split(r"\s+- ", value)]
        return value

    def _key(self, event: Any, key: Any, span: Span) -> None:
        top = self._top
        assert top is not None
        top.key_event = event
        top.key = key
        top.place = place = (*top.path, key)
        if key == "<<" and type(key) is Plain:
            remedy = "write common fields once under `defaults`, and overrides under `set`."
            self._problem("`<<` merges are not in the language", remedy, span)
            self._drop(top, " <<")
        elif key in top.values:
            first = self.source.keys[place]
            remedy = f"keep one of them; the first is at line {first.line}."
            self._problem(f"`{key}` is given a second time", remedy, span, ((first, "first here"),))
            self._drop(top, f" {key} again")
        else:
            self.source.keys[place] = span

    def _drop(self, top: Frame, key: str) -> None:
        """Read the value to come under a key that no text has, and do not keep it."""
        top.key, top.place, top.dropped = key, (*top.path, key), True

    def _open(self, event: Any, values: Any) -> None:
        top = self._top
        span = self._span(event)
        if len(self._at) + len(self._stack) == DEPTH_LIMIT:
            remedy = f"keep to at most {DEPTH_LIMIT} levels; is a closing bracket missing?"
            self._problem("too many levels of nesting", remedy, span)
            raise OverloadError
        if top is not None and top.key is _NO_KEY and top.is_mapping:
            path: Path = (*top.path, " key")
            self._problem("a key must be text", "put the collection after a key and a colon.", span)
            top.key_event = None
        else:
            path = self._next_path()
        if event.tag is not None:
            self._tag(event, span)
        self._last = span
        frame = Frame(path, span, event.flow_style, event.anchor, values, type(values) is dict)
        self._stack.append(frame)
        self._top = frame

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        self._top = self._stack[-1] if self._stack else None
        if frame.flow:
            self._last = self._span(event)
            mend = mend_flow_mapping if frame.is_mapping else mend_flow_list
            frame.values, told = mend(frame.values, frame.entries, frame.path, self.text, self.source)
            self.problems += told
        if frame.merged:
            frame.values |= {key: value for key, value in frame.merged.items() if key not in frame.values}
        if frame.path == ("connections",) and not frame.is_mapping:
            self.problems += mend_connection_list(frame.values, self.source)
        elif len(frame.path) == 3 and frame.path[0] == "views" and not frame.is_mapping:
            self.problems += mend_selectors(frame.values, frame.path, self.source)
        span = _made(Span, (*frame.start[:3], *self._last[3:]))
        if frame.path and frame.path[-1] == " key" and self._top is not None and self._top.key is _NO_KEY:
            self._drop(self._top, " key")
            return
        self._add(frame.values, span, frame.anchor, event)

    def _alias(self, event: Any) -> None:
        top = self._top
        span = self._span(event)
        self._last = span
        if top is not None and top.key is _NO_KEY and top.is_mapping:
            self._problem("a key must be text", "write the key itself, or quote it.", span)
            self._drop(top, " key")
            top.key_event = None
            return
        value: Any = Plain(f"*{event.anchor}")
        if any(frame.anchor == event.anchor for frame in self._stack):
            remedy = "write its parts out; nothing can contain itself."
            self._problem(f"`*{event.anchor}` is inside what it repeats", remedy, span)
        elif event.anchor in self._anchors:
            at, original = self._anchors[event.anchor]
            value = self._copy(original, at, self._next_path(), span)
        else:
            name = event.anchor
            remedy = f'quote text that begins with `*`: `"*{name}"`; an alias needs its `&{name}` above.'
            self._problem(f"`*{name}` does not refer to anything", remedy, span)
        self._add(value, span, None, event)

    # Parts

    def _next_path(self) -> Path:
        top = self._top
        if top is None:
            return self._at
        return top.place if top.is_mapping else (*top.path, len(top.values))

    def _add(self, value: Any, span: Span, anchor: str | None, event: Any) -> None:
        """Put a finished value into its collection."""
        top = self._top
        if top is None:
            self.data = value
            path = self._at
        elif top.is_mapping:
            path = top.place
            if top.dropped:
                if top.key == " <<" and isinstance(value, dict):
                    top.merged |= value
                top.dropped = False
            else:
                top.values[top.key] = value
                if top.flow:
                    top.entries.append(_made(Entry, (top.key, top.key_event, event)))
            top.key = _NO_KEY
        else:
            index = len(top.values)
            path = (*top.path, index)
            top.values.append(value)
            if top.flow:
                top.entries.append(_made(Entry, (index, None, event)))
        self.source.values[path] = span
        if anchor is not None:
            self._anchors[anchor] = (path, value)

    def _copy(self, value: Any, at: Path, to: Path, span: Span) -> Any:
        """A copy of an anchored value for its alias, with positions below `to`."""
        holder: list[Any] = [None]
        waiting: list[tuple[Any, Any, Any, Path, Path]] = [(value, holder, 0, at, to)]
        while waiting:
            original, target, place, old, new = waiting.pop()
            self._budget -= 1
            if self._budget < 0:
                remedy = "write the parts out, or share them under `defaults`."
                self._problem(f"aliases add more than {ALIAS_BUDGET} values", remedy, span)
                raise OverloadError
            for spans in (self.source.keys, self.source.values):
                if old in spans and new != to:
                    spans[new] = spans[old]
            if isinstance(original, dict):
                target[place] = made = dict.fromkeys(original)
                waiting += [(item, made, key, (*old, key), (*new, key)) for key, item in original.items()]
            elif isinstance(original, list):
                target[place] = filled = [None] * len(original)
                waiting += [(item, filled, i, (*old, i), (*new, i)) for i, item in enumerate(original)]
            else:
                target[place] = original
        return holder[0]

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return _made(Span, (self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1))

    def _trimmed(self, span: Span, start: Any, end: Any) -> Span:
        """A block text's span up to its last real character: libyaml ends it at the next line of content."""
        kept = self.text[start.index : end.index].rstrip()
        newline = max(kept.rfind("\n"), kept.rfind("\r"))
        breaks = kept.count("\n") + kept.replace("\r\n", "").count("\r")
        column = len(kept) - newline if newline >= 0 else span.column + len(kept)
        return span._replace(end_line=span.line + breaks, end_column=column)

    def _tag(self, event: Any, span: Span) -> None:
        written = self.text[event.start_mark.index : event.end_mark.index].split("\n", 1)[0].strip()
        if type(event) is not yaml.ScalarEvent or written.startswith(("!!", "!<")):
            tag = written.split(" ")[0]
            self._problem(f"`{tag}` is a YAML tag", f"delete `{tag}`; the language has no tags.", span)
            return
        remedy = f'quote text that begins with `!`: `"{written}"`; the language has no tags.'
        self._problem(f"`{written.split(' ')[0]}` is a YAML tag", remedy, span)

    def _problem(self, message: str, remedy: str, span: Span, related: tuple[tuple[Span, str], ...] = ()) -> None:
        if len(self.problems) > MOST_PROBLEMS:
            raise OverloadError
        self.problems.append(Problem(message, remedy, span, "syntax", related))

"""Every place of a spec's text that names an element: where it is declared, and where it is meant."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language.places import model_of
from archspec.language.reader.characters import lines
from archspec.language.reader.merge import SECTIONS
from archspec.language.references import reference_plan
from archspec.language.renaming import SECTIONS_OF
from archspec.model import Connection, Element, Namespace, Path, SourceMap

_SELECTED = {"flow": ("flows",), "pipeline": ("pipelines",), "group": ("groups",), "": SECTIONS_OF[Namespace.PLACE]}
_STRUCK = ("components", "groups", "pipelines")
"""What a fault may strike."""
_FAULTS = ("fail", "slow", "lose", "partition", "errors", "deploy")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_REPLICA = re.compile(r"(.+)-[1-9][0-9]*")


@frozen
class Occurrence:
    """The name of an element in the text, at exactly the span of its letters."""

    section: str
    name: str
    span: Span
    declares: bool = False


def occurrences(data: Mapping[str, Any], source: SourceMap) -> tuple[Occurrence, ...]:
    """Every occurrence in a spec's data as it was read, before anything is built of it; sorted by place.

    Names that nothing declares are in none.
    """
    walk = _Walk(data, source)
    found = [*walk.declarations(), *walk.uses()]
    return tuple(sorted(set(found), key=lambda each: each.span))


def declarations(data: Mapping[str, Any], source: SourceMap) -> tuple[Occurrence, ...]:
    """Those of them that declare an element."""
    return tuple(sorted(set(_Walk(data, source).declarations()), key=lambda each: each.span))


class _Walk:
    """Goes through the data by what the model says of references."""

    def __init__(self, data: Mapping[str, Any], source: SourceMap) -> None:
        self.data = data
        self.source = source
        self.declared = {section: frozenset(_mapping(data.get(section))) for section in SECTIONS}
        self.rows = {file: lines(text) for file, text in source.texts.items()}

    def declarations(self) -> Iterator[Occurrence]:
        for section in SECTIONS:
            for name in self.declared[section]:
                span = self.source.keys.get((section, name))
                for where in self._words(span, name):
                    yield Occurrence(section, name, where, declares=True)

    def uses(self) -> Iterator[Occurrence]:
        for section in (*SECTIONS, "defaults"):
            for id_, fields in _mapping(self.data.get(section)).items():
                model = model_of((section, id_), self.data)
                if model is not None:
                    yield from self._fields(model, fields, (section, id_))
        for index, item in enumerate(_list(self.data.get("connections"))):
            yield from self._connection(item, ("connections", index))
        yield from self._settings(self.data.get("set"), ("set",))
        for id_, view in _mapping(self.data.get("views")).items():
            for field in ("include", "exclude"):
                yield from self._selectors(_mapping(view).get(field), ("views", id_, field))
        for id_, scenario in _mapping(self.data.get("scenarios")).items():
            yield from self._scenario(_mapping(scenario), ("scenarios", id_))

    def _fields(self, model: type[Element], fields: Any, path: Path) -> Iterator[Occurrence]:
        plan = reference_plan(model)
        for _, alias, ref in plan.references:
            yield from self._named(_mapping(fields).get(alias), (*path, alias), SECTIONS_OF[ref.namespace])
        for _, alias, held in plan.nested:
            value, here = _mapping(fields).get(alias), (*path, alias)
            for index, item in enumerate(_list(value)):
                yield from self._fields(held, item, (*here, index))
            if isinstance(value, dict):
                yield from self._fields(held, value, here)

    def _named(self, value: Any, path: Path, sections: tuple[str, ...]) -> Iterator[Occurrence]:
        if isinstance(value, str):
            yield from self._found(self.source.values.get(path), value, sections)
        for index, item in enumerate(_list(value)):
            yield from self._named(item, (*path, index), sections)
        for key in _mapping(value):
            yield from self._found(self.source.keys.get((*path, key)), str(key), sections)

    def _connection(self, item: Any, path: Path) -> Iterator[Occurrence]:
        """The ends of a connection in its short, middle or long form, and what its fields name."""
        places = SECTIONS_OF[Namespace.PLACE]
        if isinstance(item, str):
            yield from self._each_word(self.source.values.get(path), item, places)
            return
        ends = _mapping(item)
        if "from" in ends or "to" in ends:
            for end in ("from", "to"):
                named = ends.get(end)
                texts = {(*path, end): named} if isinstance(named, str) else _numbered(named, (*path, end))
                for place, text in texts.items():
                    yield from self._each_word(self.source.values.get(place), str(text), places)
            yield from self._fields(Connection, {k: v for k, v in ends.items() if k not in ("from", "to")}, path)
            return
        for arrow, fields in ends.items():
            here = (*path, arrow)
            yield from self._each_word(self.source.keys.get(here), str(arrow), places)
            yield from self._fields(Connection, fields, here)

    def _settings(self, settings: Any, path: Path) -> Iterator[Occurrence]:
        """The elements in keys such as `api.replicas` and `a -> b.timeout`."""
        for key in _mapping(settings):
            yield from self._each_word(self.source.keys.get((*path, key)), str(key).partition(".")[0], SECTIONS)

    def _selectors(self, value: Any, path: Path) -> Iterator[Occurrence]:
        for index, selector in enumerate(_list(value)):
            word, _, name = str(selector).rpartition(":")
            sections = _SELECTED.get(word, SECTIONS_OF[Namespace.COMPONENT] if word == "near" else ())
            if sections:
                yield from self._found(self.source.values.get((*path, index)), name, sections)

    def _scenario(self, scenario: Mapping[str, Any], path: Path) -> Iterator[Occurrence]:
        for flow in _mapping(scenario.get("load")):
            yield from self._found(self.source.keys.get((*path, "load", flow)), str(flow), ("flows",))
        yield from self._settings(scenario.get("set"), (*path, "set"))
        for index, fault in enumerate(_list(scenario.get("faults"))):
            for what in _FAULTS:
                if what in _mapping(fault):
                    place = self.source.values.get((*path, "faults", index, what))
                    yield from self._each_word(place, str(fault[what]), _STRUCK)

    def _each_word(self, span: Span | None, text: str, sections: tuple[str, ...]) -> Iterator[Occurrence]:
        for word in dict.fromkeys(_WORD.findall(text.partition(" via ")[0])):
            yield from self._found(span, word, sections)

    def _found(self, span: Span | None, word: str, sections: tuple[str, ...]) -> Iterator[Occurrence]:
        section = next((each for each in sections if word in self.declared[each]), None)
        if section is not None:
            for where in self._words(span, word):
                yield Occurrence(section, word, where)
            return
        replica = _REPLICA.fullmatch(word)
        if replica is not None and "components" in sections and replica[1] in self.declared["components"]:
            for where in self._words(span, word):
                yield Occurrence("components", replica[1], where._replace(end_column=where.column + len(replica[1])))

    def _words(self, span: Span | None, word: str) -> Iterator[Span]:
        """Where a word stands as a whole in a stretch of one line."""
        if span is None or span.file not in self.rows:
            return
        row = self.rows[span.file][span.line - 1]
        end = span.end_column - 1 if span.end_line == span.line else len(row)
        for match in _WORD.finditer(row, span.column - 1, end):
            if match[0] == word:
                yield Span(span.file, span.line, match.start() + 1, span.line, match.end() + 1)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _numbered(value: Any, path: Path) -> dict[Path, Any]:
    """The items of a list by their paths."""
    return {(*path, index): item for index, item in enumerate(_list(value))}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

"""What may be written at the cursor: keys, kinds, values, ids, units."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from re import fullmatch, sub
from typing import Any, Literal, get_args, get_origin

from archspec.editor.cursor import Cursor
from archspec.frozen import frozen
from archspec.language import SECTIONS_OF
from archspec.language.build import LINT_SETS
from archspec.language.json_schema import TOP_LEVEL_MEANINGS
from archspec.language.model_fields import Field
from archspec.language.places import at, field_of, fields_by_name, model_of, ref_in
from archspec.language.reader.merge import SECTIONS
from archspec.language.types_in_words import in_words
from archspec.model import Duration, Factor, Flag, Namespace, Path, Rate, RateLimit, Ratio, Ref, Size, Time
from archspec.model.kind import kinds
from archspec.model.view import SELECTORS
from archspec.renderers.icons import technologies

_PER = ("/s", "/min", "/h", "/d")
_UNITS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Duration, ("us", "ms", "s", "m", "h", "d")),
    (Time, ("us", "ms", "s", "m", "h", "d")),
    (Rate, _PER),
    (RateLimit, _PER),
    (Size, ("B", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB")),
    (Ratio, ("%",)),
    (Factor, ("x",)),
)
_STRUCK = {
    "fail": ("components", "groups"),
    "slow": ("components",),
    "partition": ("groups",),
    "errors": ("components", "groups"),
    "deploy": ("components", "pipelines"),
}
_MOST_REPLICAS = 20
"""Of so many replicas each is offered by name."""


class What(Enum):
    """The nature of an offer: editors show a sign for each."""

    KEY = "key"
    VALUE = "value"
    ELEMENT = "element"
    KIND = "kind"
    UNIT = "unit"
    SNIPPET = "snippet"


@frozen
class Offer:
    """Something to write in the place of the word at the cursor. Those of a lower `rank` come first."""

    label: str
    what: What
    detail: str = ""
    meaning: str = ""
    insert: str | None = None
    rank: int = 0


@frozen
class Names:
    """What a spec declares: by section, the data of each element by id."""

    elements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def in_(self, sections: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The ids of sections, each with its kind (empty: it has none)."""
        for section in sections:
            for id_, data in self.elements.get(section, {}).items():
                kind = data.get("kind") if isinstance(data, dict) else None
                yield id_, str(kind or "")


def names_in(data: Any) -> Names:
    """The names that a spec's data declares."""
    sections = data if isinstance(data, dict) else {}
    return Names({section: each for section in SECTIONS if isinstance(each := sections.get(section), dict)})


def offers(cursor: Cursor, data: Any, names: Names) -> list[Offer]:
    """What fits at a cursor, in a document with this data, of a spec that declares these names."""
    path = cursor.path
    if path[:1] == ("connections",) and len(path) == 2 and cursor.is_item:
        return [] if ":" in cursor.text else [*_elements(_COMPONENT, names)]
    if not cursor.writes_key:
        return list(_value(cursor, data, names))
    asked = field_of(path, data) if cursor.is_item else None
    return [*_keys(path, data, names), *(_fitting(asked, cursor, data, names) if asked else ())]


_COMPONENT = Ref(Namespace.COMPONENT)


def _keys(path: Path, data: Any, names: Names) -> Iterator[Offer]:
    """The keys that the mapping at a path may have, and has not yet."""
    written = at(path, data)
    known = frozenset(written) if isinstance(written, dict) else frozenset()
    if not path:
        for name, meaning in TOP_LEVEL_MEANINGS.items():
            if name not in known:
                yield _key(name, "", meaning, is_section=name in (*SECTIONS, "defaults", "connections"))
    elif len(path) == 1:
        yield from _ids(str(path[0]), known, names)
    else:
        model = model_of(path, data)
        if path[0] == "components" and len(path) == 2 and "kind" not in known:
            yield _key("kind", "kind of component", "What it is.")
        ends = ("from", "to") if path[0] == "connections" and "->" in str(path[-1]) else ()
        for field_ in fields_by_name(model).values() if model else ():
            if field_.name not in known and field_.name not in ends:
                yield _key(field_.name, _type(field_), field_.meaning)


def _ids(section: str, known: frozenset[Any], names: Names) -> Iterator[Offer]:
    """What a section's keys may be: its ids are free, those of `defaults` and `set` are not."""
    if section == "defaults":
        for kind in ("connections", *kinds()):
            if kind not in known:
                yield _key(kind, "", kinds()[kind].summary if kind in kinds() else "What every connection has.")
    elif section == "set":
        for id_, _ in names.in_(SECTIONS):
            yield Offer(f"{id_}.", What.ELEMENT)
    elif section in _SNIPPETS:
        label, text = _SNIPPETS[section]
        yield Offer(label, What.SNIPPET, insert=text)


_SNIPPETS = {
    "components": ("new component", "${1:api}: {kind: ${2:server}}"),
    "flows": (
        "new flow",
        "${1:ask}:\n  from: ${2:user}\n  rate: ${3:10/s}\n"
        "  objective: {p99: ${4:300ms}}\n  steps:\n    - call: ${5:api}",
    ),
    "alerts": (
        "new alert",
        "${1:slow}:\n  metric: ${2:p99}\n  flow: ${3:ask}\n"
        "  above: ${4:500ms}\n  for: ${5:5m}\n  notify: [${6:person}]",
    ),
}


def _value(cursor: Cursor, data: Any, names: Names) -> Iterator[Offer]:
    path = cursor.path
    match path:
        case ("lint",):
            yield from (Offer(word, What.VALUE) for word in LINT_SETS)
        case ("components", _, "kind"):
            for name, kind in kinds().items():
                yield Offer(name, What.KIND, kind.title, kind.summary)
        case ("connections", int(), str(arrow)) if "->" in arrow:
            yield from _fitting(field_of((*path, "protocol"), data), cursor, data, names)
        case ("connections", int(), "from" | "to", *_):
            yield from _elements(_COMPONENT, names)
        case ("views", _, "include" | "exclude", *_):
            yield from _selectors(cursor, names)
        case ("scenarios", _, "faults", int(), str(fault)) if fault in _STRUCK:
            yield from _struck(fault, names)
        case _:
            yield from _fitting(field_of(path, data), cursor, data, names)


def _fitting(asked: Field | None, cursor: Cursor, data: Any, names: Names) -> Iterator[Offer]:
    """What a field takes."""
    if asked is None:
        return
    if asked.name == "technology":
        yield from (Offer(icon.technology, What.VALUE, "has an icon") for icon in technologies())
    ref = ref_in(asked.annotation)
    if ref is not None:
        kind = at((*cursor.path[:2], "kind"), data)
        yield from _elements(replace(ref, kinds=(str(kind),)) if ref.same_kind else ref, names)
    if fullmatch(r"[0-9]+(\.[0-9]+)?[a-zA-Z/%]{0,3}", cursor.word):
        number = cursor.word.rstrip("%/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for rank, unit in enumerate(_units(asked.annotation)):
            yield Offer(f"{number}{unit}", What.UNIT, type_in_words(asked.annotation), rank=rank)
    for rank, word in enumerate(_words(asked.annotation)):
        yield Offer(word, What.VALUE, "default" if word == asked.default_text else "", rank=rank)


def _elements(ref: Ref, names: Names) -> Iterator[Offer]:
    """The ids that a reference may name: those of fitting kinds first, and no others where kinds are asked for."""
    for id_, kind in names.in_(SECTIONS_OF[ref.namespace]):
        if not ref.kinds or kind in ref.kinds:
            yield Offer(id_, What.ELEMENT, kind or ref.namespace.value)
    for word in ref.also:
        yield Offer(word, What.VALUE, rank=1)


def _selectors(cursor: Cursor, names: Names) -> Iterator[Offer]:
    sections = {"flow": ("flows",), "pipeline": ("pipelines",), "group": ("groups",), "near": ("components",)}
    prefix, colon, _ = cursor.text.rpartition(":")
    if prefix == "kind":
        yield from (Offer(name, What.KIND, meaning=kind.summary) for name, kind in kinds().items())
        return
    for id_, kind in names.in_(sections.get(prefix, () if colon else SECTIONS_OF[Namespace.PLACE])):
        yield Offer(id_, What.ELEMENT, kind)
    if not colon:
        yield from (Offer(f"{word}:", What.VALUE, rank=1) for word in SELECTORS)


def _struck(fault: str, names: Names) -> Iterator[Offer]:
    """What a fault may strike: components, their replicas, groups, pipelines."""
    for id_, kind in names.in_(_STRUCK[fault]):
        yield Offer(id_, What.ELEMENT, kind)
    for id_, data in names.elements.get("components", {}).items() if fault in ("fail", "slow", "errors") else ():
        count = data.get("replicas") if isinstance(data, dict) else None
        if isinstance(count, str) and count.isdecimal() and int(count) <= _MOST_REPLICAS:
            for number in range(1, int(count) + 1):
                yield Offer(f"{id_}-{number}", What.ELEMENT, f"replica of {id_}", rank=1)


def _key(name: str, type_: str, meaning: str, *, is_section: bool = False) -> Offer:
    return Offer(name, What.KEY, type_, meaning, insert=f"{name}:" if is_section else f"{name}: ")


def _type(field_: Field) -> str:
    default = field_.default_text
    return type_in_words(field_.annotation) + (f"; default: {default}" if default not in ("–", "required") else "")


def type_in_words(annotation: Any) -> str:
    """A field's type as the docs say it, without their links."""
    return sub(r"\[(\w+)\]\(#\w+\)", r"\1", in_words(annotation))


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a closed set, true and false among them."""
    if annotation == Flag:
        return ("true", "false")
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return tuple(dict.fromkeys(word for part in get_args(annotation) for word in _words(part)))


def _units(annotation: Any) -> tuple[str, ...]:
    known = next((units for type_, units in _UNITS if type_ == annotation), None)
    parts = () if known else get_args(annotation)
    return known or tuple(dict.fromkeys(unit for part in parts for unit in _units(part)))

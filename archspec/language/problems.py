"""Collects the mistakes of a spec; pydantic's errors become problems with a place and a remedy."""

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from archspec.errors import MOST_PROBLEMS, Problem, Span, SpecError
from archspec.language.remedies import ADVICE, OF_FUNCTIONS, said_by
from archspec.language.suggestions import are_opposites, closest, did_you_mean, listed, with_article
from archspec.model import Path, SourceMap
from archspec.model.element import INTERNAL
from archspec.model.kind import kinds
from archspec.model.scalar import shown
from archspec.printable import one_line

if TYPE_CHECKING:
    from archspec.language.memory import Memory

MANY = 10
"""A field of more kinds than this is one of every running kind."""


OUTSIDE = "settings"
"""The name, in positions, of what is set outside a spec: one line for each setting."""


class EnoughError(Exception):
    """So many mistakes are found that looking for more is wasted time."""


class Problems:
    """The mistakes found so far, each place and message once."""

    def __init__(
        self, source: SourceMap, settings: Mapping[str, Any] | None = None, memory: "Memory | None" = None
    ) -> None:
        self.source = source
        self.memory = memory
        lines = [one_line(f"{key}={value}") for key, value in (settings or {}).items()]
        self._settings = "\n".join(lines)
        self.outside: dict[Path, Span] = {
            (OUTSIDE, str(key)): Span(OUTSIDE, number, 1, number, len(line) + 1)
            for number, (key, line) in enumerate(zip(settings or {}, lines, strict=True), 1)
        }
        """Where what was set outside the spec was written: it is no part of the spec's own positions."""
        self.broken: set[str] = set()
        """Ids of what is declared but could not be built: a reference to one is no second mistake."""
        self._found: dict[tuple[Span | None, str], Problem] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(
        self,
        path: Path,
        message: str,
        remedy: str,
        *,
        at_key: bool = False,
        code: str = "schema",
        span: Span | None = None,
        related: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Note a mistake at a path (at its key where `at_key`), or at a span within it.

        Raises:
            EnoughError: there are more than anybody would mend at once.

        """
        if len(self._found) > MOST_PROBLEMS:
            raise EnoughError
        place = span or self._set_outside(path) or (self.source.key(path) if at_key else self.source.value(path))
        self._found.setdefault((place, message), Problem(message, remedy, place, code, related))

    def _set_outside(self, path: Path) -> Span | None:
        """Where the value at a path was set, if that was outside the spec."""
        while path and self.outside:
            if path in self.outside:
                return self.outside[path]
            if path in self.source.keys or path in self.source.values:
                return None
            path = path[:-1]
        return None

    def adopt(self, others: "Problems") -> None:
        """Note what was found elsewhere too."""
        self._found = others._found | self._found

    def error(self) -> SpecError:
        """All mistakes by file and position."""
        nowhere = Span("", 0, 0, 0, 0)
        found = sorted(self._found.values(), key=lambda problem: problem.span or nowhere)
        settings = {OUTSIDE: self._settings} if self._settings else {}
        return SpecError(tuple(found), {**self.source.texts, **settings})

    def validate(self, model: type[BaseModel], data: Any, path: Path, what: str) -> Any:
        """An instance of `model`; its mistakes are noted. `what` names it: `a server`.

        After a mistake the instance lacks the wrong fields, so that its references can be checked all the same;
        it is None where too little is left.
        """
        text = self.source.entries.get(path) if self.memory else None
        if self.memory and text is not None and (known := self.memory.recall(path, text)) is not None:
            return known
        try:
            made = model.model_validate(data)
            if self.memory and text is not None:
                self.memory.keep(path, text, made)
            return made
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=True)[: 2 * MOST_PROBLEMS]
            for found in _without_other_branches(errors, data):
                self._translate(found, model, data, path, what)
            return _instance_without(model, data, [_data_path(found["loc"], data) for found in errors])

    def validate_fields(self, model: type[BaseModel], data: Any, path: Path) -> None:
        """Note the mistakes of each field by itself; what the fields together must hold is not asked here."""
        try:
            model.model_validate(data)
        except ValidationError as error:
            alone = [found for found in error.errors(include_url=False, include_input=True) if found["loc"]]
            alone = alone[: 2 * MOST_PROBLEMS]
            for found in _without_other_branches(alone, data):
                self._translate(found, model, data, path, with_article(str(path[-1])))

    def _translate(self, error: Mapping[str, Any], model: type[BaseModel], data: Any, path: Path, what: str) -> None:
        where = _data_path(error["loc"], data)
        here, kind, context = path + where, error["type"], error.get("ctx", {})
        name = str(error["loc"][-1]) if error["loc"] else what
        if kind != "missing" and error["input"] is None:
            return  # told already: a key without a value
        if kind == "missing":
            thing = what if not where else _thing((*where, name))
            self.add(here, f"{thing} has no `{name}`", f"add {_example(_model_at(model, where), name)}.", at_key=True)
        elif kind == "extra_forbidden":
            self._unknown_field(here, name, _fields_at(model, where[:-1]), what if len(where) == 1 else _thing(where))
        elif kind == "literal_error":
            self.literal(here, error["input"], _words(context["expected"]), _model_at(model, where))
        elif kind in ("model_type", "dict_type", "model_attributes_type"):
            long = _long_form(_model_at(model, where), error["input"])
            written = long if name.isdecimal() else f"{name}: {long}"
            self.add(here, f"{shown(error['input'])} is not a mapping", f"write `{written}`.")
        elif kind in ("tuple_type", "list_type"):
            text = error["input"] if isinstance(error["input"], str) else "…"
            remedy = "put `- ` before its first key." if isinstance(error["input"], dict) else f"write `[{text}]`."
            self.add(here, f"{shown(error['input'])} is not a list", remedy)
        elif kind == "too_short":
            self.add(here, f"`{name}` is empty", f"put something in `{name}`, or delete it.")
        elif "remedy" in context:
            at, remedy = context.get("at"), context["remedy"]
            if context["known"] and at:
                remedy = did_you_mean(str(_child(_value_at(data, where), at)), context["known"], remedy)
            self.add((*here, at) if at else here, context["message"], remedy, at_key=not where and not at)
        else:
            self.add(here, f"{shown(error['input'])} does not fit: {error['msg'].lower()}", "see `archspec schema`.")

    def literal(self, path: Path, value: object, words: list[str], long: type[BaseModel] | None = None) -> None:
        """Note a value outside a closed set of words; the word `{…}` stands for the fields of `long`."""
        words = [_long_form(long, "…") if word == "{…}" and long else word for word in words]
        match = closest(str(value), words) if isinstance(value, str) else None
        remedy = f"did you mean `{match}`? It may be {listed(words)}." if match else f"write one of {listed(words)}."
        self.add(path, f"{shown(value)} is not a value of {_noun(path)}", remedy)

    def _unknown_field(self, path: Path, name: str, fields: list[str], what: str) -> None:
        owners = [kind.name for kind in kinds().values() if name in _fields_at(kind.model, ())]
        match = closest(name, fields)
        if name in OF_FUNCTIONS and what == "a function":
            remedy = f"{OF_FUNCTIONS[name]}."
        elif same := said_by(name, fields):
            remedy = f"write `{same}`."
        elif name in ADVICE:
            remedy = f"{ADVICE[name]}."
        elif match and are_opposites(name, match):
            remedy = f"write the opposite: `{match}: false` for `{name}: true`, and vice versa."
        elif match:
            remedy = f"did you mean `{match}`?"
        elif len(owners) > MANY and "id" in fields and path[0] == "components":
            remedy = "delete it: it is a field of what runs as replicas, such as a `server`."
        elif owners and "id" in fields and path[0] == "components":
            remedy = f"it is a field of {listed(owners, 5)}."
        else:
            remedy = f"its fields are {listed([f for f in fields if f not in INTERNAL], 40)}."
        self.add(path, f"{what} has no field `{name}`", remedy, at_key=True)


def _instance_without(model: type[BaseModel], data: Any, wrong: list[Path]) -> BaseModel | None:
    rest = deepcopy(data)
    for where in wrong:
        holder = _value_at(rest, where[:-1]) if where else None
        if not isinstance(holder, dict):
            return None
        holder.pop(where[-1], None)
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _noun(path: Path) -> str:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "value")
    return f"`{name}`"


def _thing(where: Path) -> str:
    """What a field belongs to, by the path of the field: `retries`, or an item of `stages`."""
    name = next((str(part) for part in reversed(where[:-1]) if isinstance(part, str)), None)
    item = len(where) > 1 and isinstance(where[-2], int)
    return f"{'an item of ' if item else ''}`{name}`" if name else "this"


def _long_form(model: type[BaseModel], value: object) -> str:
    """The mapping that a bare value may stand for: that of the only field that must be given."""
    needed = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
    if not needed and "call" in model.model_fields:
        needed = ["call"]  # a step
    if len(needed) == 1 and isinstance(value, (str, int, float)):
        return f"{{{needed[0]}: {value}}}"
    first = next((field.alias or name for name, field in model.model_fields.items()), "…")
    return f"{{{needed[0] if needed else first}: …}}"


def _example(model: type[BaseModel], name: str) -> str:
    """A field with what may stand there: its words, or an example of its quantity."""
    field = next((f for n, f in model.model_fields.items() if name in (n, f.alias)), None)
    words = [word for word in getattr(field and field.annotation, "__args__", ()) if isinstance(word, str)]
    if words:
        return f"`{name}: …`, one of {listed(words)}"
    examples = getattr(field and field.annotation, "examples", ())
    return f"`{name}`, such as `{name}: {examples[-1]}`" if examples else f"`{name}: …`"


def _words(expected: str) -> list[str]:
    return [word for word in expected.replace(" or ", ", ").replace("'", "").split(", ") if word]


_ABSENT = object()


def _child(data: Any, part: str | int) -> Any:
    """What stands under a key or index, or `_ABSENT`."""
    if isinstance(data, dict):
        return data.get(part, _ABSENT)
    if isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data):
        return data[part]
    return _ABSENT


def _data_path(loc: tuple[str | int, ...], data: Any) -> Path:
    """The part of pydantic's location that exists in the data: names of union branches fall away."""
    path: list[str | int] = []
    for part in loc:
        child = _child(data, part)
        if child is not _ABSENT:
            data = child
            path.append(part)
    return tuple(path)


def _value_at(data: Any, path: Path) -> Any:
    for part in path:
        data = _child(data, part)
    return data


def _fields_at(model: type[BaseModel], where: Path) -> list[str]:
    """Field names (as written in a spec) of the model found by following a path of fields from `model`."""
    return [field.alias or name for name, field in _model_at(model, where).model_fields.items()]


def _model_at(model: type[BaseModel], where: Path) -> type[BaseModel]:
    """The model found by following a path of fields from `model`."""
    for part in where:
        if isinstance(part, str):
            nested = next((f for n, f in model.model_fields.items() if part in (n, f.alias)), None)
            model = (_model_in(nested.annotation) if nested else None) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def _without_other_branches(errors: Any, data: Any) -> list[Mapping[str, Any]]:
    """Of a union's errors keep those of the branch that the data was meant for.

    A mapping was meant for the mapping branch; a scalar gets one error, with every word or unit that fits.
    """
    by_place: dict[Path, list[Mapping[str, Any]]] = {}
    for error in errors:
        by_place.setdefault(_data_path(error["loc"], data), []).append(error)
    kept: list[Mapping[str, Any]] = []
    for place, errors_here in by_place.items():
        value = _value_at(data, place)
        deeper = any(len(other) > len(place) and other[: len(place)] == place for other in by_place)
        found = [error for error in errors_here if not (deeper and error["type"] == "too_short")]
        if not found:
            continue
        if isinstance(value, dict) and (deeper or len(found) > 1):
            kept += [error for error in found if error["type"] not in _SCALAR_ERRORS]
        elif len(found) == 1:
            kept.append(found[0])
        elif found[0]["type"] in ("missing", "extra_forbidden"):
            kept += found
        else:
            kept.append(_merged(found))
    return kept


_SCALAR_ERRORS = ("literal_error", "text", "time", "ratio", "rate", "duration", "count", "factor", "load")


def _merged(found: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """One error for a scalar that fits no branch of a union: the words first, else the first branch's."""
    words = [e for e in found if e["type"] == "literal_error"]
    shapes = [e for e in found if e["type"] in ("model_type", "dict_type", "model_attributes_type")]
    if words and shapes:
        literal = dict(words[0])
        literal["ctx"] = {"expected": f"{words[0]['ctx']['expected']}, '{{…}}'"}
        return literal
    custom = [e for e in found if "remedy" in e.get("ctx", {})]
    return (custom or found)[0]

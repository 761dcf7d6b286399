"""What may stand at a place of a spec: the model of a mapping, the field behind a key."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args, get_origin

from archspec.language.model_fields import Field, fields_of
from archspec.model import Alert, Component, Connection, Element, Flow, Group, Path, Pipeline, Ref, Scenario, View
from archspec.model.kind import kinds

MODELS: Mapping[str, type[Element]] = {
    "groups": Group,
    "flows": Flow,
    "alerts": Alert,
    "pipelines": Pipeline,
    "views": View,
    "scenarios": Scenario,
}
_ID = 2


def model_of(path: Path, data: Any) -> type[Element] | None:
    """The model of the mapping at a path of a spec's data; None where no model says what it holds."""
    start = _start(path, data)
    if start is None:
        return None
    model, rest = start
    while rest:
        field = _field(model, str(rest[0]))
        held = _held(field.annotation) if field else None
        if field is None or held is None:
            return None
        rest = rest[1:]
        if rest and (isinstance(rest[0], int) or _is_by_name(field.annotation)):
            rest = rest[1:]
        elif _is_by_name(field.annotation):
            return None
        model = held
    return model


def field_of(path: Path, data: Any) -> Field | None:
    """The field whose value, or an item of it, stands at a path; None where none is known."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    model = model_of(path[:-1], data) if path else None
    return _field(model, str(path[-1])) if model else None


def ref_in(annotation: Any) -> Ref | None:
    """What a field's type says of the element it names; None where it names none."""
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, Ref):
            return mark
    return next((ref for part in get_args(annotation) if (ref := ref_in(part)) is not None), None)


def _start(path: Path, data: Any) -> tuple[type[Element], Path] | None:
    """The model of the element that a path leads into, and the way on from there."""
    if len(path) < _ID:
        return None
    section, id_, rest = path[0], path[1], path[2:]
    if section == "components":
        kind = at((*path[:_ID], "kind"), data)
        return (kinds()[kind].model if isinstance(kind, str) and kind in kinds() else Component), rest
    if section == "defaults":
        if id_ == "connections":
            return Connection, rest
        return (kinds()[str(id_)].model, rest) if id_ in kinds() else None
    if section == "connections":
        return Connection, rest[1:] if rest and "->" in str(rest[0]) else rest
    model = MODELS.get(str(section))
    return (model, rest) if model else None


def at(path: Path, data: Any) -> Any:
    """The value at a path of a spec's data; None where there is none."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def _field(model: type[Element], name: str) -> Field | None:
    return fields_by_name(model).get(name)


@cache
def fields_by_name(model: type[Element]) -> Mapping[str, Field]:
    """The fields that people write in a mapping of a model, in its order."""
    return {field.name: field for field in fields_of(model)}


def _held(annotation: Any) -> type[Element] | None:
    """The element that a field holds, itself, in a list or by name."""
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return annotation
    return next((held for part in get_args(annotation) if (held := _held(part)) is not None), None)


def _is_by_name(annotation: Any) -> bool:
    """Whether a field is a mapping from names to what it holds."""
    return get_origin(annotation) is dict or any(map(_is_by_name, get_args(annotation)))

"""Every free text of a spec, with where it stands."""

from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from archspec.model import Architecture, Path

Texts = tuple[tuple[Path, str], ...]


def texts(architecture: Architecture) -> Texts:
    """Texts by path: names, labels, descriptions, links and the like; ids and references are none."""
    found: list[tuple[Path, str]] = [
        ((field,), value) for field in ("name", "description", "owner") if (value := getattr(architecture, field))
    ]
    ids = {*architecture.components, *architecture.groups, *architecture.flows}
    for section in ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios"):
        for id_, element in getattr(architecture, section).items():
            _collect(element, (section, id_), ids, found)
    for connection in architecture.connections:
        _collect(connection, ("connections", connection.name), ids, found)
    return tuple(found)


def _collect(value: object, path: Path, ids: set[str], found: list[tuple[Path, str]]) -> None:
    """Add the texts in a value; a list that grows, since a large spec has a hundred thousand values."""
    if isinstance(value, str):
        if value not in ids:
            found.append((path, value))
    elif isinstance(value, BaseModel):
        stated, values = value.model_fields_set, value.__dict__
        for name, key in _fields(type(value)):
            if name in stated:
                _collect(values[name], (*path, key), ids, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(item, (*path, key), ids, found)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _collect(item, (*path, index), ids, found)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields that may hold a text, with their keys in a spec."""
    fields = ((name, field) for name, field in model.model_fields.items() if name not in ("id", "kind"))
    return tuple((name, field.alias or name) for name, field in fields if _may_hold_text(field.annotation))


def _may_hold_text(annotation: Any) -> bool:
    """Whether a value of a type may be a text, or hold one; of a type that is not known it may."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return issubclass(annotation, (str, BaseModel, dict, tuple)) or annotation is object
    if get_origin(annotation) is Literal:
        return any(isinstance(word, str) for word in get_args(annotation))
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return not inner or any(_may_hold_text(each) for each in inner if each is not ...)

"""An architecture with some values changed: what a scenario's `set` asks for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from archspec.errors import UsageError
from archspec.execution.places import did_you_mean
from archspec.model.architecture import Architecture
from archspec.model.element import Element


def with_settings(architecture: Architecture, settings: Mapping[str, Any]) -> Architecture:
    """A validated copy in which each `id.field` has its new value.

    Raises:
        UsageError: there is no such element or field, or the value does not fit.

    """
    for key, value in settings.items():
        architecture = _with_one(architecture, key, value)
    return architecture


def _with_one(architecture: Architecture, key: str, value: Any) -> Architecture:
    id_, _, field = key.partition(".")
    for section in ("components", "groups", "flows", "alerts", "pipelines"):
        elements: Mapping[str, Element] = getattr(architecture, section)
        if id_ in elements:
            changed = _changed(elements[id_], key, field, value)
            sections: dict[str, Any] = {section: {**elements, id_: changed}}
            return replace(architecture, **sections)
    known = [*architecture.components, *architecture.groups, *architecture.flows]
    raise UsageError(f"`set: {key}` names no element `{id_}`; {did_you_mean(id_, known)}")


def _changed(element: Element, key: str, field: str, value: Any) -> Element:
    names = [info.alias or name for name, info in type(element).model_fields.items()]
    head = field.split(".", maxsplit=1)[0]
    if head not in names:
        raise UsageError(f"`set: {key}` names no field `{field}`; {did_you_mean(head, names)}")
    data = element.model_dump(by_alias=True, exclude_unset=True)
    place = data
    *way, last = field.split(".")
    for part in way:
        place = place.setdefault(part, {})
    place[last] = value
    try:
        return type(element).model_validate(data)
    except ValueError as error:
        raise UsageError(f"`set: {key}: {value}` does not fit: {error}") from error

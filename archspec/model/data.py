"""An Architecture as plain data."""

from collections.abc import Mapping
from typing import Any

from archspec.model.architecture import Architecture
from archspec.model.element import INTERNAL, Element

_MAPPINGS = ("groups", "components", "flows", "alerts", "pipelines", "views", "scenarios")


def to_data(architecture: Architecture) -> dict[str, Any]:
    """The spec's data in long form: defaults merged, what was never said left out; reading it gives an equal one."""
    data: dict[str, Any] = {"archspec": 1, "name": architecture.name}
    for text in ("description", "owner"):
        if getattr(architecture, text) is not None:
            data[text] = getattr(architecture, text)
    if architecture.lint != "default":
        data["lint"] = architecture.lint
    if architecture.connection_defaults:
        template = architecture.link("", "")
        fields = _fields(template)
        data["defaults"] = {"connections": {key: fields[key] for key in fields if key not in ("from", "to")}}
    for section in _MAPPINGS:
        elements: Mapping[str, Element] = getattr(architecture, section)
        if elements:
            data[section] = {id_: _fields(element) for id_, element in elements.items()}
    for id_, scenario in architecture.scenarios.items():
        if scenario.set:
            data["scenarios"][id_]["set"] = dict(scenario.set)  # as written: only the field set knows its type
    written = (each for each in architecture.connections if each.to_group is None)
    connections = [_fields(connection) for connection in (*written, *architecture.group_arrows)]
    return data | ({"connections": connections} if connections else {})


def _fields(element: Element) -> dict[str, Any]:
    fields = element.model_dump(by_alias=True, exclude_unset=True, mode="json")
    return {key: value for key, value in fields.items() if value is not None and key not in INTERNAL}

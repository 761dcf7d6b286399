"""An architecture as plain data, for expressions: lists of mappings, times in seconds, shares from 0 to 1."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from pydantic import BaseModel

from archspec.model import Architecture, Duration, Factor, Rate, Ratio, Size
from archspec.model.kind import kinds

SECTIONS = ("components", "connections", "groups", "flows", "alerts", "pipelines")
_RESERVED = frozenset(
    {"for", "in", "as", "if", "import", "package", "return", "loop", "break", "const", "var", "while"}
)


def plain(architecture: Architecture) -> dict[str, Any]:
    """Every section as a list; a field that nobody wrote and that has no default is null.

    A component has the fields of all kinds, its `owner` is the nearest one, and `within` are the groups round it.
    A connection has `id` (`a -> b`), and `implied_by` where a reference implies it. A field whose name CEL reserves
    ends in an underscore (`for_`).
    """
    every: dict[str, Any] = dict.fromkeys(_all_component_fields())
    return {
        "name": architecture.name,
        "lint": architecture.lint,
        "components": [
            {
                **every,
                **_fields(component),
                "owner": architecture.owner_of(component),
                "within": [group.id for group in architecture.enclosing(component.group)],
            }
            for component in architecture.components.values()
        ],
        "connections": [
            {**_fields(edge), "id": edge.name, "implied_by": edge.implied_by} for edge in architecture.edges
        ],
        **{
            section: [_fields(element) for element in getattr(architecture, section).values()]
            for section in ("groups", "flows", "alerts", "pipelines")
        },
    }


@cache
def _all_component_fields() -> tuple[str, ...]:
    models = [kind.model for kind in kinds().values()]
    return tuple(dict.fromkeys(_name(model, field) for model in models for field in model.model_fields))


def _fields(element: BaseModel) -> dict[str, Any]:
    model = type(element)
    return {_name(model, field): _value(getattr(element, field)) for field in model.model_fields}


def _name(model: type[BaseModel], field: str) -> str:
    name = model.model_fields[field].alias or field
    return f"{name}_" if name in _RESERVED else name


def _value(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Duration():
            return value.seconds
        case Ratio() | Factor():
            return float(value)
        case Rate():
            return float(value.per_second)
        case Size():
            return value.bytes
        case Fraction():
            return float(value)
        case BaseModel():
            return _fields(value)
        case Mapping():
            return {str(key): _value(item) for key, item in value.items()}
        case tuple() | list():
            return [_value(item) for item in value]
        case _:
            return str(value)

"""Reads the fields of a model: their names in YAML and Python, types, defaults and meanings."""

import re
from collections.abc import Iterator
from keyword import iskeyword
from types import NoneType
from typing import Any, get_args, get_type_hints

from pydantic.fields import FieldInfo

from archspec.frozen import frozen
from archspec.model import Component
from archspec.model.element import INTERNAL, Element

_DEFAULT = re.compile(r"(?:^|[;.]\s*)default:? (.+?)\.?$", re.IGNORECASE)


@frozen(slots=False)
class Field:
    """A field as its readers see it. `annotation` is its type with all marks, without None."""

    name: str
    annotation: Any
    required: bool
    default: Any
    description: str

    @property
    def python_name(self) -> str:
        """Its name as a keyword argument."""
        return f"{self.name}_" if iskeyword(self.name) else self.name

    @property
    def default_text(self) -> str:
        """What holds where nothing is written: words of the description, else the value, else a dash."""
        said = _DEFAULT.search(self.description)
        if self.required:
            return "required"
        return said[1] if said else _spelled(self.default)

    @property
    def meaning(self) -> str:
        """The description without its words on the default."""
        return _DEFAULT.sub("", self.description).rstrip(".") + "."


def fields_of(model: type[Element], *, own: bool = False) -> Iterator[Field]:
    """The fields that people write, in the model's order; with `own` only those that the class itself adds."""
    hints = get_type_hints(model, include_extras=True)
    inherited = {name for base in model.__mro__[1:] for name in getattr(base, "__annotations__", {})}
    hidden = {*INTERNAL, "kind"} if issubclass(model, Component) else INTERNAL
    for name, info in model.model_fields.items():
        if name in hidden or (own and name in inherited and name not in model.__annotations__):
            continue
        yield Field(info.alias or name, without_none(hints[name]), info.is_required(), _default(info), _said(info))


def bases_of(model: type[Element]) -> list[type[Element]]:
    """The element classes that a model extends directly, without `Element` itself."""
    return [base for base in model.__bases__ if issubclass(base, Element) and base is not Element]


def without_none(annotation: Any) -> Any:
    """A type without its `| None`."""
    parts = get_args(annotation)
    if NoneType not in parts:
        return annotation
    kept = [part for part in parts if part is not NoneType]
    union = kept[0]
    for part in kept[1:]:
        union = union | part
    return union


def _default(info: FieldInfo) -> Any:
    return None if info.is_required() else info.get_default(call_default_factory=True, validated_data={})


def _said(info: FieldInfo) -> str:
    marked = (getattr(mark, "description", None) for mark in info.metadata)
    return info.description or next((text for text in marked if text), "")


def _spelled(value: Any) -> str:
    if value in (None, (), {}):
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)

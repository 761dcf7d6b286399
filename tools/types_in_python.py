"""A field's type in Python, for the stub of the builder."""

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from archspec.language.types_in_words import NAMES
from archspec.model import Element, Namespace, Ref
from archspec.model.field_types import OneOrMany

_SCALARS = {
    "true or false": "bool",
    "count": "int",
    "count from 1": "int",
    "number above 0": "float",
    "ratio": "Share",
    "ratio, duration, rate, factor or count": "Share | int",
    "ratio, count or rate": "Share | int",
    "factor, duration or ratio": "Share",
    "rate, factor or [Load](#load)": "str | Load | Mapping[str, Any]",
    "status, or status → ratio": "int | Mapping[int, Share]",
}
"""Types by their words in the language; all others are texts."""

_HANDLES = {
    Namespace.COMPONENT: "Component | str",
    Namespace.GROUP: "Group | str",
    Namespace.PLACE: "Component | Group | str",
    Namespace.FLOW: "Flow | str",
    Namespace.PIPELINE: "str",
}


def in_python(annotation: Any) -> str:
    """The type as an editor should show it: `Component | str`, `Sequence[Group | str]`."""
    marks = getattr(annotation, "__metadata__", ())
    ref = next((mark for mark in marks if isinstance(mark, Ref)), None)
    if ref is not None:
        return _HANDLES[ref.namespace]
    words = next((words for type_, words in NAMES if type_ == annotation), None)
    if words is not None:
        return _SCALARS.get(words, "str")
    if any(isinstance(mark, OneOrMany) for mark in marks):
        item = in_python(get_args(get_args(annotation)[0])[0])
        return f"{item} | Sequence[{item}]"
    if marks:
        return in_python(get_args(annotation)[0])
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return f"Literal[{', '.join(repr(word).replace(chr(39), chr(34)) for word in arguments)}]"
    if origin in (Union, UnionType):
        return " | ".join(in_python(part) for part in arguments)
    if origin is tuple:
        return f"Sequence[{in_python(arguments[0])}]"
    if origin is dict:
        return f"Mapping[{in_python(arguments[0])}, {in_python(arguments[1])}]"
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return "Mapping[str, Any]" if annotation.__name__ == "Step" else f"{annotation.__name__} | Mapping[str, Any]"
    return {int: "int", Any: "Any"}[annotation]

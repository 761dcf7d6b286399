"""A field's type in the words of the language, for the tables of the docs."""

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from archspec.model import Answers, Backoff, Element, Limit, Ref, Schedule, Start, Target, Time
from archspec.model.field_types import Count, Flag, Id, Number, OneOrMany, Positive, Text, Url
from archspec.model.keys import Keys
from archspec.model.quantities import Duration, Factor, Rate, Ratio, Size
from archspec.model.scenario import Amount, FlowLoad, Level
from archspec.model.view import Exclusion, Selector

NAMES: list[tuple[Any, str]] = [
    (Text, "text"),
    (Url, "URL"),
    (Flag, "true or false"),
    (Id, "id"),
    (Count, "count"),
    (Positive, "count from 1"),
    (Number, "number above 0"),
    (Selector, "selector"),
    (Exclusion, "selector or connection"),
    (Limit, "ratio, duration, rate, factor or count"),
    (Level, "rate or factor"),
    (Amount, "factor, duration or ratio"),
    (Target, "ratio, count or rate"),
    (FlowLoad, "rate, factor or [Load](#load)"),
    (Duration, "duration"),
    (Rate, "rate"),
    (Size, "size"),
    (Ratio, "ratio"),
    (Factor, "factor"),
    (Time, "time"),
    (Schedule, "schedule"),
    (Start, "time of day, or date and time"),
    (Backoff, "back-off"),
    (Keys, "key space"),
    (Answers, "status, or status → ratio"),
]


def in_words(annotation: Any) -> str:
    """The type as the docs say it: `one or many of component (cache)`, `list of duration`."""
    marks = getattr(annotation, "__metadata__", ())
    ref = next((mark for mark in marks if isinstance(mark, Ref)), None)
    if ref is not None:
        return _reference(ref)
    known = next((words for type_, words in NAMES if type_ == annotation), None)
    if known is not None:
        return known
    if any(isinstance(mark, OneOrMany) for mark in marks):
        return f"one or many of {in_words(get_args(get_args(annotation)[0])[0])}"
    if marks:
        return in_words(get_args(annotation)[0])
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " ".join(f"`{word}`" for word in arguments)
    if origin in (Union, UnionType):
        return " or ".join(in_words(part) for part in arguments)
    if origin is tuple:
        return f"list of {in_words(arguments[0])}"
    if origin is dict:
        return f"{in_words(arguments[0])} → {in_words(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return {int: "status", Any: "value"}[annotation]


def _reference(ref: Ref) -> str:
    """What may be named: `component (cache, database)`, and words such as `local`."""
    words = "component of the same kind" if ref.same_kind else ref.namespace.value
    kinds = f" ({', '.join(ref.kinds)})" if ref.kinds else ""
    also = "".join(f" or `{word}`" for word in ref.also)
    return f"{words}{kinds}{also}"

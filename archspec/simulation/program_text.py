"""Named tuples as the JSON that the engine reads."""

import json
from fractions import Fraction
from functools import cache
from typing import Any


def text_of(part: tuple[object, ...]) -> str:
    """A part of a Program as the engine reads it."""
    return json.dumps(plain(part), ensure_ascii=False, separators=(",", ":"))


def plain(value: object) -> object:
    """A part of a Program as JSON's own values; absent fields are left out."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE or isinstance(value, str):
        return value
    if isinstance(value, Fraction):
        return [value.numerator, value.denominator]
    assert isinstance(value, tuple)
    if kind is tuple:
        return [plain(item) for item in value]
    return {name: plain(item) for name, item in zip(_names(kind), value, strict=True) if item is not None}


_AS_THEY_ARE = frozenset({type(None), str, int, float, bool})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """What the fields of a named tuple are called in JSON."""
    fields: tuple[str, ...] = kind._fields
    return tuple(name.rstrip("_") for name in fields)
